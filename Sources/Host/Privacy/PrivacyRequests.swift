import CalendarKit
import EventKit
import Foundation
import ModuleKit
import Storage
import Vault

/// Carries out what is done about a request: the change and its line in the log are one transaction. Who may is asked by ``PrivacyDesk``.
struct PrivacyRequests: Sendable {
    let database: Database
    let vault: Vault
    let site: Site
    /// Months after the decision for which a request is kept.
    let months: Int
    let audit: AuditTrail

    /// A case as it is named on pages: by its module and its id.
    func cases(of module: String) -> (any PersonsCases)? {
        site.modules.first { type(of: $0).manifest.id == module }?.personsCases
    }

    /// The last day on which the request, its answer and its log are there; nil while it is open.
    func keptUntil(_ request: PrivacyRequest) -> CivilDate? { request.decidedOn?.adding(months: months) }

    // Requests

    /// A request that is ready to be stored.
    struct New: Sendable {
        let request: PrivacyRequest
        let key: CaseKey
    }

    /// Makes a request; `person` is whom it concerns.
    func made(
        _ kind: PrivacyRequest.Kind, of person: String?, _ content: PrivacyRequest.Content, at now: Timestamp
    ) async throws -> New {
        let key = try await vault.newKey()
        let today = Oslo.date(at: now)
        return New(
            request: PrivacyRequest(
                id: Identifier.make(at: now), version: 1, kind: kind, person: person, receivedOn: today,
                dueOn: today.adding(months: 1), state: .open, keyID: key.id, content: content), key: key)
    }

    /// Stores it; `author` is who wrote it down.
    func store(_ new: New, by author: String, at now: Timestamp, in tx: Transaction) throws {
        try PrivacyStore.insert(new.request, by: new.key, in: tx)
        try PrivacyStore.log(
            .requested, by: author, concerning: new.request.person, request: new.request.id, at: now, in: tx)
    }

    func find(_ id: String) async throws -> PrivacyRequest? {
        try await opened(try await database.read { [try PrivacyStore.request(id, in: $0)].compactMap(\.self) }).first
    }

    /// A page of those that are open, or of those that are decided.
    func list(isOpen: Bool, after cursor: PrivacyCursor? = nil, limit: Int) async throws -> [PrivacyRequest] {
        try await opened(
            try await database.read {
                try PrivacyStore.requests(isOpen: isOpen, after: cursor, limit: limit, in: $0)
            })
    }

    func own(_ person: String) async throws -> [PrivacyRequest] {
        try await opened(try await database.read { try PrivacyStore.requests(of: person, in: $0) })
    }

    private func opened(_ rows: [PrivacyStore.SealedRequest]) async throws -> [PrivacyRequest] {
        let keys = try await vault.keys(rows.map(\.bare.keyID))
        return try rows.compactMap { row in try keys[row.bare.keyID].map(row.opened) }
    }

    // Cases

    /// Changes the cases of an open request, with a line in the log; nothing is done when `body` finds nothing to do.
    ///
    /// - Returns: the version afterwards.
    /// - Throws: ``Refusal`` when it is decided, or has another version than `version`.
    func change(
        _ request: PrivacyRequest, _ act: PrivacyAct, _ one: PrivacyCase, by viewer: Viewer, _ visit: Visit,
        ifVersion version: Int?, in tx: Transaction, _ body: (Transaction) throws -> Bool
    ) throws -> Int {
        guard let turned = try PrivacyStore.turn(request.id, ifVersion: version, in: tx) else {
            throw Refusal.changedMeanwhile
        }
        guard try body(tx) else { return turned }
        try audit.note(.decision("host.\(act.rawValue)", on: one.auditObject, by: viewer, visit), in: tx)
        try PrivacyStore.log(
            act, by: viewer.person.id, concerning: request.person, request: request.id, module: one.module,
            object: one.id, at: visit.now, in: tx)
        return turned
    }

    /// Notes that somebody is about to read what is in these cases, or was given out of them.
    func looked(at cases: [PrivacyCase], keptFrom: Set<String> = [], by viewer: Viewer, _ visit: Visit) async throws {
        try await audit.looked(
            cases.map { .look(PrivacyDesk.right, at: $0.auditObject, by: viewer, visit, keptFrom: keptFrom) })
    }

    /// Logs what changes nothing.
    func note(
        _ act: PrivacyAct, _ one: PrivacyCase? = nil, of request: PrivacyRequest, by officer: String, at now: Timestamp
    )
        async throws
    {
        try await database.write { tx in
            try PrivacyStore.log(
                act, by: officer, concerning: request.person, request: request.id, module: one?.module,
                object: one?.id, at: now, in: tx)
        }
    }

    /// A case as who answers reads it.
    func review(_ one: PrivacyCase, _ read: ReadCase) async throws -> PrivacyReview {
        var clean: [String: CleanFile] = [:]
        for file in read.files {
            clean[file.file.id] = try await cases(of: one.module)?.cleaned(file.file.id, of: one.id)
        }
        return PrivacyReview(of: read, clean: clean)
    }

    /// What is given out of one case, with where it comes from.
    struct Given: Sendable {
        let one: PrivacyCase
        let extract: PrivacyExtract
    }

    /// What is given out: of each case what was chosen, but for those whose content has gone since.
    func given(_ all: [PrivacyCase]) async throws -> [Given] {
        var given: [Given] = []
        for one in all {
            guard let sealed = one.extract, let bytes = try await cases(of: one.module)?.open(sealed, with: one.id)
            else { continue }
            given.append(
                Given(one: one, extract: try JSONDecoder().decode(PrivacyExtract.self, from: Data(bytes))))
        }
        return given
    }

    /// The same for the person: nothing before it is decided, nor when it is refused.
    func given(to person: PrivacyRequest) async throws -> [Given] {
        guard person.kind == .access, person.state == .granted || person.state == .partly else { return [] }
        return try await given(try await database.read { try PrivacyStore.cases(of: person.id, in: $0) })
    }

    /// A picture, or a file as it was sent, that is given out; nil when it is not one of these, or no longer what was chosen.
    func file(_ file: String, among given: [Given]) async throws -> CleanFile? {
        for from in given {
            guard let one = (from.extract.files ?? []).first(where: { $0.id == file && $0.text == nil }) else {
                continue
            }
            let found = try await cases(of: from.one.module)?.cleaned(file, of: from.one.id)
            return switch found {
            case .picture where one.type == nil: found
            case .whole(let sealed, _) where sealed.type == one.type: found
            default: nil
            }
        }
        return nil
    }

    /// Why something was not done.
    enum Refusal: String, Error { case changedMeanwhile, notTheirs, unfinished, noCases }
}
