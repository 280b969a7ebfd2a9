import DeviationsCore
import EventKit
import HTTPTypes
import ModuleKit

extension MergedReport {
    /// As forms offer it: what it is called, its number, who sent it and when, and the way to all of it. `main` is the case's id.
    func option(_ parts: CaseParts, name: String, in main: String) -> FormView.Option {
        let number = parts.numbers[key, receivedAt: receivedAt].description
        return FormView.Option(
            id, title.isEmpty ? number : title, hint: "\(number), \(name), \(parts.words(receivedAt))",
            link: "/deviations/\(main)/reports/\(id)")
    }
}

/// The reports of a case: all of them, and one with the replies that are its reporter's own.
struct MergedReports: Sendable {
    let stored: StoredDeviation
    let parts: CaseParts
    let people: [String: Person]

    private var text: CaseworkTexts { CaseworkTexts[parts.language] }
    private var id: String { stored.deviation.id }

    private func name(_ id: String) -> String { parts.sender(id, people) }

    /// `files` says how many files came with each, by its key.
    func list(_ rows: [MergedReport], files: [Int64: Int], isFirstPart: Bool) -> Page {
        let first = MergedReport(
            key: stored.key, id: id, reporter: stored.deviation.reporter, receivedAt: stored.deviation.receivedAt,
            title: stored.deviation.report.title)
        let isThere = isFirstPart && stored.deviation.withdrawnOn == nil
        let items = ((isThere ? [first] : []) + rows).map { row -> HTML in
            """
            <li><a class="card" href="/deviations/\(id)/reports/\(row.id)"><b>\(row.title.isEmpty ? name(row.reporter) : row.title)</b>\
            <span class="soft">\(name(row.reporter)) · <span class="num">\(parts.numbers[row.key, receivedAt: row.receivedAt].description)</span>\
             · \(parts.words(row.receivedAt))\
            \(files[row.key].map { " · \(FileTexts[parts.language].count($0))" as HTML })</span></a></li>
            """
        }
        let more =
            rows.count < 100 ? nil : rows.last.map { "/deviations/\(id)/reports?after=\(parts.numbers.hidden($0.key))" }
        return page(
            """
            <div class="stack tight"><p class="soft"><a href="/deviations/\(id)">\(text.backToCase)</a> · \
            <span class="num">\(parts.numbers[stored].description)</span></p>\
            <h1>\(text.reportsTitle)</h1><p>\(text.reportCount(stored.deviation.reports))</p></div>\
            <ul class="cards">\(items)</ul>\
            \(more.map { "<p><a class=\"button quiet\" href=\"\($0)\">\(DeskTexts[parts.language].more)</a></p>" as HTML })
            """)
    }

    /// `form` is the reply, nil when none can be given.
    func one(_ report: StoredDeviation, _ entries: [TimelineEntry], _ files: [CaseFile], form: FormData?) -> Page {
        let path = "/deviations/\(id)/reports/\(report.deviation.id)"
        let reply = (report.deviation.wasSentSignedOut ? nil : form).map { form -> HTML in
            let view = FormView(form, visit: parts.visit)
            return """
                <form method="post" action="\(path)/replies" class="stack" novalidate \
                data-draft="\(path)">\(view.summary)\
                \(view.area("text", label: text.replyToOne, hint: text.replyToOneHint, rows: 5, limit: 20_000))\
                <p><button class="button">\(DeskTexts[parts.language].replyButton)</button></p>\(view.token)</form>
                """
        }
        let canSeparate = form != nil && report.deviation.mergedInto != nil
        let token = FormView(FormData(), visit: parts.visit).token
        let separation: HTML = """
            <details><summary>\(text.separate)</summary><form method="post" action="\(path)/separation" class="stack">\
            <p class="soft">\(text.separateHint)</p><p><button class="button quiet">\(text.separate)</button></p>\
            \(token)</form></details>
            """
        return page(
            """
            <div class="stack tight"><p class="soft"><a href="/deviations/\(id)/reports">\(text.reportsTitle)</a> · \
            <span class="num">\(parts.numbers[report].description)</span></p>\
            <h1>\(report.deviation.report.title)</h1>\
            <p class="soft">\(name(report.deviation.reporter)), \(parts.words(report.deviation.receivedAt))</p></div>\
            \(parts.report(report.deviation.report))<section class="stack"><h2>\(parts.text.history)</h2>\
            \(parts.timeline(entries, name: name))</section>\
            \(parts.files(files, of: report.deviation.id == id ? id : "\(id)/reports/\(report.deviation.id)", name: name))\(reply)\(if: canSeparate, separation)
            """, status: form?.errors.isEmpty ?? true ? .ok : .unprocessableContent)
    }

    /// The title says no more than the list does: it stands in the browser's history.
    private func page(_ content: HTML, status: HTTPResponse.Status = .ok) -> Page {
        Page(
            "\(parts.numbers[stored].description) \(text.reportsTitle)", density: .desk, section: "/deviations",
            status: status, content: "<main class=\"page stack loose\" id=\"main\">\(content)</main>")
    }
}
