import DeviationsCore
import HTTPTypes
import ModuleKit

/// The marked cases, and what can be done with all of them.
struct BulkView: Sendable {
    let marked: [BulkPages.Marked]
    /// Those that are too many for once: named, and left as they are.
    let left: [BulkPages.Marked]
    /// Who handles cases of all their units.
    let handlers: [String: Person]
    let templates: [StoredTemplate]
    let parts: CaseParts
    let viewer: Viewer
    /// What was sent, with what is wrong with it.
    let form: FormData
    let sent: CaseForm?

    private var text: BulkTexts { BulkTexts[parts.language] }
    private var desk: DeskTexts { DeskTexts[parts.language] }

    var page: Page {
        let (rows, over) = (items(marked), items(left))
        let tooMany: HTML = """
            <section class="note stack tight"><h2>\(text.overTitle(left.count))</h2><p>\(text.rest(BulkPages.most))</p><ul>\(over)</ul></section>
            """
        let offered = BulkPages.forms.filter { form in
            marked.contains { parts.visit.access.may(viewer, form.right, on: $0.stored.deviation.accessObject) }
        }
        let summary = sent == nil ? FormView(form, visit: parts.visit).summary : ""
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack tight"><p class="soft"><a href="/deviations">\
            \(desk.backToList)</a></p><h1>\(text.title)</h1><p class="soft">\(text.lead(marked.count))</p></div>\(summary)\(if: !left.isEmpty, tooMany)\
            \(if: !rows.isEmpty, "<ul>\(rows)</ul><div class=\"acts\">\(offered.map(act))</div>")</main>
            """
        return Page(
            text.title, density: .desk, section: "/deviations",
            status: form.errors.isEmpty ? .ok : .unprocessableContent, content: content)
    }

    private func items(_ cases: [BulkPages.Marked]) -> [HTML] {
        cases.map { one in
            "<li><span class=\"num\">\(parts.numbers[one.stored].description)</span> \(one.stored.deviation.report.title) <span class=\"soft\">\(parts.text.status[one.stored.deviation.status] ?? "")</span></li>"
        }
    }

    private func act(_ kind: CaseForm) -> HTML {
        let view = FormView(sent == kind ? form : FormData(), visit: parts.visit, prefix: "\(kind.rawValue)-")
        let cases = (marked + left).map { one -> HTML in
            "<input type=\"hidden\" name=\"case\" value=\"\(one.stored.deviation.id).\(one.version ?? one.stored.version)\">"
        }
        return """
            <details data-key="\(kind.key)"\(if: sent == kind, " open")><summary>\(title(kind)) <kbd>\(kind.key)</kbd></summary>\
            <form method="post" action="/deviations/bulk/\(kind.rawValue)" class="stack" novalidate data-marked-sent>\
            \(if: sent == kind, view.summary)\(fields(kind, view))\(cases)\(view.token)</form></details>
            """
    }

    private func title(_ kind: CaseForm) -> String {
        switch kind {
        case .assignments: desk.assign
        case .replies: text.template
        default: text.close
        }
    }

    private func fields(_ kind: CaseForm, _ view: FormView) -> HTML {
        switch kind {
        case .assignments:
            let options = handlers.values.map { FormView.Option($0.id, $0.name) }.sorted { $0.label < $1.label }
            return """
                \(view.select("handler", label: parts.text.handler, empty: desk.choose, options: options))\
                <button class="button">\(desk.assignButton)</button>
                """
        case .replies:
            let options = templates.map { FormView.Option($0.id, $0.template.name) }
            return """
                \(view.select("template", label: TemplateTexts[parts.language].link, empty: desk.choose, options: options))\
                <button class="button">\(desk.replyButton)</button>
                """
        default:
            return """
                \(view.area("outcome", label: desk.outcome, hint: desk.closeHint, rows: 5, limit: 20_000))\
                <button class="button">\(desk.closeButton)</button>
                """
        }
    }
}

/// What came of each case.
struct BulkResultView: Sendable {
    let results: [BulkPages.Result]
    let parts: CaseParts

    private var text: BulkTexts { BulkTexts[parts.language] }

    var page: Page {
        let rows = results.map { result -> HTML in
            """
            <li class="card"><p><a href="/deviations/\(result.stored.deviation.id)" class="num">\(parts.numbers[result.stored].description)</a> \
            <span class="tag \(result.refusal == nil ? "done" : "late")">\(result.refusal == nil ? text.done : parts.text.status[result.stored.deviation.status] ?? "")</span></p>\
            \(result.refusal.map { "<p>\($0)</p>" as HTML })</li>
            """
        }
        let done = results.filter { $0.refusal == nil }.count
        let content: HTML = """
            <main class="page stack loose" id="main" data-marked-done><div class="stack tight"><h1>\(text.result)</h1>\
            <p role="status">\(text.count(done, results.count))</p></div><ul class="cards">\(rows)</ul>\
            <div class="actions"><a class="button" href="/deviations">\(DeskTexts[parts.language].backToList)</a></div></main>
            """
        return Page(text.result, density: .desk, section: "/deviations", content: content)
    }
}
