import Hummingbird
import ModuleKit

/// Stands in for the pages of a discreet module that is off: whoever comes back to it with a code is not left with an address that
/// does not exist.
struct ClosedPage: Sendable {
    let manifest: ModuleManifest
    let directory: Directory

    func mount(on router: Router<AppContext>) {
        router.get(RouterPath(manifest.id)) { _, context in try await page(try context.visit) }
        router.post(RouterPath(manifest.id)) { _, context in try await page(try context.visit) }
    }

    private func page(_ visit: Visit) async throws -> Response {
        let text = SwitchTexts[visit.language]
        let chart = try await directory.freshChart()
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack"><h1>\(text.closedTitle)</h1><p class="lead">\(text.closed)</p>\
            <p>\(text.closedCode)</p></div>\
            \(HelpPanel(chart, campus: visit.viewer?.person.campus, language: visit.language).html)</main>
            """
        return Page(text.closedTitle, status: .serviceUnavailable, content: content).response(visit)
    }
}
