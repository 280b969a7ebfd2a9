import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// `/me/data/requests`: what one asks about one's own data, and the answer.
struct OwnRequestPages: Sendable {
    let requests: PrivacyRequests
    /// The page the form stands on, with what is wrong in it.
    let page: @Sendable (FormData, AppContext) async throws -> Response

    func mount(on router: Router<AppContext>) {
        router.post("/me/data/requests") { request, context in try await ask(request, context) }
        router.get("/me/data/requests/:request") { _, context in try await answer(context) }
    }

    private func ask(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let text = PrivacyTexts[visit.language]
        var form = try await context.form(request)
        let kind = PrivacyRequest.Kind(rawValue: form["kind"])
        if kind == nil { form.errors.append(FieldError("kind", text.choose)) }
        let words = form["text"].trimmingSpaces()
        if words.isEmpty { form.errors.append(FieldError("text", text.textMissing)) }
        if words.count > 4000 { form.errors.append(FieldError("text", text.textTooLong)) }
        guard form.errors.isEmpty, let kind else { return try await page(form, context) }
        // The same words sent twice are one request.
        let isThere = try await requests.own(viewer.person.id).contains {
            $0.state == .open && $0.kind == kind && $0.content.text == words
        }
        if !isThere {
            _ = try await requests.add(
                kind, of: viewer.person.id, .init(name: viewer.person.name, contact: viewer.person.email, text: words),
                by: viewer.person.id, at: visit.now)
        }
        return .seeOther("\(OwnDataPages.path)?asked=1#requests")
    }

    private func answer(_ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let request = try await requests.find(try context.parameters.require("request"))
        guard let request, request.person == viewer.person.id, request.state != .open else {
            throw Problem.notFound(visit.language)
        }
        let ground = try await requests.database.read { reader in
            try request.ground.flatMap { try PrivacyStore.ground($0, in: reader) }
        }
        let extracts = request.state == .refused ? [] : try await requests.extracts(of: request)
        return PrivacyRequestView(visit: visit).answer(request, ground, extracts)
    }
}
