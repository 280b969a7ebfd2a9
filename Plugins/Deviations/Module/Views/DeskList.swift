import DeviationsCore
import ModuleKit

/// The list of the desk: what is due first, with its filters above.
struct DeskList: Sendable {
    let page: DeviationPage
    let query: DeskQuery
    let chosen: String?
    let parts: CaseParts
    let viewer: Viewer
    private let text: DeskTexts

    init(page: DeviationPage, query: DeskQuery, chosen: String?, parts: CaseParts, viewer: Viewer) {
        (self.page, self.query, self.chosen, self.parts, self.viewer) = (page, query, chosen, parts, viewer)
        text = DeskTexts[parts.language]
    }

    var html: HTML {
        // The same for all rows.
        let address = query.address(after: query.after)
        return """
            <section class="list" aria-label="\(text.title)"><div class="filters"><nav class="chips" \
            aria-label="\(text.views)">\(chips)</nav>\
            \(searchForm)</div>\(page.rows.map { row($0, address) })\
            \(if: page.rows.isEmpty, "<div class=\"empty\"><p><b>\(text.empty)</b></p><p>\(text.emptyHint)</p></div>")\
            \(page.next.map { "<p class=\"empty\"><a class=\"button quiet\" href=\"/deviations\(query.address(after: $0))\">\(text.more)</a></p>" as HTML })\
            </section>
            """
    }

    private var chips: [HTML] {
        DeskQuery.views(of: viewer).map { view in
            "<a href=\"/deviations\(query.address(view: view))\"\(if: view == query.view, " aria-current=\"true\"")>\(name(view))</a>"
        }
    }

    private func name(_ view: DeskQuery.View) -> String {
        switch view {
        case .triage: text.triageView
        case .mine: text.waiting
        case .open: text.unit
        case .ended: text.ended
        case .all: text.all
        }
    }

    private var searchForm: HTML {
        let narrowed = !query.category.isEmpty || !query.environment.isEmpty || !query.campus.isEmpty || query.overdue
        let sides = Environment.allCases.map { ($0.rawValue, parts.environment($0)) }
        let campuses = parts.visit.access.chart.campuses.map { ($0.id, $0.names[parts.language]) }
        let categories = parts.categories.map { ($0.key, $0.value[parts.language]) }.sorted { $0.1 < $1.1 }
        return """
            <form method="post" action="/deviations/search" role="search">\(FormView(FormData(), visit: parts.visit).token)\
            <input type="hidden" name="view" value="\(query.view.rawValue)">\
            <div class="search"><input type="search" name="q" value="\(query.text)" aria-label="\(text.search)" \
            placeholder="\(text.search)">\
            <button class="button quiet">\(text.searchButton)</button></div>\
            <details\(if: narrowed, " open")><summary>\(text.moreFilters)</summary><div class="more">\
            \(select("category", query.category, text.anyCategory, categories))\
            \(select("environment", query.environment, text.anyEnvironment, sides))\(select("campus", query.campus, text.anyCampus, campuses))\
            <label class="choice"><input type="checkbox" name="overdue" value="1"\(if: query.overdue, " checked")>\
            <span>\(text.overdueOnly)</span></label>\
            <button class="button quiet">\(text.apply)</button></div></details></form>
            """
    }

    private func select(_ name: String, _ value: String, _ any: String, _ options: [(String, String)]) -> HTML {
        let items = options.map {
            "<option value=\"\($0.0)\"\(if: $0.0 == value, " selected")>\($0.1)</option>" as HTML
        }
        return "<select name=\"\(name)\" aria-label=\"\(any)\"><option value=\"\">\(any)</option>\(items)</select>"
    }

    private func row(_ row: DeviationRow, _ address: String) -> HTML {
        let status = Status(rawValue: row.status) ?? .received
        return """
            <a class="row" href="/deviations/\(row.id)\(address)"\(if: row.id == chosen, " aria-current=\"true\"")><b>\
            \(row.title)</b>\
            \(parts.clock(status, deadline: row.deadline))<small><span class="num">\(row.number.description)</span> · \
            \(parts.short(row.unit)) · \(parts.text.status[status] ?? "")</small></a>
            """
    }
}
