import DeviationsCore
import HTTPTypes
import ModuleKit

/// The page of reply templates: each opens to be changed, and a new one at the end.
struct TemplateList: Sendable {
    let templates: [StoredTemplate]
    /// Codes of the units that may have templates.
    let units: [String]
    let visit: Visit
    /// The form that was sent and came back with errors; the id is empty for a new template.
    let sent: (id: String, form: FormData)?

    private var text: TemplateTexts { TemplateTexts[visit.language] }

    var page: Page {
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack tight"><p class="soft"><a href="/deviations">\
            \(DeskTexts[visit.language].backToList)</a></p><h1>\(text.title)</h1><p class="soft">\(text.lead)</p></div>\
            \(if: templates.isEmpty, "<p>\(text.empty)</p>")<div class="acts">\(templates.map(existing))\
            <details\(if: sent?.id.isEmpty ?? templates.isEmpty, " open")><summary>\(text.new)</summary>\
            \(form("", FormData()))</details></div></main>
            """
        return Page(
            text.title, section: "/deviations", status: sent == nil ? .ok : .unprocessableContent, content: content)
    }

    private func existing(_ stored: StoredTemplate) -> HTML {
        var filled = FormData()
        (filled["unit"], filled["templateName"]) = (stored.unit, stored.template.name)
        (filled["bokmaal"], filled["nynorsk"]) = (stored.template.bokmaal, stored.template.nynorsk)
        filled["english"] = stored.template.english
        let token = FormView(FormData(), visit: visit).token
        return """
            <details\(if: sent?.id == stored.id, " open")><summary>\(stored.template.name) <span class="soft">\
            \(visit.access.chart.unit(stored.unit)?.short ?? "")</span></summary>\(form(stored.id, filled))\
            <form method="post" action="\(TemplatePages.path)/\(stored.id)/deletion">\(token)\
            <button class="button quiet small">\(text.delete)</button></form></details>
            """
    }

    private func form(_ id: String, _ filled: FormData) -> HTML {
        let isSent = sent?.id == id
        let view = FormView(isSent ? sent?.form ?? filled : filled, visit: visit, prefix: "\(id.isEmpty ? "new" : id)-")
        let names = units.map { FormView.Option($0, visit.access.chart.unit($0)?.names[visit.language] ?? $0) }
        return """
            <form method="post" action="\(TemplatePages.path)\(if: !id.isEmpty, "/\(id)")" class="stack" novalidate>\
            \(view.summary)\(view.text("templateName", label: text.name, hint: text.nameHint, limit: 200))\
            \(view.select("unit", label: text.unit, empty: names.count == 1 ? nil : DeskTexts[visit.language].choose, options: names))\
            <p class="soft">\(text.placeholders)</p>\
            \(view.area("bokmaal", label: text.bokmaal, rows: 5, limit: 5000))\
            \(view.area("nynorsk", label: text.nynorsk, rows: 5, limit: 5000))\
            \(view.area("english", label: text.english, rows: 5, limit: 5000))\
            <button class="button">\(text.save)</button>\(view.token)</form>
            """
    }
}
