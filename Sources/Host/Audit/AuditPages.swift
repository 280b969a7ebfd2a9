import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// `/audit`: the trail with its filters, and the check of the chain.
struct AuditPages: Sendable {
    static let path = "/audit"
    private static let atOnce = 50
    private static let anchors = 14

    let desk: AuditDesk

    func mount(on router: Router<AppContext>) {
        router.get("/audit") { request, context in try await page(request, context) }
        router.get("/audit/export") { request, context in try await desk.file(request, context) }
        router.post("/audit/verification") { request, context in
            let (visit, _) = try desk.auditor(context)
            let form = try await context.form(request)
            guard form.errors.isEmpty else { throw Problem.malformed(visit.language, form.errors) }
            let report = try await AuditVerification(database: desk.list.database).run()
            return try await page(request, context, report)
        }
    }

    private func page(_ request: Request, _ context: AppContext, _ report: AuditVerification.Report? = nil)
        async throws -> Response
    {
        let (visit, viewer) = try await desk.reader(context)
        let query = request.uri.queryParameters
        let (filter, errors) = desk.filter(request, visit.language)
        let database = desk.list.database
        var form = FormData()
        for name in ["object", "person", "from", "to"] { form[name] = query[name[...]].map(String.init) ?? "" }
        form.errors = errors
        let found =
            errors.isEmpty
            ? try await desk.list.read(
                filter, for: viewer, after: query["after"].map(String.init), limit: Self.atOnce) : nil
        let lines = found?.lines ?? []
        let (people, anchors) = try await database.read { reader in
            (
                try Directory.people(Set(lines.compactMap(\.actor)), in: reader),
                try AuditAnchor.all(limit: Self.anchors, in: reader)
            )
        }
        return AuditView(visit: visit, form: form, people: people).page(
            lines, next: found?.next, anchors: anchors, report: report)
    }
}
