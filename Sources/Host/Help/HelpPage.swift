import Hummingbird
import ModuleKit

/// `/help`: everyone one can turn to, by kind, for a campus or all. Open to everyone, signed in or not.
struct HelpPage: Sendable {
    let directory: Directory
    /// Where the quick exit leads.
    let exit: String

    func mount(on router: Router<AppContext>) {
        router.get("/help") { request, context in
            let chart = try await directory.freshChart()
            return try page(chart, asked: request.uri.queryParameters["campus"].map(String.init), context.visit)
        }
    }

    /// Shows the asked campus, else the reader's own, else all.
    private func page(_ chart: OrganisationChart, asked: String?, _ visit: Visit) -> Response {
        let text = HelpTexts[visit.language]
        let campus = (asked ?? visit.viewer?.person.campus).flatMap { chart.campus($0) }?.id
        let contacts = chart.contacts(for: campus)
        let sections = HelpContact.Kind.allCases.map { kind -> HTML in
            let cards = contacts.filter { $0.kind == kind }.map { card($0, chart, text, visit.language) }
            guard !cards.isEmpty else { return "" }
            return
                "<section class=\"stack\"><h2>\(text.kinds[kind] ?? "")</h2><ul class=\"cards pair\">\(cards)</ul></section>"
        }
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack"><h1>\(text.title)</h1><p class="soft lead">\(text.lead)</p>\
            \(if: !chart.campuses.isEmpty, campuses(chart, campus, text, visit.language))</div>\(sections)</main>
            """
        var page = Page(text.title, section: "/help", content: content)
        page.leave = exit
        return page.response(visit)
    }

    private func card(_ contact: HelpContact, _ chart: OrganisationChart, _ text: HelpTexts, _ language: Language)
        -> HTML
    {
        let place = contact.campus.flatMap { chart.campus($0)?.names[language] }
        let hours = contact.hours[language]
        return """
            <li class="card contact\(if: contact.kind == .emergency, " urgent")"><h3>\(contact.names[language])</h3><p>\(contact.purposes[language])</p>\
            <p class="ways">\(ContactWays(contact, language: language).html)</p>\
            \(if: !hours.isEmpty, "<p class=\"soft\">\(text.hours): \(hours)</p>")\
            \(place.map { "<p class=\"soft\">\(text.campus): \($0)</p>" as HTML })</li>
            """
    }

    private func campuses(_ chart: OrganisationChart, _ chosen: String?, _ text: HelpTexts, _ language: Language)
        -> HTML
    {
        let links = [("all", text.allCampuses)] + chart.campuses.map { ($0.id, $0.names[language]) }
        let items = links.map { id, name -> HTML in
            "<a href=\"/help?campus=\(id)\"\(if: id == chosen ?? "all", " aria-current=\"page\"")>\(name)</a>"
        }
        return "<nav class=\"chips\" aria-label=\"\(text.campus)\">\(items)</nav>"
    }
}
