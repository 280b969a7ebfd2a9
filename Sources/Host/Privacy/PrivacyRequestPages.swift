import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault

/// `/privacy-requests`: what people ask about their own data is registered, answered from cases, decided; each step is logged.
struct PrivacyRequestPages: Sendable {
    static let path = "/privacy-requests"
    static let right: Right = "host.answer-privacy-requests"

    let requests: PrivacyRequests

    func mount(on router: Router<AppContext>) {
        let group = router.group("privacy-requests")
        group.get { request, context in
            try await list(FormData(), try officer(context).0, told: request.uri.queryParameters["done"] != nil)
        }
        group.post { request, context in try await register(request, context) }
        group.get(":request") { request, context in
            try await one(try await found(context), told: request.uri.queryParameters["done"] != nil)
        }
        group.post(":request/search") { request, context in try await search(request, context) }
        group.post(":request/cases") { request, context in try await add(request, context) }
        group.get(":request/cases/:case") { _, context in try await read(FormData(), context) }
        group.post(":request/cases/:case") { request, context in try await extract(request, context) }
        group.post(":request/cases/:case/removal") { request, context in try await remove(request, context) }
        group.post(":request/decision") { request, context in try await decide(request, context) }
        group.get(":request/extract") { _, context in
            let asked = try await found(context)
            let text = try await PrivacyExtractView(asked.visit.language).document(requests.extracts(of: asked.request))
            try await requests.change(
                asked.request, .given, PrivacyCase(module: "", id: "", extract: nil), by: asked.officer,
                at: asked.visit.now)
            return Response.download(text, type: "text/html; charset=utf-8", named: "utdrag.html")
        }
    }

    /// - Throws: `Problem` 401 or 403.
    private func officer(_ context: AppContext) throws -> (Visit, Viewer) {
        let (visit, viewer) = (try context.visit, try context.viewer)
        guard visit.access.mayEverywhere(viewer, Self.right) else { throw Problem.forbidden(visit.language) }
        return (visit, viewer)
    }

    /// A request and who works with it.
    struct Asked: Sendable {
        let request: PrivacyRequest
        let visit: Visit
        let viewer: Viewer

        var officer: String { viewer.person.id }
    }

    /// - Throws: as `officer`; `Problem` 404.
    private func found(_ context: AppContext) async throws -> Asked {
        let (visit, viewer) = try officer(context)
        guard let request = try await requests.find(try context.parameters.require("request")),
            // Nobody answers themself.
            request.person != viewer.person.id
        else { throw Problem.notFound(visit.language) }
        return Asked(request: request, visit: visit, viewer: viewer)
    }

    private func open(_ context: AppContext) async throws -> Asked {
        let asked = try await found(context)
        guard asked.request.state == .open else { throw Problem.stale(asked.visit.language) }
        return asked
    }

    // Requests

    private func list(_ form: FormData, _ visit: Visit, told: Bool) async throws -> Response {
        let me = visit.viewer?.person.id
        let open = try await requests.list(isOpen: true).filter { $0.person != me }
        let decided = try await requests.list(isOpen: false).filter { $0.person != me }
        return PrivacyRequestView(visit: visit).list(form, open: open, decided: decided, told: told)
    }

    private func register(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try officer(context)
        let text = PrivacyTexts[visit.language]
        var form = try await context.form(request)
        if PrivacyRequest.Kind(rawValue: form["kind"]) == nil { form.errors.append(FieldError("kind", text.choose)) }
        let name = form["name"].trimmingSpaces()
        if name.isEmpty { form.errors.append(FieldError("name", text.missing)) }
        let email = form["email"].trimmingSpaces()
        let person = try await requests.database.read { try Directory.person(email: email, in: $0) }
        if person == nil, form["contact"].trimmingSpaces().isEmpty {
            form.errors.append(FieldError("contact", text.contactMissing))
        }
        if let person, person.id == viewer.person.id { form.errors.append(FieldError("email", text.yourself)) }
        guard form.errors.isEmpty, let kind = PrivacyRequest.Kind(rawValue: form["kind"]) else {
            return try await list(form, visit, told: false)
        }
        let id = try await requests.add(
            kind, of: person?.id,
            .init(name: String(name.prefix(200)), contact: String(form["contact"].prefix(500)), text: form["text"]),
            by: viewer.person.id, at: visit.now)
        return .seeOther("\(Self.path)/\(id)?done=1")
    }

    private func one(
        _ asked: Asked, _ form: FormData = FormData(), hits: [String: [FoundCase]]? = nil, told: Bool = false
    ) async throws -> Response {
        let (request, visit) = (asked.request, asked.visit)
        let (cases, acts, grounds, people) = try await requests.database.read { reader in
            let acts = try PrivacyStore.acts(ofRequest: request.id, in: reader)
            return (
                try PrivacyStore.cases(of: request.id, in: reader), acts,
                try PrivacyStore.grounds(request.kind, on: Oslo.date(at: visit.now), in: reader),
                try Directory.people(acts.map(\.person), in: reader)
            )
        }
        var shown: [PrivacyRequestView.Case] = []
        for one in cases {
            // What the officer may not see, and what has gone, is not there.
            guard let read = try await requests.cases(of: one.module)?.read(one.id, for: asked.viewer, visit) else {
                continue
            }
            shown.append(.init(module: one.module, found: read.found, hasExtract: one.extract != nil))
        }
        return PrivacyRequestView(visit: visit).one(
            request, form, cases: shown, hits: hits, acts: acts, grounds: grounds, people: people, told: told)
    }

