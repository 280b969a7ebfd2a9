import HTTPTypes
import Hummingbird
import ModuleKit

/// What surrounds the pages on which this module's data is maintained: tabs, a title, what has just been done.
enum SetupPage {
    static func response(
        _ visit: Visit, _ section: String, _ title: String, status: HTTPResponse.Status = .ok, _ content: HTML
    ) -> Response {
        let links = tabs(visit).map { tab -> HTML in
            "<a href=\"\(tab.path)\"\(if: tab.path == section, " aria-current=\"page\"")>\(tab.title)</a>"
        }
        let area = CategoryTexts[visit.language].area
        let nav: HTML = "<nav class=\"chips\" aria-label=\"\(area)\">\(links)</nav>"
        return Page(
            title, density: .desk, section: menu(visit).first?.path, status: status,
            content: """
                <main class="page wide stack" id="main">\(if: links.count > 1, nav)<h1>\(title)</h1>\(content)</main>
                """
        ).response(visit)
    }

    /// The top bar's entry.
    static func menu(_ visit: Visit) -> [MenuItem] {
        guard let viewer = visit.viewer, visit.access.mayEverywhere(viewer, DeviationsRights.maintain),
            let first = tabs(visit).first
        else { return [] }
        return [MenuItem(CategoryTexts[visit.language].area, first.path)]
    }

    /// The visit and the viewer, who has the right.
    ///
    /// - Throws: `Problem` 401 or 403.
    static func visitor(_ context: AppContext, _ right: Right) throws -> (Visit, Viewer) {
        let visit = try context.visit
        let viewer = try context.viewer
        guard has(right, viewer, visit) else { throw ModuleKit.Problem.forbidden(visit.language) }
        return (visit, viewer)
    }

    private static func tabs(_ visit: Visit) -> [MenuItem] {
        guard let viewer = visit.viewer else { return [] }
        let all: [(Right, MenuItem)] = [
            (DeviationsRights.maintain, MenuItem(CategoryTexts[visit.language].title, CategoryPages.path)),
            (DeviationsRights.maintain, MenuItem(GuidelineTexts[visit.language].title, GuidelinePages.path)),
            (DeviationsRights.registerHSE, MenuItem(HSETexts[visit.language].title, HSEPages.path)),
        ]
        return all.filter { has($0.0, viewer, visit) }.map(\.1)
    }

    /// Categories and guideline are everybody's; HSE deviations are registered for one's own units.
    private static func has(_ right: Right, _ viewer: Viewer, _ visit: Visit) -> Bool {
        right == DeviationsRights.maintain
            ? visit.access.mayEverywhere(viewer, right) : visit.access.mayAnywhere(viewer, right)
    }
}

extension Request {
    /// Whether the page comes after a form that was taken.
    var isDone: Bool { uri.queryParameters["done"] != nil }
}
