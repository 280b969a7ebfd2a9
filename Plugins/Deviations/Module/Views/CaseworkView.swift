import DeviationsCore
import ModuleKit

/// What a case shows of whom it is kept from, of its rounds, and of the reports that are part of it.
struct CaseworkView: Sendable {
    let stored: StoredDeviation
    let files: [CaseFile]
    let parts: CaseParts
    let viewer: Viewer
    let name: @Sendable (String) -> String
    let sent: (path: String, form: FormData)?
    let address: String

    var text: CaseworkTexts { CaseworkTexts[parts.language] }
    var deviation: Deviation { stored.deviation }

    /// Rows for the case's list of facts.
    var facts: HTML {
        let excluded = deviation.shownExclusions.map { exclusion in
            let who = exclusion.person.isEmpty ? exclusion.name : name(exclusion.person)
            return "\(who) (\(text.grounds[exclusion.ground] ?? ""))"
        }
        let rounds = deviation.rounds.enumerated().map { index, round -> HTML in
            "<br>\(text.round(index + 1, parts.words(round.startedAt), parts.words(round.endedAt)))"
        }
        let behalf = deviation.onBehalf.map { behalf -> HTML in
            """
            <div><dt>\(parts.text.reporter)</dt><dd>\(text.onBehalf(name(behalf.submitter), name(behalf.student)))\
            \(HTML.paragraphs(behalf.consent))</dd></div>
            """
        }
        return """
            \(behalf)\(if: !excluded.isEmpty, "<div><dt>\(text.excluded)</dt><dd>\(excluded.joined(separator: ", "))</dd></div>")\
            \(if: !rounds.isEmpty, "<div><dt>\(text.rounds)</dt><dd>\(if: deviation.isRecurring, "<span class=\"tag late\">\(text.recurring)</span>")\(rounds)</dd></div>")
            """
    }

    /// How many reports there are, when there are several.
    var reports: HTML {
        guard deviation.hasOthers else { return "" }
        return "<p><a href=\"/deviations/\(deviation.id)/reports\">\(text.reportCount(deviation.reports))</a></p>"
    }

    /// Cases likely about the same: the later ones can be merged into this one, an older one is opened instead.
    func likely(_ rows: [DeviationRow]) -> HTML {
        guard !rows.isEmpty else { return "" }
        let token = FormView(FormData(), visit: parts.visit).token
        let items = rows.map { row -> HTML in
            let merge: HTML = """
                <form method="post" action="/deviations/\(deviation.id)/merges\(address)">\(token)\
                <input type="hidden" name="version" value="\(stored.version)">\
                <button class="button quiet small" name="cases" value="\(row.id)">\(text.mergeButton)\
                <span class="visually-hidden"> \(row.number.description)</span></button></form>
                """
            let isOlder = row.receivedAt < deviation.receivedAt
            return """
                <li class="card line"><div><a href="/deviations/\(row.id)"><b>\(row.title)</b></a><br><span class="soft">\
                <span class="num">\(row.number.description)</span> · \(parts.words(row.receivedAt))\
                \(if: isOlder, " · \(text.olderHint)")</span></div>\(if: !isOlder, merge)</li>
                """
        }
        return """
            <section class="stack tight"><h2>\(text.likely)</h2><p class="soft">\(text.likelyHint)</p><ul class="cards">\(items)</ul></section>
            """
    }

    /// The forms for what is done seldom: to merge, to ask others, to hide.
    var seldom: HTML { "\(merging)\(consulting)\(hiding)\(hidingFile)" }

    /// Where those forms are sent.
    static let seldomPaths = ["merges", "consultations", "masks", "file-masks"]

    private var merging: HTML {
        let isSent = sent?.path == "merges"
        let may = parts.visit.access.may(viewer, DeviationsRights.write, on: deviation.accessObject)
        guard isSent || (deviation.status.isOpen && may) else { return "" }
        let view = FormView(isSent ? sent?.form ?? FormData() : FormData(), visit: parts.visit, prefix: "merges-")
        return """
            <details data-key="m"\(if: isSent, " open")><summary>\(text.merge) <kbd>m</kbd></summary>\
            <form method="post" action="/deviations/\(deviation.id)/merges\(address)" class="stack" novalidate>\
            \(view.summary)<p class="soft">\(text.mergeHint)</p>\(view.area("cases", label: text.cases, rows: 2))\
            <button class="button">\(text.mergeButton)</button>\(view.token)\
            <input type="hidden" name="version" value="\(stored.version)"></form></details>
            """
    }
}