    // Cases

    private func search(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await open(context)
        var form = try await context.form(request)
        let words = form["words"].trimmingSpaces()
        if words.count < 3 {
            form.errors.append(FieldError("words", PrivacyTexts[asked.visit.language].wordsMissing))
        }
        guard form.errors.isEmpty else { return try await one(asked, form) }
        var hits: [String: [FoundCase]] = [:]
        for module in requests.site.modules {
            let found = try await module.personsCases?.find(words, for: asked.viewer, asked.visit)
            if let found, !found.isEmpty { hits[type(of: module).manifest.id] = found }
        }
        return try await one(asked, form, hits: hits)
    }

    private func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await open(context)
        let form = try await context.form(request)
        guard form.errors.isEmpty else { return try await one(asked, form) }
        let new = PrivacyCase(module: form["module"], id: form["case"], extract: nil)
        guard try await requests.cases(of: new.module)?.read(new.id, for: asked.viewer, asked.visit) != nil else {
            throw Problem.notFound(asked.visit.language)
        }
        try await requests.change(asked.request, .caseAdded, new, by: asked.officer, at: asked.visit.now) {
            try PrivacyStore.add(new, to: asked.request.id, in: $0)
        }
        return .seeOther("\(Self.path)/\(asked.request.id)?done=1")
    }

    /// The case of the address, as far as it is one of the request's and open to the viewer.
    ///
    /// - Throws: `Problem` 404.
    private func attached(_ context: AppContext) async throws -> (Asked, PrivacyCase, ReadCase) {
        let asked = try await open(context)
        let id = try context.parameters.require("case")
        let all = try await requests.database.read { try PrivacyStore.cases(of: asked.request.id, in: $0) }
        guard let one = all.first(where: { $0.id == id }),
            let read = try await requests.cases(of: one.module)?.read(one.id, for: asked.viewer, asked.visit)
        else { throw Problem.notFound(asked.visit.language) }
        return (asked, one, read)
    }

    private func read(_ form: FormData, _ context: AppContext) async throws -> Response {
        let (asked, one, read) = try await attached(context)
        try await requests.change(asked.request, .caseRead, one, by: asked.officer, at: asked.visit.now)
        return PrivacyRequestView(visit: asked.visit).review(asked.request, read, form)
    }

    private func extract(_ request: Request, _ context: AppContext) async throws -> Response {
        let (asked, one, read) = try await attached(context)
        let form = try await context.form(request)
        guard form.errors.isEmpty else {
            return PrivacyRequestView(visit: asked.visit).review(asked.request, read, form)
        }
        let extract = PrivacyExtract(
            of: read, choosing: Set(form.all("passages").compactMap { Int($0) }),
            hiding: form["hidden"].split(separator: "\n").map(String.init), on: { Oslo.date(at: $0) })
        guard let sealed = try await requests.cases(of: one.module)?.seal(extract.encoded, with: one.id) else {
            throw Problem.notFound(asked.visit.language)
        }
        try await requests.change(asked.request, .extracted, one, by: asked.officer, at: asked.visit.now) {
            try PrivacyStore.keep(sealed, of: one, for: asked.request.id, in: $0)
            return true
        }
        return .seeOther("\(Self.path)/\(asked.request.id)?done=1")
    }

    private func remove(_ request: Request, _ context: AppContext) async throws -> Response {
        let (asked, one, _) = try await attached(context)
        let form = try await context.form(request)
        guard form.errors.isEmpty else { return try await self.one(asked, form) }
        try await requests.change(asked.request, .caseRemoved, one, by: asked.officer, at: asked.visit.now) {
            try PrivacyStore.remove(one, from: asked.request.id, in: $0)
            return true
        }
        return .seeOther("\(Self.path)/\(asked.request.id)?done=1")
    }

    // The decision

    private func decide(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await open(context)
        let text = PrivacyTexts[asked.visit.language]
        var form = try await context.form(request)
        let state = PrivacyRequest.State(rawValue: form["state"]).flatMap { $0 == .open ? nil : $0 }
        if state == nil { form.errors.append(FieldError("state", text.choose)) }
        let grounds = try await requests.database.read {
            try PrivacyStore.grounds(asked.request.kind, on: Oslo.date(at: asked.visit.now), in: $0)
        }
        let ground = grounds.first { $0.code == form["ground"] }?.code
        if state == .refused || state == .partly, ground == nil {
            form.errors.append(FieldError("ground", text.groundMissing))
        }
        let answer = form["answer"].trimmingSpaces()
        if answer.isEmpty { form.errors.append(FieldError("answer", text.answerMissing)) }
        guard form.errors.isEmpty, let state else { return try await one(asked, form) }
        do {
            try await requests.decide(
                asked.request, state, ground: state == .granted ? nil : ground, answer: answer, by: asked.officer,
                asked.visit)
        } catch let refusal as PrivacyRequests.Refusal {
            form.errors.append(FieldError("state", text.refusals(refusal)))
            return try await one(asked, form)
        }
        return .seeOther("\(Self.path)/\(asked.request.id)?done=1")
    }
}
