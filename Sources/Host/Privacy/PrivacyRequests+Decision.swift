import CalendarKit
import EventKit
import ModuleKit
import Storage
import Vault

/// What an officer has decided, checked.
struct PrivacyDecision: Sendable {
    let state: PrivacyRequest.State
    /// Code of the ground for saying no, in part or whole.
    let ground: String?
    let answer: String
}

extension PrivacyRequests {
    /// A decision with all that needs no transaction done.
    struct PreparedDecision: Sendable {
        /// Decides, and erases what is to be erased: all of it or nothing. Gives the version afterwards.
        ///
        /// - Throws: ``Refusal``.
        let carryOut: @Sendable (Transaction) throws -> Int
    }

    /// - Parameter version: the one that the officer has seen.
    /// - Throws: ``Refusal``.
    func prepared(
        _ decision: PrivacyDecision, on request: PrivacyRequest, version: Int, by viewer: Viewer, _ visit: Visit
    ) async throws -> PreparedDecision {
        guard let key = try await vault.key(request.keyID) else { throw Refusal.changedMeanwhile }
        var decided = request
        (decided.version, decided.state, decided.ground) = (version, decision.state, decision.ground)
        decided.content.answer = decision.answer
        decided.decidedOn = Oslo.date(at: visit.now)
        let erasures = try await erasures(decided, visit)
        let unseen = try await unseen(decided, by: viewer, visit)
        return PreparedDecision { [decided] tx in
            guard try PrivacyStore.decide(decided, by: key, in: tx) else { throw Refusal.changedMeanwhile }
            for (one, erasure) in erasures {
                try erase(one, erasure, of: decided, by: viewer.person.id, at: visit.now, in: tx)
                try note(.erased, decided, by: viewer, visit, in: tx)
                KillPoint.pass("privacy.erased")
            }
            for one in unseen { try PrivacyStore.remove(one, from: decided.id, in: tx) }
            let act: PrivacyAct =
                decided.state == .granted ? .granted : decided.state == .partly ? .partly : .refused
            try PrivacyStore.log(
                act, by: viewer.person.id, concerning: decided.person, request: decided.id, at: visit.now, in: tx)
            try note(act, decided, by: viewer, visit, in: tx)
            return decided.version + 1
        }
    }

    /// Of a case that is erased nobody is to know which it was: the audit trail names the request.
    private func note(
        _ act: PrivacyAct, _ request: PrivacyRequest, by viewer: Viewer, _ visit: Visit, in tx: Transaction
    )
        throws
    {
        try audit.note(
            .decision("host.\(act.rawValue)", on: "privacy-requests/\(request.id)", by: viewer, visit), in: tx)
    }

    private func erasures(_ request: PrivacyRequest, _ visit: Visit) async throws -> [(PrivacyCase, PreparedErasure)] {
        guard request.kind == .erasure, request.state != .refused else { return [] }
        let (person, all) = try await database.read { reader in
            (
                try request.person.flatMap { try Directory.person($0, in: reader) },
                try PrivacyStore.cases(of: request.id, in: reader)
            )
        }
        guard let person, !all.isEmpty else { throw Refusal.noCases }
        var erasures: [(PrivacyCase, PreparedErasure)] = []
        for one in all {
            let erasure = try await cases(of: one.module)?.erasure(of: one.id, reportedBy: person, visit)
            guard let erasure else { throw Refusal.notTheirs }
            erasures.append((one, erasure))
        }
        return erasures
    }

    private func erase(
        _ one: PrivacyCase, _ erasure: PreparedErasure, of request: PrivacyRequest, by officer: String,
        at now: Timestamp, in tx: Transaction
    ) throws {
        switch try erasure.carryOut(tx) {
        case .notTheirs: throw Refusal.notTheirs
        case .unfinished: throw Refusal.unfinished
        // The case is taken off: which one it was is nobody's to know any more.
        case .removed, .withdrawn:
            try PrivacyStore.detach(one, from: request.id, in: tx)
            try PrivacyStore.log(
                .erased, by: officer, concerning: request.person, request: request.id, at: now, in: tx)
        }
    }

    /// Cases that the officer may no longer see, such as one that is on its way to whistleblowing: nobody gives out what they cannot read.
    private func unseen(_ request: PrivacyRequest, by viewer: Viewer, _ visit: Visit) async throws -> [PrivacyCase] {
        guard request.kind == .access else { return [] }
        var unseen: [PrivacyCase] = []
        for one in try await database.read({ try PrivacyStore.cases(of: request.id, in: $0) })
        where try await cases(of: one.module)?.read(one.id, for: viewer, visit) == nil { unseen.append(one) }
        return unseen
    }
}
