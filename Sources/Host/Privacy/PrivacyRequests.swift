import CalendarKit
import EventKit
import Foundation
import ModuleKit
import Storage
import Vault

/// Carries out what is done about a request: the change and its line in the log are one transaction. Who may is asked by the pages.
struct PrivacyRequests: Sendable {
    let database: Database
    let vault: Vault
    let site: Site

    /// A case as it is named on pages: by its module and its id.
    func cases(of module: String) -> (any PersonsCases)? {
        site.modules.first { type(of: $0).manifest.id == module }?.personsCases
    }

    /// Registers a request; `person` is whom it concerns, `by` who wrote it down.
    func add(
        _ kind: PrivacyRequest.Kind, of person: String?, _ content: PrivacyRequest.Content, by author: String,
        at now: Timestamp
    ) async throws -> String {
        let key = try await vault.newKey()
        let today = Oslo.date(at: now)
        let request = PrivacyRequest(
            id: Identifier.make(at: now), version: 1, kind: kind, person: person, receivedOn: today,
            dueOn: today.adding(months: 1), state: .open, keyID: key.id, content: content)
        try await database.write { tx in
            try PrivacyStore.insert(request, by: key, in: tx)
            try PrivacyStore.log(
                .requested, by: author, concerning: person, request: request.id, at: now, in: tx)
        }
        return request.id
    }

    func find(_ id: String) async throws -> PrivacyRequest? {
        try await opened(try await database.read { [try PrivacyStore.request(id, in: $0)].compactMap(\.self) }).first
    }

    func list(isOpen: Bool) async throws -> [PrivacyRequest] {
        try await opened(try await database.read { try PrivacyStore.requests(isOpen: isOpen, in: $0) })
    }

    func own(_ person: String) async throws -> [PrivacyRequest] {
        try await opened(try await database.read { try PrivacyStore.requests(of: person, in: $0) })
    }

    private func opened(_ rows: [PrivacyStore.SealedRequest]) async throws -> [PrivacyRequest] {
        let keys = try await vault.keys(rows.map(\.bare.keyID))
        return try rows.compactMap { row in try keys[row.bare.keyID].map(row.opened) }
    }

    /// Changes the cases of an open request, with a line in the log.
    func change(
        _ request: PrivacyRequest, _ act: PrivacyAct, _ one: PrivacyCase, by officer: String, at now: Timestamp,
        _ body: @escaping @Sendable (Transaction) throws -> Bool = { _ in true }
    ) async throws {
        try await database.write { tx in
            guard try body(tx) else { return }
            try PrivacyStore.log(
                act, by: officer, concerning: request.person, request: request.id, module: one.module, object: one.id,
                at: now, in: tx)
        }
    }

    /// What is given out: of each case what was chosen, but for those whose content has gone since.
    func extracts(of request: PrivacyRequest) async throws -> [PrivacyExtract] {
        var extracts: [PrivacyExtract] = []
        for one in try await database.read({ try PrivacyStore.cases(of: request.id, in: $0) }) {
            guard let sealed = one.extract, let bytes = try await cases(of: one.module)?.open(sealed, with: one.id)
            else { continue }
            extracts.append(try JSONDecoder().decode(PrivacyExtract.self, from: Data(bytes)))
        }
        return extracts
    }

    /// Why a decision was not taken.
    enum Refusal: Error { case changedMeanwhile, notTheirs, unfinished, noCases }

    /// Decides an open request. What is erased is erased first: a decision that says so is then true.
    func decide(
        _ request: PrivacyRequest, _ state: PrivacyRequest.State, ground: String?, answer: String, by officer: String,
        _ visit: Visit
    ) async throws {
        if request.kind == .erasure, state != .refused { try await erase(request, by: officer, visit) }
        guard let key = try await vault.key(request.keyID) else { throw Refusal.changedMeanwhile }
        var decided = request
        (decided.state, decided.ground, decided.content.answer) = (state, ground, answer)
        decided.decidedOn = Oslo.date(at: visit.now)
        let act: PrivacyAct = state == .granted ? .granted : state == .partly ? .partly : .refused
        try await database.write { [decided] tx in
            guard try PrivacyStore.decide(decided, by: key, in: tx) else { throw Refusal.changedMeanwhile }
            try PrivacyStore.log(
                act, by: officer, concerning: decided.person, request: decided.id, at: visit.now, in: tx)
        }
    }

    private func erase(_ request: PrivacyRequest, by officer: String, _ visit: Visit) async throws {
        let (person, all) = try await database.read { reader in
            (
                try request.person.flatMap { try Directory.person($0, in: reader) },
                try PrivacyStore.cases(of: request.id, in: reader)
            )
        }
        guard let person, !all.isEmpty else { throw Refusal.noCases }
        for one in all {
            switch try await cases(of: one.module)?.erase(one.id, reportedBy: person, visit) ?? .notTheirs {
            case .notTheirs: throw Refusal.notTheirs
            case .unfinished: throw Refusal.unfinished
            // The case is taken off: which one it was is nobody's to know any more.
            case .removed, .withdrawn:
                try await change(request, .erased, one, by: officer, at: visit.now) {
                    try PrivacyStore.remove(one, from: request.id, in: $0)
                    return true
                }
            }
        }
    }
}
