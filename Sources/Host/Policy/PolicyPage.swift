import Hummingbird
import ModuleKit

/// `/policy`: who may do what, for those who run the installation and those who look after them.
struct PolicyPage: Sendable {
    static let right: Right = "host.read-policy"
    static let path = "/policy"

    let site: Site

    func mount(on router: Router<AppContext>) {
        router.get("/policy") { _, context in page(try context.visitor(with: Self.right).visit) }
    }

    private func page(_ visit: Visit) -> Response {
        let sheet = PolicySheet(site.modules.map { type(of: $0).manifest }, visit.language)
        let text = PolicyTexts[visit.language]
        return AdminPage.response(
            visit, Self.path, text.title,
            "<p class=\"soft lead\">\(text.lead)</p>\(sheet.parts.map { part($0, text) })")
    }

    private func part(_ part: PolicySheet.Part, _ text: PolicyTexts) -> HTML {
        let notes = [part.rest, part.note].compactMap(\.self).map { "<p class=\"soft\">\($0)</p>" as HTML }
        return """
            <section class="stack"><h2>\(part.title)</h2>\(part.tables.map { table($0, of: part, text) })\(notes)</section>
            """
    }

    private func table(_ table: PolicySheet.Table, of part: PolicySheet.Part, _ text: PolicyTexts) -> HTML {
        let heads = text.columns.map { "<th scope=\"col\">\($0)</th>" as HTML }
        let rows = table.rows.map { row -> HTML in
            let cells: [HTML] = [
                "\(row.act)<br><code>\(row.right)</code>", "\(row.states ?? "")", "\(text.list(row.may))",
                "\(text.list(row.refused))",
            ]
            return "<tr>\(zip(text.columns, cells).map { "<td data-label=\"\($0)\">\($1)</td>" as HTML })</tr>"
        }
        return """
            \(table.title.map { "<h3>\(text.about($0))</h3>" as HTML })<div class="scroll" tabindex="0" role="region" \
            aria-label="\([part.title, table.title].compactMap(\.self).joined(separator: ": "))"><table class="stacked"><thead>\
            <tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }
}
