import CalendarKit
import EventKit
import Hummingbird
import ModuleKit
import Storage
import Vault

/// What the pages and the API for who answers have in common: who may, and what is checked before anything is done.
struct PrivacyDesk: Sendable {
    static let right: Right = "host.answer-privacy-requests"
    static let mostName = 200
    static let mostContact = 500
    static let mostText = 4000
    static let leastWords = 3

    let requests: PrivacyRequests
    /// Whether who may not is told that there is no such request.
    var isHidden = false

    /// A request and who works with it.
    struct Asked: Sendable {
        let request: PrivacyRequest
        let visit: Visit
        let viewer: Viewer

        var officer: String { viewer.person.id }
        var isOpen: Bool { request.state == .open }
    }

    /// A case of the request, as the officer reads it.
    struct Attached: Sendable {
        let one: PrivacyCase
        let read: ReadCase
    }

    /// - Throws: `Problem` 401 or 403.
    func officer(_ context: AppContext) throws -> (visit: Visit, viewer: Viewer) {
        try context.visitor(with: Self.right)
    }

    /// The request that the address names.
    ///
    /// - Throws: `Problem` 401, 403 or 404.
    func asked(_ context: AppContext) async throws -> Asked {
        let (visit, viewer) = (try context.visit, try context.viewer)
        guard visit.access.mayEverywhere(viewer, Self.right) else {
            throw isHidden ? Problem.notFound(visit.language) : .forbidden(visit.language)
        }
        guard let request = try await requests.find(try context.parameters.require("request")),
            // Nobody answers themself.
            request.person != viewer.person.id
        else { throw Problem.notFound(visit.language) }
        return Asked(request: request, visit: visit, viewer: viewer)
    }

    /// - Throws: as `asked`; `Problem` 412 when it is decided.
    func open(_ context: AppContext) async throws -> Asked {
        let asked = try await asked(context)
        guard asked.isOpen else { throw Problem.stale(asked.visit.language) }
        return asked
    }

    // Cases

    /// The cases of the request: what the officer may not see, and what has gone, is not there.
    func cases(of asked: Asked) async throws -> [Attached] {
        var seen: [Attached] = []
        for one in try await requests.database.read({ try PrivacyStore.cases(of: asked.request.id, in: $0) }) {
            if let read = try await read(one, asked) { seen.append(Attached(one: one, read: read)) }
        }
        return seen
    }

    private func read(_ one: PrivacyCase, _ asked: Asked) async throws -> ReadCase? {
        try await requests.cases(of: one.module)?.read(one.id, for: asked.viewer, asked.visit)
    }

    /// The case of the address, as far as it is one of the request's and open to the viewer.
    ///
    /// - Throws: `Problem` 404.
    func attached(_ context: AppContext, _ asked: Asked) async throws -> Attached {
        let id = try context.parameters.require("case")
        let all = try await requests.database.read { try PrivacyStore.cases(of: asked.request.id, in: $0) }
        guard let one = all.first(where: { $0.id == id }), let read = try await read(one, asked) else {
            throw Problem.notFound(asked.visit.language)
        }
        return Attached(one: one, read: read)
    }

    /// The same, for somebody who is about to read it: that they do is noted first.
    ///
    /// - Throws: as `attached`.
    func opened(_ context: AppContext, _ asked: Asked) async throws -> Attached {
        let attached = try await attached(context, asked)
        try await requests.looked(
            at: [attached.one], keptFrom: attached.read.keptFrom, by: asked.viewer, asked.visit)
        return attached
    }

    /// The case that somebody wants to answer from.
    ///
    /// - Throws: `Problem` 404.
    func named(_ id: String, of module: String, _ asked: Asked) async throws -> PrivacyCase {
        let one = PrivacyCase(module: module, id: id, extract: nil)
        guard try await read(one, asked) != nil else { throw Problem.notFound(asked.visit.language) }
        return one
    }

    /// What the words find, by module; nil when there are too few of them.
    func hits(_ words: String, _ asked: Asked) async throws -> [(module: String, found: [FoundCase])]? {
        let words = words.trimmingSpaces()
        guard words.count >= Self.leastWords else { return nil }
        var hits: [(module: String, found: [FoundCase])] = []
        for module in requests.site.modules {
            guard let found = try await module.personsCases?.find(words, for: asked.viewer, asked.visit) else {
                continue
            }
            hits.append((type(of: module).manifest.id, found))
        }
        return hits
    }

