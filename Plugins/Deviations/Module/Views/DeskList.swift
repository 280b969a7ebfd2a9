import DeviationsCore
import ModuleKit

/// The list of the desk: what is due first, with its filters above.
struct DeskList: Sendable {
    let page: DeviationPage
    let query: DeskQuery
    let chosen: String?
    let parts: CaseParts
    let viewer: Viewer
    /// The viewer's saved selections, as they stand in the address.
    let saved: [String]
    /// What it says before all else.
    let notice: HTML
    private let text: DeskTexts

    init(
        page: DeviationPage, query: DeskQuery, chosen: String?, parts: CaseParts, viewer: Viewer, saved: [String],
        notice: HTML = ""
    ) {
        (self.page, self.query, self.chosen, self.parts, self.viewer) = (page, query, chosen, parts, viewer)
        (self.saved, self.notice) = (saved, notice)
        text = DeskTexts[parts.language]
    }

    var html: HTML {
        // The same for all rows.
        let address = query.address(after: query.after)
        return """
            <section class="list" aria-label="\(text.title)">\(notice)<div class="filters"><div class="views"><nav class="chips" \
            aria-label="\(text.views)">\(chips)</nav>\(tools)</div>\
            \(savedChips)\(searchForm)\(oneByOne)</div>\(page.rows.map { row($0, address) })\
            \(if: page.rows.isEmpty, "<div class=\"empty\"><p><b>\(text.empty)</b></p><p>\(text.emptyHint)</p></div>")\
            \(page.next.map { "<p class=\"empty\"><a class=\"button quiet\" href=\"/deviations\(query.address(after: $0))\">\(text.more)</a></p>" as HTML })\
            \(if: !page.rows.isEmpty, bulk)</section>
            """
    }

    private var chips: [HTML] {
        DeskQuery.views(of: viewer).map { view in
            "<a href=\"/deviations\(query.address(view: view))\"\(if: view == query.view, " aria-current=\"true\"")>\(name(view))</a>"
        }
    }

    private var savedChips: HTML {
        guard !saved.isEmpty else { return "" }
        let chips = saved.map { address -> HTML in
            let label = label(of: DeskQuery(saved: address, viewer: viewer))
            return
                "<a href=\"/deviations\(address)\"\(if: address == query.withoutWords.address(), " aria-current=\"true\"")>\(label)</a>"
        }
        return "<nav class=\"chips\" aria-label=\"\(BulkTexts[parts.language].saved)\">\(chips)</nav>"
    }

    /// A selection in words: made of what it selects, so that nobody writes anything about a case into a name.
    private func label(of query: DeskQuery) -> String {
        var all = [name(query.view)]
        if !query.category.isEmpty { all.append(parts.category(query.category)) }
        if let side = Environment(rawValue: query.environment) { all.append(parts.environment(side)) }
        if !query.campus.isEmpty { all.append(parts.campus(query.campus)) }
        if query.overdue { all.append(text.overdueOnly) }
        return all.joined(separator: " · ")
    }

    private var tools: HTML {
        let now = query.withoutWords.address()
        let isSaved = saved.contains(now)
        let token = FormView(FormData(), visit: parts.visit).token
        let fields = [
            ("view", query.view.rawValue), ("category", query.category), ("environment", query.environment),
            ("campus", query.campus), ("overdue", query.overdue ? "1" : ""),
        ].map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML }
        let mayRegister = parts.visit.access.mayAnywhere(viewer, DeviationsRights.registerHSE)
        let mayCount = parts.visit.access.mayAnywhere(viewer, DeviationsRights.overview)
        let mayTemplate = parts.visit.access.mayAnywhere(viewer, DeviationsRights.templates)
        return """
            <details class="menu"><summary>\(text.moreTools)</summary>\
            <form method="post" action="/deviations/filters\(if: isSaved, "/removal")">\(token)\(fields)\
            <button>\(isSaved ? BulkTexts[parts.language].remove : BulkTexts[parts.language].save)</button>\
            <a href="/deviations/export\(query.address())">\(BulkTexts[parts.language].export)</a>\
            \(if: mayCount, "<a href=\"/deviations/overview\">\(BulkTexts[parts.language].overview)</a>")\
            \(if: mayTemplate, "<a href=\"\(TemplatePages.path)\">\(TemplateTexts[parts.language].link)</a>")\
            \(if: mayRegister, "<a href=\"\(HSEPages.path)\">\(HSETexts[parts.language].title)</a>")</form></details>
            """
    }

    /// The way to triage, where there is something to assess.
    private var oneByOne: HTML {
        let may = parts.visit.access.mayAnywhere(viewer, DeviationsRights.triage)
        guard may, query.view == .triage, !page.rows.isEmpty else { return "" }
        return "<a class=\"button quiet\" href=\"\(TriagePages.path)\">\(BulkTexts[parts.language].triage)</a>"
    }

    private var bulk: HTML {
        """
        <form id="bulk" class="bulk" method="post" action="/deviations/bulk">\(FormView(FormData(), visit: parts.visit).token)\
        <input type="hidden" name="list" value="\(query.address(after: query.after))">\
        <button class="button quiet small">\(BulkTexts[parts.language].go)</button></form>
        """
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
            \(query.search.map { "<input type=\"hidden\" name=\"search\" value=\"\($0)\">" as HTML })\
            <div class="search"><input type="search" name="q" value="\(query.text)" aria-label="\(text.search)" \
            placeholder="\(text.search)">\
            <button class="button quiet">\(text.searchButton)</button></div>\
            <details\(if: narrowed, " open")><summary>\(text.moreFilters)</summary><div class="more">\
            \(select("category", parts.text.category, query.category, text.anyCategory, categories))\
            \(select("environment", parts.text.environment, query.environment, text.anyEnvironment, sides))\
            \(select("campus", parts.text.campus, query.campus, text.anyCampus, campuses))\
            <label class="choice"><input type="checkbox" name="overdue" value="1"\(if: query.overdue, " checked")>\
            <span>\(text.overdueOnly)</span></label>\
            <button class="button quiet">\(text.apply)</button></div></details></form>
            """
    }

    private func select(
        _ name: String, _ label: String, _ value: String, _ any: String, _ options: [(String, String)]
    ) -> HTML {
        let items = options.map {
            "<option value=\"\($0.0)\"\(if: $0.0 == value, " selected")>\($0.1)</option>" as HTML
        }
        return """
            <label for="filter-\(name)">\(label)<select id="filter-\(name)" name="\(name)"><option value="">\(any)</option>\(items)</select></label>
            """
    }

    private func row(_ row: DeviationRow, _ address: String) -> HTML {
        let status = Status(rawValue: row.status) ?? .received
        return """
            <div class="line"><label class="mark"><input type="checkbox" form="bulk" name="case" value="\(row.id)" \
            aria-label="\(BulkTexts[parts.language].mark(row.number.description))"></label><a class="row" href="/deviations/\(row.id)\(address)"\(if: row.id == chosen, " aria-current=\"true\"")><b>\
            \(row.title)</b>\
            \(parts.clock(status, deadline: row.deadline))<small><span class="num">\(row.number.description)</span> · \
            \(parts.short(row.unit)) · \(parts.text.status[status] ?? "")\
            \(if: row.reports > 1, " · \(CaseworkTexts[parts.language].reportCount(row.reports))")</small></a></div>
            """
    }
}
