import CalendarKit
import DeviationsCore
import EventKit
import Hummingbird
import ModuleKit
import Storage

/// The guideline for reporting and handling (D1): the version in force today, or on the date in the address.
struct GuidelinePage: Sendable {
    let host: HostServices

    func mount(on pages: RouterGroup<AppContext>) {
        pages.get("guideline") { request, context in
            let visit = try context.visit
            let date = request.uri.queryParameters["on"].flatMap { CivilDate($0) } ?? Oslo.date(at: visit.now)
            return try await show(date, visit)
        }
    }

    private func show(_ date: CivilDate, _ visit: Visit) async throws -> Response {
        let versions = try await host.database.read { try DeviationStore.guidelines(in: $0) }
        guard let guideline = Guideline.inForce(on: date, among: versions) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        let text = CaseTexts[visit.language]
        let body = visit.language == .en ? guideline.english : guideline.norwegian
        let from = visit.language.words(guideline.validFrom, today: Oslo.date(at: visit.now))
        let content: HTML = """
            <main class="page stack" id="main"><h1>\(text.guideline)</h1><p class="soft">\(text.validFrom(from)) · \
            \(text.owner): \(guideline.owner)</p>\
            <div lang="\(visit.language == .en ? "en" : "nb")" class="stack">\(HTML.paragraphs(body))</div></main>
            """
        return Page(text.guideline, content: content).response(visit)
    }
}
