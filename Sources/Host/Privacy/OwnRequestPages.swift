import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault

/// `/me/data/requests`: what one asks about one's own data, and the answer.
struct OwnRequestPages: Sendable {
    let requests: PrivacyRequests
    /// The page the form stands on, with what is wrong in it.
    let page: @Sendable (FormData, AppContext) async throws -> Response

    func mount(on router: Router<AppContext>) {
        router.post("/me/data/requests") { request, context in try await ask(request, context) }
        router.get("/me/data/requests/:request") { _, context in try await answer(context) }
        router.get("/me/data/requests/:request/files/:file") { _, context in try await file(context) }
        router.get("/me/data/requests/:request/files/:file/preview") { _, context in
            try await file(context, isShown: true)
        }
    }

    private struct Body: Decodable, Sendable { let kind, text: String? }

    /// The same for clients.
    func mount(onAPI api: RouterGroup<AppContext>) {
        api.get("me/requests") { _, context in
            var items: [JSON] = []
            for request in try await requests.own(try context.viewer.person.id) {
                items.append(
                    request.json(try await requests.given(to: request).map(\.extract), requests.keptUntil(request)))
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
        api.get("me/requests/:request/files/:file") { _, context in try await file(context) }
    }

    private func checked(_ kind: String, _ typed: String, _ visit: Visit) -> (
        PrivacyRequest.Kind?, String, [FieldError]
    ) {
        let text = PrivacyTexts[visit.language]
        let (kind, words) = (PrivacyRequest.Kind(rawValue: kind), typed.trimmingSpaces())
        var errors: [FieldError] = []
        if kind == nil { errors.append(FieldError("kind", text.choose)) }
        if words.isEmpty { errors.append(FieldError("text", text.textMissing)) }
        if words.count > PrivacyDesk.mostText { errors.append(FieldError("text", text.tooLong(PrivacyDesk.mostText))) }
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
        let new = try await requests.made(
            kind, of: viewer.person.id, .init(name: viewer.person.name, contact: viewer.person.email, text: words),
            at: visit.now)
        try await requests.database.write { try requests.store(new, by: viewer.person.id, at: visit.now, in: $0) }
        return new.request.id
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

    /// The person's own request that the address names.
    ///
    /// - Throws: `Problem` 404 also until it is decided.
    private func decided(_ context: AppContext) async throws -> PrivacyRequest {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let request = try await requests.find(try context.parameters.require("request"))
        guard let request, request.person == viewer.person.id, request.state != .open else {
            throw Problem.notFound(visit.language)
        }
        return request
    }

    private func answer(_ context: AppContext) async throws -> Response {
        let request = try await decided(context)
        let ground = try await requests.database.read { reader in
            try request.ground.flatMap { try PrivacyStore.ground($0, in: reader) }
        }
        return PrivacyRequestView(visit: try context.visit, requests: requests)
            .answer(request, ground, try await requests.given(to: request))
    }

    /// A picture, or a file as it was sent, that the person was given; only a picture is shown.
    private func file(_ context: AppContext, isShown: Bool = false) async throws -> Response {
        let given = try await requests.given(to: try await decided(context))
        let file = try context.parameters.require("file")
        let place = (given.flatMap { $0.extract.files ?? [] }.firstIndex { $0.id == file } ?? 0) + 1
        switch try await requests.file(file, among: given) {
        case .picture(let picture, let content) where isShown: return .preview(picture, content)
        case .picture(let found, let content), .whole(let found, let content):
            if isShown { throw Problem.notFound(try context.visit.language) }
            return .download(found, content, as: PrivacyExtract.name(ofFile: place, type: found.type))
        case .text, nil: throw Problem.notFound(try context.visit.language)
        }
    }
}

extension PrivacyRequest {
    /// As its person reads it.
    fileprivate func json(_ extracts: [PrivacyExtract], _ keptUntil: CivilDate?) -> JSON {
        #"""
        {"id":\#(id),"kind":\#(kind.rawValue),"text":\#(content.text),"receivedOn":\#(receivedOn),"dueOn":\#(dueOn),\#
        "state":\#(state.rawValue),"decidedOn":\#(decidedOn),"ground":\#(ground),"answer":\#(content.answer),\#
        "keptUntil":\#(keptUntil),"extract":\#(extracts.map(\.json))}
        """#
    }
}
