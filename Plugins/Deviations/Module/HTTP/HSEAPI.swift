import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// `/api/v1/hse-deviations`: an HSE system registers references to deviations that touch students, and brings them up to date (D24).
struct HSEAPI: Sendable {
    let host: HostServices

    private struct Body: Decodable, Sendable {
        let reference, date, unit, campus, environment, status: String?

        func draft(_ reference: String) -> HSEDraft {
            HSEDraft(
                reference: reference, date: date ?? "", unit: unit ?? "", campus: campus ?? "",
                environment: environment ?? "", status: status ?? "")
        }
    }

    func mount(on api: RouterGroup<AppContext>) {
        api.post("hse-deviations") { request, context in try await register(request, context) }
        api.get("hse-deviations/:reference") { _, context in
            let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.registerHSE)
            let reference = try context.parameters.require("reference")
            let stored = try await host.database.read { try HSEStore.load(reference, in: $0) }
            return try seen(stored, viewer, visit).answer(.ok).response
        }
        api.put("hse-deviations/:reference") { request, context in try await change(request, context) }
    }

    /// The same reference with the same content is registered once, whoever sends it how often.
    private func register(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.registerHSE)
        let (body, bytes) = try await context.json(request, as: Body.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let answer = try await host.database.write { tx in
            try idempotency.once(in: tx) {
                try DeviationsAPI.said(visit.language) {
                    let new = try checked(body.draft(body.reference ?? ""), viewer, visit)
                    let outcome = try HSEStore.put(new, by: viewer.person.id, at: visit.now, in: tx) { stored in
                        if stored.deviation != new { throw DeviationError.registeredBefore }
                    }
                    var answer = try seen(try HSEStore.load(new.reference, in: tx), viewer, visit)
                        .answer(outcome == .new ? .created : .ok)
                    answer.location = "/api/v1/hse-deviations/\(new.reference)"
                    return answer
                }
            }
        }
        return answer.response
    }

    private func change(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.registerHSE)
        let reference = try context.parameters.require("reference")
        let (body, _) = try await context.json(request, as: Body.self)
        let version = try context.expectedVersion(request)
        let changed = try await host.database.write { tx in
            // What one may not see is not there, whatever was sent.
            _ = try seen(try HSEStore.load(reference, in: tx), viewer, visit)
            return try DeviationsAPI.said(visit.language) {
                let new = try checked(body.draft(reference), viewer, visit)
                _ = try HSEStore.put(new, by: viewer.person.id, at: visit.now, in: tx) { stored in
                    guard stored.version == version else {
                        throw DeviationStoreError.changedMeanwhile(version: stored.version)
                    }
                }
                return try HSEStore.load(reference, in: tx)
            }
        }
        return try seen(changed, viewer, visit).answer(.ok).response
    }

    private func checked(_ draft: HSEDraft, _ viewer: Viewer, _ visit: Visit) throws(DeviationError) -> HSEDeviation {
        try HSEDeviation(draft, choices: HSEChoices(viewer, visit), today: Oslo.date(at: visit.now))
    }

    /// What is stored, if the viewer may register for its unit.
    ///
    /// - Throws: `Problem` 404.
    private func seen(_ stored: StoredHSE?, _ viewer: Viewer, _ visit: Visit) throws -> StoredHSE {
        guard let stored, HSEChoices(viewer, visit).units.contains(stored.deviation.unit) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        return stored
    }
}

extension StoredHSE {
    fileprivate func answer(_ status: HTTPResponse.Status) -> WriteAnswer {
        let d = deviation
        return WriteAnswer(
            status: status,
            body: #"""
                {"reference":\#(d.reference),"date":\#(d.reportedOn),"unit":\#(d.unit),"campus":\#(d.campus),\#
                "environment":\#(d.environment.rawValue),"status":\#(d.isOpen ? "open" : "closed")}
                """#, version: version)
    }
}