    /// The request's log: what was done to a case that the officer may not see is not in it.
    func log(of asked: Asked, knowing seen: [Attached]) async throws -> [PrivacyStore.LoggedAct] {
        let acts = try await requests.database.read { try PrivacyStore.acts(ofRequest: asked.request.id, in: $0) }
        var known = Dictionary(seen.map { ($0.one.id, true) }) { first, _ in first }
        var shown: [PrivacyStore.LoggedAct] = []
        for act in acts {
            guard let module = act.module, let object = act.object else {
                shown.append(act)
                continue
            }
            if known[object] == nil {
                known[object] = try await read(PrivacyCase(module: module, id: object, extract: nil), asked) != nil
            }
            if known[object] == true { shown.append(act) }
        }
        return shown
    }

    // What was sent

    /// A request as an officer writes it down.
    struct Registration: Sendable {
        var kind, name, email, contact, text: String
    }

    /// What can be stored; nil with what is wrong.
    func checked(_ sent: Registration, _ visit: Visit, _ viewer: Viewer) async throws -> (
        new: PrivacyRequests.New?, errors: [FieldError]
    ) {
        let text = PrivacyTexts[visit.language]
        let (name, email, contact) = (
            sent.name.trimmingSpaces(), sent.email.trimmingSpaces(), sent.contact.trimmingSpaces()
        )
        let kind = PrivacyRequest.Kind(rawValue: sent.kind)
        var errors = kind == nil ? [FieldError("kind", text.choose)] : []
        if name.isEmpty { errors.append(FieldError("name", text.missing)) }
        let limits = [
            ("name", name, Self.mostName), ("contact", contact, Self.mostContact), ("text", sent.text, Self.mostText),
        ]
        errors += limits.filter { $1.count > $2 }.map { FieldError($0, text.tooLong($2)) }
        let person = try await requests.database.read { try Directory.person(email: email, in: $0) }
        if !email.isEmpty, person == nil { errors.append(FieldError("email", text.emailUnknown)) }
        if email.isEmpty, contact.isEmpty { errors.append(FieldError("contact", text.contactMissing)) }
        if let person, person.id == viewer.person.id { errors.append(FieldError("email", text.yourself)) }
        guard errors.isEmpty, let kind else { return (nil, errors) }
        return (
            try await requests.made(
                kind, of: person?.id, .init(name: name, contact: contact, text: sent.text), at: visit.now), []
        )
    }

    /// What is given out of a case; nil with what is wrong.
    func checked(_ choice: PrivacyReview.Choice, of review: PrivacyReview, _ asked: Asked) -> (
        extract: PrivacyExtract?, errors: [FieldError]
    ) {
        let text = PrivacyTexts[asked.visit.language]
        // Of a case out of which nothing is given the person is not told that it is there.
        if choice.passages.isEmpty, choice.files.isEmpty { return (nil, [FieldError("passages", text.choiceMissing)]) }
        if review.isUnconfirmed(choice) { return (nil, [FieldError("files", text.wholeUnconfirmed)]) }
        guard let extract = review.extract(choice) else { return (nil, [FieldError("passages", text.choiceGone)]) }
        return (extract, [])
    }

    /// What is decided; nil with what is wrong.
    func checked(state: String, ground: String, answer: String, _ asked: Asked) async throws -> (
        decision: PrivacyDecision?, errors: [FieldError]
    ) {
        let text = PrivacyTexts[asked.visit.language]
        let state = PrivacyRequest.State(rawValue: state).flatMap { $0 == .open ? nil : $0 }
        var errors = state == nil ? [FieldError("state", text.choose)] : []
        let grounds = try await grounds(asked.request.kind, asked.visit)
        let known = grounds.first { $0.code == ground }?.code
        if state == .refused || state == .partly, known == nil {
            errors.append(FieldError("ground", text.groundMissing))
        }
        let answer = answer.trimmingSpaces()
        if answer.isEmpty { errors.append(FieldError("answer", text.answerMissing)) }
        if answer.count > Self.mostText { errors.append(FieldError("answer", text.tooLong(Self.mostText))) }
        guard errors.isEmpty, let state else { return (nil, errors) }
        return (PrivacyDecision(state: state, ground: state == .granted ? nil : known, answer: answer), [])
    }

    /// Those in force today.
    func grounds(_ kind: PrivacyRequest.Kind, _ visit: Visit) async throws -> [PrivacyGround] {
        try await requests.database.read { try PrivacyStore.grounds(kind, on: Oslo.date(at: visit.now), in: $0) }
    }

    /// What is given out of the cases that the officer may see.
    func given(_ asked: Asked) async throws -> [PrivacyRequests.Given] {
        try await requests.given(try await cases(of: asked).map(\.one))
    }
}
