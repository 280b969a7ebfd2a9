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
    /// Decided ones on a page.
    private static let decidedAtOnce = 50
    private static let openAtOnce = 200

    let requests: PrivacyRequests

    private var desk: PrivacyDesk { PrivacyDesk(requests: requests) }

    func mount(on router: Router<AppContext>) {
        let group = router.group("privacy-requests")
        group.get { request, context in
            let query = request.uri.queryParameters
            return try await list(
                FormData(), try desk.officer(context).visit, after: query["after"].flatMap { PrivacyCursor($0) },
                told: query["done"] != nil)
        }
        group.post { request, context in try await register(request, context) }
        group.get(":request") { request, context in
            try await one(try await desk.asked(context), told: request.uri.queryParameters["done"] != nil)
        }
        group.post(":request/search") { request, context in try await search(request, context) }
        group.post(":request/cases") { request, context in try await add(request, context) }
        group.get(":request/cases/:case") { _, context in
            let asked = try await desk.open(context)
            let attached = try await desk.opened(context, asked)
            try await requests.note(.caseRead, attached.one, of: asked.request, by: asked.officer, at: asked.visit.now)
            return try await review(attached, FormData(), asked)
        }
        group.post(":request/cases/:case") { request, context in try await extract(request, context) }
        group.get(":request/cases/:case/files/:file") { _, context in try await file(context) }
        group.post(":request/cases/:case/removal") { request, context in try await remove(request, context) }
        group.post(":request/decision") { request, context in try await decide(request, context) }
        group.get(":request/extract") { _, context in try await document(context) }
    }

    private func done(_ asked: PrivacyDesk.Asked) -> Response { .seeOther("\(Self.path)/\(asked.request.id)?done=1") }

    // Requests

    private func list(_ form: FormData, _ visit: Visit, after: PrivacyCursor? = nil, told: Bool) async throws
        -> Response
    {
        let open = try await requests.list(isOpen: true, limit: Self.openAtOnce)
        let decided = try await requests.list(isOpen: false, after: after, limit: Self.decidedAtOnce + 1)
        let shown = decided.prefix(Self.decidedAtOnce)
        let me = visit.viewer?.person.id
        return PrivacyRequestView(visit: visit, requests: requests).list(
            form, open: open.filter { $0.person != me }, decided: shown.filter { $0.person != me },
            older: shown.count < decided.count ? shown.last.map(PrivacyCursor.init) : nil, told: told)
    }

    private func register(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try desk.officer(context)
        var form = try await context.form(request)
        let (new, errors) = try await desk.checked(
            .init(
                kind: form["kind"], name: form["name"], email: form["email"], contact: form["contact"],
                text: form["text"]), visit, viewer)
        form.errors += errors
        guard form.errors.isEmpty, let new else { return try await list(form, visit, told: false) }
        try await requests.database.write { try requests.store(new, by: viewer.person.id, at: visit.now, in: $0) }
        return .seeOther("\(Self.path)/\(new.request.id)?done=1")
    }

    private func one(
        _ asked: PrivacyDesk.Asked, _ form: FormData = FormData(),
        hits: [(module: String, found: [FoundCase])]? = nil, told: Bool = false
    ) async throws -> Response {
        let seen = try await desk.cases(of: asked)
        let acts = try await desk.log(of: asked, knowing: seen)
        let people = try await requests.database.read {
            try Directory.people(acts.map(\.person) + [asked.request.person].compactMap(\.self), in: $0)
        }
        return PrivacyRequestView(visit: asked.visit, requests: requests).one(
            asked.request, form, cases: seen, hits: hits, acts: acts,
            grounds: try await desk.grounds(asked.request.kind, asked.visit), people: people, told: told)
    }

    // Cases

    private func search(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await desk.open(context)
        var form = try await context.form(request)
        guard form.errors.isEmpty else { return try await one(asked, form) }
        let hits = try await desk.hits(form["words"], asked)
        if hits == nil { form.errors.append(FieldError("words", PrivacyTexts[asked.visit.language].wordsMissing)) }
        return try await one(asked, form, hits: hits)
    }

    private func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await desk.open(context)
        let form = try await context.form(request)
        guard form.errors.isEmpty else { return try await one(asked, form) }
        let new = try await desk.named(form["case"], of: form["module"], asked)
        try await change(.caseAdded, new, asked) { try PrivacyStore.add(new, to: asked.request.id, in: $0) }
        return done(asked)
    }

    private func change(
        _ act: PrivacyAct, _ one: PrivacyCase, _ asked: PrivacyDesk.Asked,
        _ body: @escaping @Sendable (Transaction) throws -> Bool
    ) async throws {
        do {
            try await requests.database.write { tx in
                _ = try requests.change(
                    asked.request, act, one, by: asked.viewer, asked.visit, ifVersion: nil, in: tx, body)
            }
        } catch is PrivacyRequests.Refusal { throw Problem.stale(asked.visit.language) }
    }

    private func review(_ attached: PrivacyDesk.Attached, _ form: FormData, _ asked: PrivacyDesk.Asked) async throws
        -> Response
    {
        let review = try await requests.review(attached.one, attached.read)
        return PrivacyReviewView(visit: asked.visit).page(asked.request, review, form)
    }

    private func extract(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await desk.open(context)
        let attached = try await desk.opened(context, asked)
        var form = try await context.form(request)
        let review = try await requests.review(attached.one, attached.read)
        let (extract, errors) = desk.checked(
            .init(
                passages: Set(form.all("passages")), files: Set(form.all("files")), whole: Set(form.all("whole")),
                hidden: form["hidden"].split(separator: "\n").map(String.init)), of: review, asked)
        form.errors += errors
        guard form.errors.isEmpty, let extract else {
            return PrivacyReviewView(visit: asked.visit).page(asked.request, review, form)
        }
        let one = attached.one
        guard let sealed = try await requests.cases(of: one.module)?.seal(extract.encoded, with: one.id) else {
            throw Problem.notFound(asked.visit.language)
        }
        try await change(.extracted, one, asked) {
            try PrivacyStore.keep(sealed, of: one, for: asked.request.id, in: $0)
            return true
        }
        return done(asked)
    }

    private func file(_ context: AppContext) async throws -> Response {
        let asked = try await desk.open(context)
        let attached = try await desk.opened(context, asked)
        return try await desk.file(try context.parameters.require("file"), of: attached, asked)
    }

    private func remove(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await desk.open(context)
        let attached = try await desk.attached(context, asked)
        let form = try await context.form(request)
        guard form.errors.isEmpty else { return try await one(asked, form) }
        try await change(.caseRemoved, attached.one, asked) {
            try PrivacyStore.remove(attached.one, from: asked.request.id, in: $0)
            return true
        }
        return done(asked)
    }

    // The decision

    private func decide(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await desk.open(context)
        var form = try await context.form(request)
        let (decision, errors) = try await desk.checked(
            state: form["state"], ground: form["ground"], answer: form["answer"], asked)
        form.errors += errors
        guard form.errors.isEmpty, let decision else { return try await one(asked, form) }
        do {
            let prepared = try await requests.prepared(
                decision, on: asked.request, version: Int(form["version"]) ?? asked.request.version, by: asked.viewer,
                asked.visit)
            _ = try await requests.database.write { try prepared.carryOut($0) }
        } catch let refusal as PrivacyRequests.Refusal {
            form.errors.append(FieldError("state", PrivacyTexts[asked.visit.language].refusals(refusal)))
            return try await one(asked, form)
        }
        return done(asked)
    }

    /// All that is given out as one page that needs nothing beside it.
    private func document(_ context: AppContext) async throws -> Response {
        let asked = try await desk.asked(context)
        let given = try await desk.given(asked)
        try await requests.looked(at: given.map(\.one), by: asked.viewer, asked.visit)
        let text = try await PrivacyExtractView(asked.visit.language).document(given) { file in
            try await requests.file(file, among: given)
        }
        try await requests.note(.given, of: asked.request, by: asked.officer, at: asked.visit.now)
        return Response.download(text, type: "text/html; charset=utf-8", named: "utdrag.html")
    }
}

extension PrivacyDesk {
    /// A file of the case as it can be given out, to be looked at before it is chosen.
    ///
    /// - Throws: `Problem` 404, also for a text, which is read on the page.
    func file(_ id: String, of attached: Attached, _ asked: Asked) async throws -> Response {
        let missing = Problem.notFound(asked.visit.language)
        guard let place = attached.read.files.firstIndex(where: { $0.file.id == id }) else { throw missing }
        switch try await requests.cases(of: attached.one.module)?.cleaned(id, of: attached.one.id) {
        case .picture(let picture, let content): return .preview(picture, content)
        case .whole(let file, let content):
            return .download(file, content, as: PrivacyExtract.name(ofFile: place + 1, type: file.type))
        case .text, nil: throw missing
        }
    }
}
