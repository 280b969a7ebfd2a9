import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault

/// Hiding a passage or a file, and looking at what is hidden: on the desk, and for clients.
struct MaskPages: Sendable {
    let host: HostServices
    let desk: DeskPages

    private var acts: DeviationActs { desk.acts }

    private struct MaskBody: Decodable, Sendable { let passage, file, reason: String? }

    /// What is hidden; the end of the address of its form.
    private enum Kind: String {
        case passage = "masks"
        case file = "file-masks"

        /// What names it in a form or a body.
        var field: String { self == .passage ? "passage" : "file" }
    }

    func mount(on routes: ModuleRoutes) {
        for kind in [Kind.passage, .file] {
            routes.pages.post(":id/\(kind.rawValue)") { request, context in try await mask(kind, request, context) }
            routes.api.post("deviations/:id/\(kind.rawValue)") { request, context in
                try await maskByAPI(kind, request, context)
            }
        }
        routes.pages.post(":id/masks/:mask/unmasking") { request, context in try await unmask(request, context) }
        routes.api.post("deviations/:id/masks/:mask/unmasking") { request, context in
            try await unmaskByAPI(request, context)
        }
    }

    private func mask(_ kind: Kind, _ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("id")
        var form = try await context.form(request)
        if form.errors.isEmpty {
            do {
                let version = Int(form["version"]) ?? 0
                _ = try await mask(kind, form[kind.field], form["reason"], id, version, viewer, visit)
                return .seeOther("/deviations/\(id)?done=\(id)/\(kind.rawValue)")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            } catch DeviationStoreError.changedMeanwhile {
                form.errors = [FieldError("", ModuleKit.Problem.stale(visit.language).detail)]
            }
        }
        return try await desk.one(id, request, context, sent: (kind.rawValue, form))
    }

    private func mask(
        _ kind: Kind, _ what: String, _ reason: String, _ id: String, _ version: Int, _ viewer: Viewer, _ visit: Visit,
        once: @escaping @Sendable (Transaction, () throws -> WriteAnswer) throws -> WriteAnswer = { try $1() }
    ) async throws -> WriteAnswer {
        let mask = Identifier.make(at: visit.now)
        let key = try await acts.cases.key(of: id)
        let search = try await acts.cases.searchTokens()
        let reports = try await acts.reports(of: id)
        return try await host.database.write { tx in
            try once(tx) {
                let stored =
                    switch kind {
                    case .passage:
                        try acts.mask(
                            MaskPassage(id: mask, passage: what, reason: reason), in: id, key, reports, search: search,
                            by: viewer, visit, ifVersion: version, in: tx)
                    case .file:
                        try acts.mask(
                            MaskFile(id: mask, file: what, reason: reason), in: id, key, reports, by: viewer, visit,
                            ifVersion: version, in: tx)
                    }
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
            do {
                switch try await unmask(mask, form["reason"], id, viewer, visit) {
                case .passage(let passage): return MaskView.page(passage, of: id, visit).response(visit)
                case .file(let file, let key): return download(file, key)
                }
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            }
        }
        return try await desk.one(id, request, context, sent: ("masks/\(mask)/unmasking", form))
    }

    private func unmask(_ mask: String, _ reason: String, _ id: String, _ viewer: Viewer, _ visit: Visit) async throws
        -> DeviationActs.Hidden
    {
        let (key, reports) = (try await acts.cases.key(of: id), try await acts.reports(of: id))
        return try await host.database.write { tx in
            try acts.unmask(
                UnmaskPassage(mask: mask, reason: reason), in: id, key, reports, by: viewer, visit, in: tx)
        }
    }

    private func download(_ file: SealedFile, _ key: CaseKey) -> Response {
        .download(file, acts.cases.vault.files.content(of: file, by: key))
    }

    private func maskByAPI(_ kind: Kind, _ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("id")
        let (body, bytes) = try await context.json(request, as: MaskBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let version = try context.expectedVersion(request)
        let answer = try await DeviationsAPI.said(visit.language) {
            try await mask(
                kind, (kind == .passage ? body.passage : body.file) ?? "", body.reason ?? "", id, version, viewer, visit
            ) {
                try idempotency.once(in: $0, $1)
            }
        }
        return answer.response
    }

    private func unmaskByAPI(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let (id, mask) = (try context.parameters.require("id"), try context.parameters.require("mask"))
        let (body, _) = try await context.json(request, as: MaskBody.self)
        // Nothing of the answer is kept, as one with an idempotency key would be: each look stands in the history.
        let hidden = try await DeviationsAPI.said(visit.language) {
            try await unmask(mask, body.reason ?? "", id, viewer, visit)
        }
        return switch hidden {
        case .passage(let passage): .json(#"{"passage":\#(passage)}"#)
        case .file(let file, let key): download(file, key)
        }
    }
}
