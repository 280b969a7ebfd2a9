import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault

/// `/api/v1/privacy-requests`: what the pages do, for programs. Answers that are kept for a repeated request name no case.
struct PrivacyRequestsAPI: Sendable {
    private static let mostAtOnce = 200

    let requests: PrivacyRequests

    private var desk: PrivacyDesk { PrivacyDesk(requests: requests, isHidden: true) }

    private struct NewBody: Decodable, Sendable { let kind, name, email, contact, text: String? }
    private struct WordsBody: Decodable, Sendable { let words: String }
    private struct CaseBody: Decodable, Sendable { let module, `case`: String }
    private struct ChoiceBody: Decodable, Sendable { let passages: [String], files, whole, hidden: [String]? }
    private struct DecisionBody: Decodable, Sendable { let state, ground, answer: String? }

    func mount(on api: RouterGroup<AppContext>) {
        api.get("privacy-grounds") { request, context in try await grounds(request, context) }
        api.get("privacy-requests") { request, context in try await list(request, context) }
        api.post("privacy-requests") { request, context in try await register(request, context) }
        let one = api.group("privacy-requests/:request")
        one.get { _, context in try await self.one(context) }
        one.post("search") { request, context in try await search(request, context) }
        one.post("cases") { request, context in try await add(request, context) }
        one.get("cases/:case") { _, context in try await read(context) }
        one.delete("cases/:case") { request, context in try await remove(request, context) }
        one.put("cases/:case/extract") { request, context in try await extract(request, context) }
        one.get("cases/:case/files/:file") { _, context in
            let asked = try await desk.open(context)
            let attached = try await desk.opened(context, asked)
            return try await desk.file(try context.parameters.require("file"), of: attached, asked)
        }
        one.post("decision") { request, context in try await decide(request, context) }
        one.get("extract") { _, context in
            let asked = try await desk.asked(context)
            let given = try await desk.given(asked)
            try await requests.looked(at: given.map(\.one), by: asked.viewer, asked.visit)
            try await requests.note(.given, of: asked.request, by: asked.officer, at: asked.visit.now)
            return Response.json(#"{"items":\#(given.map(\.extract.json))}"#)
        }
    }

    // Requests

    private func grounds(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, _) = try desk.officer(context)
        let named = request.uri.queryParameters["kind"].map(String.init)
        let kinds = named.map { name in PrivacyRequest.Kind.allCases.filter { $0.rawValue == name } }
        guard kinds?.isEmpty != true else {
            throw Problem.malformed(visit.language, [FieldError("kind", PrivacyTexts[visit.language].choose)])
        }
        var items: [JSON] = []
        for kind in kinds ?? PrivacyRequest.Kind.allCases {
            items += try await desk.grounds(kind, visit).map {
                #"{"code":\#($0.code),"kind":\#(kind.rawValue),"law":\#(visit.laws[$0.law]),"names":\#($0.names.json)}"#
            }
        }
        return Response.json(#"{"items":\#(items)}"#)
    }

    private func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try desk.officer(context)
        let (query, text) = (request.uri.queryParameters, PrivacyTexts[visit.language])
        let (state, limit) = (query["state"] ?? "open", query["limit"].map { Int($0) ?? 0 } ?? 50)
        let after = query["after"].map { PrivacyCursor($0) }
        var errors: [FieldError] = []
        if !["open", "decided"].contains(state) { errors.append(FieldError("state", text.choose)) }
        if !(1...Self.mostAtOnce).contains(limit) { errors.append(FieldError("limit", "1–\(Self.mostAtOnce)")) }
        if case .some(nil) = after { errors.append(FieldError("after", text.unknown)) }
        guard errors.isEmpty else { throw Problem.malformed(visit.language, errors) }
        let found = try await requests.list(isOpen: state == "open", after: after ?? nil, limit: limit + 1)
        let shown = found.prefix(limit)
        let items = shown.filter { $0.person != viewer.person.id }.map { $0.officersJSON(requests.keptUntil($0)) }
        let next = shown.count < found.count ? shown.last.map { PrivacyCursor($0).description } : nil
        return Response.json(#"{"items":\#(items),"next":\#(next)}"#)
    }

    private func register(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try desk.officer(context)
        let (body, bytes) = try await context.json(request, as: NewBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let (new, errors) = try await desk.checked(
            .init(
                kind: body.kind ?? "", name: body.name ?? "", email: body.email ?? "", contact: body.contact ?? "",
                text: body.text ?? ""), visit, viewer)
        guard let new else { throw Problem.invalid(visit.language, errors) }
        return try await requests.database.write { tx in
            try idempotency.once(in: tx) {
                try requests.store(new, by: viewer.person.id, at: visit.now, in: tx)
                var answer = Self.answer(new.request.id, 1, status: .created)
                answer.location = "/api/v1/privacy-requests/\(new.request.id)"
                return answer
            }
        }.response
    }

    /// An answer begins with the request's id: by it, it is found when it has to go.
    private static func answer(_ id: String, _ version: Int, status: HTTPResponse.Status = .ok) -> WriteAnswer {
        WriteAnswer(status: status, body: #"{"id":\#(id),"version":\#(version)}"#, version: version)
    }

    private func one(_ context: AppContext) async throws -> Response {
        let asked = try await desk.asked(context)
        let seen = try await desk.cases(of: asked)
        var answer = Response.json(
            asked.request.officersJSON(
                requests.keptUntil(asked.request), cases: seen, log: try await desk.log(of: asked, knowing: seen)))
        answer.headers[.eTag] = "\"\(asked.request.version)\""
        return answer
    }

    // Cases

    private func search(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await desk.open(context)
        let words = try await context.json(request, as: WordsBody.self).value.words
        guard let hits = try await desk.hits(words, asked) else {
            let missing = FieldError("words", PrivacyTexts[asked.visit.language].wordsMissing)
            throw Problem.invalid(asked.visit.language, [missing])
        }
        let known = Dictionary(
            try await desk.cases(of: asked).map { ($0.one.id, $0.one.extract != nil) }
        ) { first, _ in first }
        let items = hits.flatMap { module, found in
            found.map { $0.json(of: module, hasExtract: known[$0.id] ?? false) }
        }
        let off = requests.site.off.map { #"{"module":\#($0.id),"names":\#($0.title.json)}"# as JSON }
        return Response.json(#"{"items":\#(items),"notSearched":\#(off)}"#)
    }

    private func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await desk.asked(context)
        let (body, bytes) = try await context.json(request, as: CaseBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: asked.visit, viewer: asked.viewer)
        let version = try context.expectedVersion(request)
        let new = try await desk.named(body.case, of: body.module, asked)
        return try await write(asked) { tx in
            try idempotency.once(in: tx) {
                Self.answer(
                    asked.request.id,
                    try change(.caseAdded, new, asked, version, in: tx) {
                        try PrivacyStore.add(new, to: asked.request.id, in: tx)
                    })
            }
        }
    }

    private func change(
        _ act: PrivacyAct, _ one: PrivacyCase, _ asked: PrivacyDesk.Asked, _ version: Int, in tx: Transaction,
        _ body: () throws -> Bool
    ) throws -> Int {
        try requests.change(
            asked.request, act, one, by: asked.viewer, asked.visit, ifVersion: version, in: tx
        ) { _ in try body() }
    }

    /// What is done in one transaction, or why not in the reader's words.
    private func write(
        _ asked: PrivacyDesk.Asked, _ body: @escaping @Sendable (Transaction) throws -> WriteAnswer
    ) async throws -> Response {
        do { return try await requests.database.write(body).response } catch let refusal as PrivacyRequests.Refusal {
            throw refusal.problem(asked.visit.language)
        }
    }

    private func read(_ context: AppContext) async throws -> Response {
        let asked = try await desk.open(context)
        let attached = try await desk.opened(context, asked)
        let review = try await requests.review(attached.one, attached.read)
        try await requests.note(.caseRead, attached.one, of: asked.request, by: asked.officer, at: asked.visit.now)
        var answer = Response.json(review.json)
        answer.headers[.eTag] = "\"\(asked.request.version)\""
        return answer
    }

    private func remove(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await desk.asked(context)
        let attached = try await desk.attached(context, asked)
        let version = try context.expectedVersion(request)
        return try await write(asked) { tx in
            Self.answer(
                asked.request.id,
                try change(.caseRemoved, attached.one, asked, version, in: tx) {
                    try PrivacyStore.remove(attached.one, from: asked.request.id, in: tx)
                    return true
                })
        }
    }

    private func extract(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await desk.asked(context)
        let attached = try await desk.opened(context, asked)
        let body = try await context.json(request, as: ChoiceBody.self).value
        let (version, one) = (try context.expectedVersion(request), attached.one)
        let (extract, errors) = desk.checked(
            .init(
                passages: Set(body.passages), files: Set(body.files ?? []), whole: Set(body.whole ?? []),
                hidden: body.hidden ?? []),
            of: try await requests.review(one, attached.read), asked)
        guard let extract else { throw Problem.invalid(asked.visit.language, errors) }
        guard let sealed = try await requests.cases(of: one.module)?.seal(extract.encoded, with: one.id) else {
            throw Problem.notFound(asked.visit.language)
        }
        var answer = try await write(asked) { tx in
            Self.answer(
                asked.request.id,
                try change(.extracted, one, asked, version, in: tx) {
                    try PrivacyStore.keep(sealed, of: one, for: asked.request.id, in: tx)
                    return true
                })
        }
        let tag = answer.headers[.eTag]
        answer = Response.json(extract.json)
        answer.headers[.eTag] = tag
        return answer
    }

    // The decision

    private func decide(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await desk.asked(context)
        let (body, bytes) = try await context.json(request, as: DecisionBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: asked.visit, viewer: asked.viewer)
        let version = try context.expectedVersion(request)
        let (decision, errors) = try await desk.checked(
            state: body.state ?? "", ground: body.ground ?? "", answer: body.answer ?? "", asked)
        guard let decision else { throw Problem.invalid(asked.visit.language, errors) }
        let prepared: PrivacyRequests.PreparedDecision?
        do {
            // Of one that is decided only the first answer can be had again.
            prepared =
                asked.isOpen
                ? try await requests.prepared(
                    decision, on: asked.request, version: version, by: asked.viewer, asked.visit) : nil
        } catch let refusal as PrivacyRequests.Refusal { throw refusal.problem(asked.visit.language) }
        return try await write(asked) { tx in
            try idempotency.once(in: tx) {
                guard let prepared else { throw PrivacyRequests.Refusal.changedMeanwhile }
                return Self.answer(asked.request.id, try prepared.carryOut(tx))
            }
        }
    }
}

extension PrivacyRequests.Refusal {
    /// 412 when somebody was quicker, else 409.
    fileprivate func problem(_ language: Language) -> Problem {
        let code: String
        switch self {
        case .changedMeanwhile: return .stale(language)
        case .notTheirs: code = "not-theirs"
        case .unfinished: code = "unfinished"
        case .noCases: code = "no-cases"
        }
        let text = PrivacyTexts[language]
        return Problem(.conflict, code, title: text.refusedTitle, detail: text.refusals(self))
    }
}
