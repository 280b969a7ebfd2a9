import HTTPTypes
import Hummingbird
import ModuleKit

/// What surrounds the pages of those who run the installation: tabs to those that the viewer may see.
enum AdminPage {
    /// `section` is the path of the tab the page belongs to.
    static func response(
        _ visit: Visit, _ section: String, _ title: String, status: HTTPResponse.Status = .ok, _ content: HTML
    ) -> Response {
        let text = HostTexts[visit.language]
        let tabs = tabs(visit)
        let links = tabs.map { tab -> HTML in
            "<a href=\"\(tab.path)\"\(if: tab.path == section, " aria-current=\"page\"")>\(tab.title)</a>"
        }
        let nav: HTML = "<nav class=\"chips\" aria-label=\"\(text.adminTitle)\">\(links)</nav>"
        return Page(
            title, density: .desk, section: menu(visit).first?.path, status: status,
            content: """
                <main class="page wide stack" id="main">\(if: tabs.count > 1, nav)<h1>\(title)</h1>\(content)</main>
                """
        ).response(visit)
    }

    /// The top bar's entry: operations for an administrator, else the one thing the viewer may edit.
    static func menu(_ visit: Visit) -> [MenuItem] {
        let tabs = tabs(visit)
        guard tabs.count > 1, let first = tabs.first else { return tabs }
        return [MenuItem(HostTexts[visit.language].adminTitle, first.path)]
    }

    private static func tabs(_ visit: Visit) -> [MenuItem] {
        guard let viewer = visit.viewer else { return [] }
        let text = HostTexts[visit.language]
        let all: [(Right, MenuItem)] = [
            (AdminPages.right, MenuItem(text.modulesTitle, "/admin/modules")),
            (AdminPages.right, MenuItem(text.busTitle, "/admin/events")),
            (AdminPages.right, MenuItem(WorkTexts[visit.language].title, WorkPages.path)),
            (WebhookAccess.right, MenuItem(WebhookTexts[visit.language].title, WebhookPages.path)),
            (AdminPages.right, MenuItem(text.mailTitle, "/admin/mail")),
            (DeputyPages.right, MenuItem(DeputyTexts[visit.language].allTitle, "/admin/deputies")),
            (ContactPages.right, MenuItem(ContactTexts[visit.language].title, ContactPages.path)),
            (ReferencePages.right, MenuItem(ReferenceTexts[visit.language].title, ReferencePages.path)),
            (AuditDesk.right, MenuItem(AuditTexts[visit.language].title, AuditPages.path)),
            (PrivacyDesk.right, MenuItem(PrivacyTexts[visit.language].title, PrivacyRequestPages.path)),
            (PolicyPage.right, MenuItem(PolicyTexts[visit.language].title, PolicyPage.path)),
        ]
        return all.filter { visit.access.mayEverywhere(viewer, $0.0) }.map(\.1)
    }
}
