import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// `/api/v1/audit`: what the auditor's page shows, for programs.
struct AuditAPI: Sendable {
    private static let mostAtOnce = 200

    let desk: AuditDesk

    func mount(on api: RouterGroup<AppContext>) {
        api.get("audit") { request, context in try await lines(request, context) }
        api.get("audit/export") { request, context in try await desk.file(request, context) }
        api.get("audit/verification") { request, context in try await verification(request, context) }
    }

    private func lines(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try await desk.reader(context)
        let query = request.uri.queryParameters
        var (filter, errors) = desk.filter(request, visit.language)
        let limit = query["limit"].map { Int($0) ?? 0 } ?? 50
        if !(1...Self.mostAtOnce).contains(limit) { errors.append(FieldError("limit", "1–\(Self.mostAtOnce)")) }
        guard errors.isEmpty else { throw Problem.malformed(visit.language, errors) }
        let page = try await desk.list.read(
            filter, for: viewer, after: query["after"].map(String.init), limit: limit)
        guard let page else {
            throw Problem.malformed(visit.language, [FieldError("after", AuditTexts[visit.language].noPlace)])
        }
        return Response.json(#"{"items":\#(page.lines.map(\.json)),"next":\#(page.next)}"#)
    }

    private func verification(_ request: Request, _ context: AppContext) async throws -> Response {
        _ = try desk.auditor(context)
        let anchor = request.uri.queryParameters["anchor"].map(String.init)
        let report = try await AuditVerification(database: desk.list.database).run(anchor: anchor)
        return Response.json(report.json)
    }
}

extension AuditVerification.Report {
    fileprivate var json: JSON {
        let fault = fault.map { #"{"kind":\#($0.kind.rawValue),"position":\#($0.position)}"# as JSON }
        return
            #"{"isWhole":\#(isWhole),"from":\#(first),"to":\#(last),"hash":\#(hash),"fault":\#(fault),"isAnchorMissing":\#(isAnchorMissing)}"#
    }
}
