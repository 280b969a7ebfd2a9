import Hummingbird
import ModuleKit

/// The front page and the two pages its footer links to.
struct FrontPage: Sendable {
    let site: Site

    func mount(on router: Router<AppContext>) {
        router.get("/") { _, context in front(try context.visit) }
        router.get("/privacy") { _, context in
            let visit = try context.visit
            let text = HostTexts[visit.language]
            return plain(text.privacyTitle, text.privacy, visit)
        }
        router.get("/accessibility") { _, context in
            let visit = try context.visit
            let text = HostTexts[visit.language]
            return plain(text.accessibilityTitle, text.accessibility, visit)
        }
    }

    private func front(_ visit: Visit) -> Response {
        let text = HostTexts[visit.language]
        let doors = site.modules.flatMap { $0.doors(for: visit) }
        let cards = doors.map { door -> HTML in
            "<a class=\"door\" href=\"\(door.path)\"><h2>\(door.title)</h2><p>\(door.text)</p></a>"
        }
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack"><h1>\(text.frontTitle)</h1><p class="soft \
            lead">\(text.frontLead)</p></div>\
            \(if: cards.isEmpty, "<p class=\"note\">\(text.nothingOn)</p>")\
            \(if: !cards.isEmpty, "<div class=\"doors\">\(cards)</div>")\
            \(site.modules.map { $0.welcome(for: visit) })<aside class="note care stack tight"><h2>\
            \(text.careTitle)</h2><p>\(text.care)</p></aside>\
            \(if: visit.viewer == nil, "<p class=\"soft\">\(text.frontSignIn)</p>")</main>
            """
        return Page(text.frontTitle, content: content).response(visit)
    }

    private func plain(_ title: String, _ paragraphs: [String], _ visit: Visit) -> Response {
        let content: HTML = """
            <main class="page stack" id="main"><h1>\(title)</h1>\(paragraphs.map { "<p>\($0)</p>" as HTML })</main>
            """
        return Page(title, content: content).response(visit)
    }
}
