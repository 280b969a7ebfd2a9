import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// `/api/v1/categories`: read by everybody, changed by those who maintain them (D6).
struct CategoriesAPI: Sendable {
    let host: HostServices
    let categories: CategoryList

    private struct Body: Decodable, Sendable {
        struct Names: Decodable, Sendable { let nb, nn, en: String? }
        let names: Names?
        let isActive: Bool?

        func category(_ code: String) -> DeviationsCore.Category {
            DeviationsCore.Category(
                code: code, bokmaal: names?.nb ?? "", nynorsk: names?.nn ?? "", english: names?.en ?? "")
        }
    }
    private struct Place: Decodable, Sendable { let before: String? }

    func mount(on api: RouterGroup<AppContext>) {
        api.get("categories") { request, context in
            let isWhole = try request.choice("all", of: ["true", "false"], context.visit.language) == "true"
            let all = try await host.database.read { try CategoryStore.all(in: $0) }
            return Response.json(#"{"items":\#(all.filter { isWhole || $0.isActive }.map(\.json))}"#)
        }
        api.post("categories") { request, context in try await add(request, context) }
        api.get("categories/:category") { _, context in
            let code = try context.parameters.require("category")
            let all = try await host.database.read { try CategoryStore.all(in: $0) }
            return try answer(all.first { $0.category.code == code }, context).response
        }
        api.put("categories/:category") { request, context in try await change(request, context) }
        api.post("categories/:category/place") { request, context in try await place(request, context) }
    }

    private func answer(
        _ stored: StoredCategory?, _ context: AppContext, status: HTTPResponse.Status = .ok
    ) throws -> WriteAnswer {
        guard let stored else { throw ModuleKit.Problem.notFound(try context.visit.language) }
        return WriteAnswer(status: status, body: stored.json, version: stored.version)
    }

    private func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.maintain)
        let (body, bytes) = try await context.json(request, as: Body.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let made = try await host.database.write { tx in
            try idempotency.once(in: tx) {
                try DeviationsAPI.said(visit.language) {
                    let new = try CategoryStore.add(
                        body.category(""), by: viewer.person.id, at: visit.now, in: tx)
                    var made = try answer(new, context, status: .created)
                    made.location = "/api/v1/categories/\(new.category.code)"
                    return made
                }
            }
        }
        categories.forget()
        return made.response
    }

    private func change(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.maintain)
        let code = try context.parameters.require("category")
        let (body, _) = try await context.json(request, as: Body.self)
        let version = try context.expectedVersion(request)
        let changed = try await DeviationsAPI.said(visit.language) {
            try await host.database.write { tx in
                try CategoryStore.change(code, ifVersion: version, by: viewer.person.id, at: visit.now, in: tx) {
                    $0.category = body.category(code)
                    $0.isActive = body.isActive ?? $0.isActive
                }
            }
        }
        categories.forget()
        return try answer(changed, context).response
    }

    private func place(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.maintain)
        let code = try context.parameters.require("category")
        let (body, bytes) = try await context.json(request, as: Place.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        _ = try await host.database.write { tx in
            try idempotency.once(in: tx) {
                guard try CategoryStore.place(code, before: body.before, in: tx) else {
                    throw ModuleKit.Problem.notFound(visit.language)
                }
                return WriteAnswer(status: .noContent, body: "{}")
            }
        }
        categories.forget()
        return Response(status: .noContent)
    }
}

extension StoredCategory {
    fileprivate var json: JSON {
        #"{"id":\#(category.code),"names":\#(category.names.json),"isActive":\#(isActive)}"#
    }
}
