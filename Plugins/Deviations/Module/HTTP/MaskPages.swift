import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// Hiding a passage, and looking at what is hidden: on the desk, and for clients.
struct MaskPages: Sendable {
    let host: HostServices
    let desk: DeskPages

    private var acts: DeviationActs { desk.acts }

    private struct MaskBody: Decodable, Sendable { let passage, reason: String? }

    func mount(on routes: ModuleRoutes) {
        routes.pages.post(":id/masks") { request, context in try await mask(request, context) }
        routes.pages.post(":id/masks/:mask/unmasking") { request, context in try await unmask(request, context) }
        routes.api.post("deviations/:id/masks") { request, context in try await maskByAPI(request, context) }
        routes.api.post("deviations/:id/masks/:mask/unmasking") { request, context in
            try await unmaskByAPI(request, context)
        }
    }

    private func mask(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("id")
        var form = try await context.form(request)
        if form.errors.isEmpty {
            do {
                _ = try await mask(form["passage"], form["reason"], id, Int(form["version"]) ?? 0, viewer, visit)
                return .seeOther("/deviations/\(id)?done=\(id)/masks")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            } catch DeviationStoreError.changedMeanwhile {
                form.errors = [FieldError("", ModuleKit.Problem.stale(visit.language).detail)]
            }
        }
        return try await desk.one(id, request, context, sent: ("masks", form))
    }

    private func mask(
        _ passage: String, _ reason: String, _ id: String, _ version: Int, _ viewer: Viewer, _ visit: Visit,
        once: @escaping @Sendable (Transaction, () throws -> WriteAnswer) throws -> WriteAnswer = { try $1() }
    ) async throws -> WriteAnswer {
        let act = MaskPassage(id: Identifier.make(at: visit.now), passage: passage, reason: reason)
        let key = try await acts.cases.key(of: id)
        let search = try await acts.cases.searchTokens()
        let reports = try await acts.reports(of: id)
        return try await host.database.write { tx in
            try once(tx) {
                let stored = try acts.mask(
                    act, in: id, key, reports, search: search, by: viewer, visit, ifVersion: version, in: tx)
                return WriteAnswer(status: .ok, body: stored.receipt(acts.cases.numbers))
            }
        }
    }

    /// Shown in the answer itself and nowhere else.
    private func unmask(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let (id, mask) = (try context.parameters.require("id"), try context.parameters.require("mask"))
        var form = try await context.form(request)
        if form.errors.isEmpty {
            let key = try await acts.cases.key(of: id)
            do {
                let passage = try await host.database.write { [form] tx in
                    try acts.unmask(
                        UnmaskPassage(mask: mask, reason: form["reason"]), in: id, key, by: viewer, visit, in: tx)
                }
                return MaskView.page(passage, of: id, visit).response(visit)
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            }
        }
        return try await desk.one(id, request, context, sent: ("masks/\(mask)/unmasking", form))
    }

    private func maskByAPI(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("id")
        let (body, bytes) = try await context.json(request, as: MaskBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let version = try context.expectedVersion(request)
        let answer = try await DeviationsAPI.said(visit.language) {
            try await mask(body.passage ?? "", body.reason ?? "", id, version, viewer, visit) {
                try idempotency.once(in: $0, $1)
            }
        }
        return answer.response
    }

    private func unmaskByAPI(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let (id, mask) = (try context.parameters.require("id"), try context.parameters.require("mask"))
        let (body, _) = try await context.json(request, as: MaskBody.self)
        let key = try await acts.cases.key(of: id)
        // Nothing of the answer is kept, as one with an idempotency key would be: each look stands in the history.
        let passage = try await DeviationsAPI.said(visit.language) {
            try await host.database.write { tx in
                try acts.unmask(
                    UnmaskPassage(mask: mask, reason: body.reason ?? ""), in: id, key, by: viewer, visit, in: tx)
            }
        }
        return .json(#"{"passage":\#(passage)}"#)
    }
}
