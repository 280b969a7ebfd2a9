import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit

/// What the product refers to the law for, each with its versions, and a form for another.
struct ReferencesView: Sendable {
    let references: [LegalReference]
    let grounds: [PrivacyGround]
    let form: FormData
    let isDone: Bool
    let visit: Visit

    private var text: ReferenceTexts { ReferenceTexts[visit.language] }
    private var today: CivilDate { Oslo.date(at: visit.now) }

    /// Each key with what it is used for.
    private var uses: [(key: LegalReference.Key, name: String)] {
        LegalReference.Key.named.map { ($0, text.uses[$0] ?? $0.rawValue) }
            + grounds.map { ($0.law, "\(text.refusal): \($0.names[visit.language])") }
    }

    var response: Response {
        let view = FormView(form, visit: visit)
        let isSent = !form.errors.isEmpty
        let options = uses.map { FormView.Option($0.key.rawValue, $0.name) }
        let texts = Language.allCases.map {
            view.text("text.\($0.rawValue)", label: $0.name, hint: text.textHint, limit: 300)
        }
        return AdminPage.response(
            visit, ReferencePages.path, text.title, status: isSent ? .unprocessableContent : .ok,
            """
            \(view.summary)\(if: isDone, "<p class=\"told\" role=\"status\">\(text.added)</p>")<p class="soft">\(text.lead)</p>\
            <div class="acts"><details\(if: isSent, " open")><summary>\(text.new)</summary>\
            <form method="post" action="\(ReferencePages.path)" class="stack" novalidate>\(view.token)\
            \(view.select("key", label: text.key, empty: text.choose, options: options))\
            \(view.text("validFrom", label: text.validFrom, hint: text.validFromHint, type: "date"))\(texts)\
            <div class="actions"><button class="button">\(text.add)</button></div></form></details></div>\
            \(uses.map { section($0.key, $0.name) })
            """)
    }

    private func section(_ key: LegalReference.Key, _ name: String) -> HTML {
        let versions = references.filter { $0.key == key }
        let inForce = versions.last { $0.validFrom <= today } ?? versions.first
        let items = versions.reversed().map { version -> HTML in
            let tag: HTML =
                version == inForce
                ? "<span class=\"tag done\">\(text.inForce)</span>"
                : version.validFrom > today ? "<span class=\"tag\">\(text.coming)</span>" : ""
            return """
                <li class="card line"><div>\(version.text[visit.language])<br><span class="soft">\
                \(text.validFrom) \(visit.language.words(version.validFrom, today: today))</span></div>\(tag)</li>
                """
        }
        return "<section class=\"stack tight\"><h2>\(name)</h2><ul class=\"cards\">\(items)</ul></section>"
    }
}
