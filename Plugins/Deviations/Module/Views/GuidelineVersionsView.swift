import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit

/// The versions of the guideline, the newest first, and a form for another, filled from the last.
struct GuidelineVersionsView: Sendable {
    /// The oldest first.
    let versions: [Guideline]
    /// The form that was sent and came back with errors.
    let sent: FormData?
    let isDone: Bool
    let visit: Visit

    private var text: GuidelineTexts { GuidelineTexts[visit.language] }
    private var today: CivilDate { Oslo.date(at: visit.now) }

    var response: Response {
        var form = sent ?? FormData()
        if sent == nil, let last = versions.last {
            (form["owner"], form["norwegian"], form["english"]) = (last.owner, last.norwegian, last.english)
        }
        let view = FormView(form, visit: visit)
        return SetupPage.response(
            visit, GuidelinePages.path, text.title, status: form.errors.isEmpty ? .ok : .unprocessableContent,
            """
            \(if: isDone, "<p class=\"told\" role=\"status\">\(text.added)</p>")\(view.summary)<p class="soft">\(text.lead)</p>\
            <section class="stack tight"><h2>\(text.versions)</h2><ul class="cards">\(versions.reversed().map(card))</ul></section>\
            <div class="acts"><details\(if: sent != nil, " open")><summary>\(text.new)</summary>\
            <form method="post" action="\(GuidelinePages.path)" class="stack" novalidate>\(view.token)\
            <input type="hidden" name="last" value="\(versions.last?.validFrom.description ?? "")"><p class="soft">\(text.newHint)</p>\
            \(view.text("validFrom", label: text.validFrom, hint: text.validFromHint, type: "date"))\
            \(view.text("owner", label: text.owner, hint: text.ownerHint, limit: 200))\
            \(view.area("norwegian", label: text.norwegian, rows: 14, limit: 20_000))\
            \(view.area("english", label: text.english, rows: 14, limit: 20_000))\
            <div class="actions"><button class="button">\(text.add)</button></div></form></details></div>
            """)
    }

    private func card(_ version: Guideline) -> HTML {
        let isInForce = Guideline.inForce(on: today, among: versions) == version
        let tag: HTML =
            isInForce
            ? "<span class=\"tag done\">\(text.inForce)</span>"
            : version.validFrom > today ? "<span class=\"tag\">\(text.coming)</span>" : ""
        return """
            <li class="card line"><div><a href="/deviations/guideline?on=\(version.validFrom.description)">\
            \(visit.language.words(version.validFrom, today: today))</a><br><span class="soft">\(version.owner)</span></div>\(tag)</li>
            """
    }
}
