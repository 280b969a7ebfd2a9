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

    private struct Body: Decodable, Sendable { let kind, text: String? }

    /// The same for clients.
    func mount(onAPI api: RouterGroup<AppContext>) {
        api.get("me/requests") { _, context in
            var items: [JSON] = []
            for request in try await requests.own(try context.viewer.person.id) {
                items.append(try await request.json(extracts(of: request)))
            }
            return Response.json(#"{"items":\#(items)}"#)
        }
        api.post("me/requests") { request, context in
            let (visit, viewer) = (try context.visit, try context.viewer)
            let body = try await context.json(request, as: Body.self).value
            let (kind, words, errors) = checked(body.kind ?? "", body.text ?? "", visit)
            guard errors.isEmpty, let kind else { throw Problem.invalid(visit.language, errors) }
            let id = try await ask(kind, words, viewer, visit)
            return Response.json(#"{"id":\#(id)}"#, status: .created)
        }
    }

    private func checked(_ kind: String, _ typed: String, _ visit: Visit) -> (
        PrivacyRequest.Kind?, String, [FieldError]
    ) {
        let text = PrivacyTexts[visit.language]
        let (kind, words) = (PrivacyRequest.Kind(rawValue: kind), typed.trimmingSpaces())
        var errors: [FieldError] = []
        if kind == nil { errors.append(FieldError("kind", text.choose)) }
        if words.isEmpty { errors.append(FieldError("text", text.textMissing)) }
        if words.count > 4000 { errors.append(FieldError("text", text.textTooLong)) }
        return (kind, words, errors)
    }

    /// The same words sent twice are one request.
    private func ask(_ kind: PrivacyRequest.Kind, _ words: String, _ viewer: Viewer, _ visit: Visit) async throws
        -> String
    {
        let same = try await requests.own(viewer.person.id).first {
            $0.state == .open && $0.kind == kind && $0.content.text == words
        }
        if let same { return same.id }
        return try await requests.add(
            kind, of: viewer.person.id, .init(name: viewer.person.name, contact: viewer.person.email, text: words),
            by: viewer.person.id, at: visit.now)
    }

    private func ask(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        var form = try await context.form(request)
        let (kind, words, errors) = checked(form["kind"], form["text"], visit)
        form.errors += errors
        guard form.errors.isEmpty, let kind else { return try await page(form, context) }
        _ = try await ask(kind, words, viewer, visit)
        return .seeOther("\(OwnDataPages.path)?asked=1#requests")
    }

    /// What the person gets: nothing before it is decided, nor when it is refused.
    private func extracts(of request: PrivacyRequest) async throws -> [PrivacyExtract] {
        request.state == .granted || request.state == .partly ? try await requests.extracts(of: request) : []
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
        return PrivacyRequestView(visit: visit).answer(request, ground, try await extracts(of: request))
    }
}

extension PrivacyRequest {
    /// As its person reads it.
    fileprivate func json(_ extracts: [PrivacyExtract]) -> JSON {
        let cases = extracts.map { extract -> JSON in
            let passages = extract.passages.map {
                #"{"what":\#($0.what.json),"date":\#($0.on),"text":\#($0.text)}"# as JSON
            }
            return #"{"number":\#(extract.number),"passages":\#(passages)}"#
        }
        return #"""
            {"id":\#(id),"kind":\#(kind.rawValue),"text":\#(content.text),"receivedOn":\#(receivedOn),"dueOn":\#(dueOn),\#
            "state":\#(state.rawValue),"decidedOn":\#(decidedOn),"ground":\#(ground),"answer":\#(content.answer),"extract":\#(cases)}
            """#
    }
}
