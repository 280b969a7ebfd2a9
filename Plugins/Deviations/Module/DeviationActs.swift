import DeviationsContract
public import DeviationsCore
public import EventKit
import ModuleKit
public import Storage
import Vault

/// Carries out what people do to deviations: the case, its history and the event of each step change together or not at
/// all.
///
/// Who may do it has been asked before.
public struct DeviationActs: Sendable {
    let database: Database
    let cases: CaseVault
    let handlingTime: HandlingTime

    public init(database: Database, cases: CaseVault, handlingTime: HandlingTime) {
        self.database = database
        self.cases = cases
        self.handlingTime = handlingTime
    }

    /// Receives `report` from the person `reporter`, as the case `id` when one is given.
    public func receive(
        _ report: Report, id: String? = nil, from reporter: String, routing: Routing = Routing(), at now: Timestamp
    ) async throws -> StoredDeviation {
        let receipt = try await receipt(of: report, id: id, from: reporter, routing: routing, at: now)
        return try await database.write { try receipt.store(in: $0) }
    }

    /// A received report, ready to be stored with its history and its event.
    struct Receipt: Sendable {
        let report: SealedReport
        let entry: TimelineEntry
        let event: Event
        /// Stores what comes with it.
        var files: (@Sendable (StoredDeviation, Transaction) throws -> Void)?

        func store(in tx: Transaction) throws -> StoredDeviation {
            let stored = try DeviationStore.insert(report, in: tx)
            try DeviationStore.add(entry, toCase: stored.key, by: report.key, in: tx)
            try files?(stored, tx)
            try tx.append(event)
            return stored
        }
    }

    /// Does all that needs no transaction: while texts are sealed nobody else has to wait.
    func receipt(
        of report: Report, id: String? = nil, from reporter: String, routing: Routing = Routing(), at now: Timestamp,
        by key: CaseKey? = nil
    ) async throws -> Receipt {
        let act = ReceiveReport(report: report, handlingTime: handlingTime, routing: routing)
        let change = act.apply(id: id ?? Identifier.make(at: now), by: reporter, at: now)
        let fresh: CaseKey = if let key { key } else { try await cases.vault.newKey() }
        let sealed = try SealedReport(
            change.deviation, key: fresh, search: await cases.searchTokens(), token: cases.token)
        return Receipt(
            report: sealed, entry: change.entry, event: try Event(change.event, subject: change.deviation.id, at: now))
    }

    /// Does `acts`, one after the other, to the deviation `id`, all of them or none.
    ///
    /// `version`, when given, is the one the actor has seen.
    /// - Throws: `DeviationError` for a rule not kept, `DeviationStoreError` when there is no such deviation or it has
    ///   another version.
    public func perform(
        _ acts: any Act..., on id: String, by actor: String, at now: Timestamp, ifVersion version: Int? = nil
    ) async throws -> StoredDeviation {
        let key = try await cases.key(of: id)
        return try await database.write { tx in
            guard let key else { throw DeviationStoreError.notFound }
            return try perform(
                acts, on: id, key, by: actor, AuditEntry.Way.system, at: now, ifVersion: version, in: tx)
        }
    }

    /// The same as part of a transaction; `way` is how it is done, for the audit trail.
    func perform(
        _ acts: [any Act], on id: String, _ key: CaseKey, by actor: String, _ way: String, at now: Timestamp,
        ifVersion version: Int?, in tx: Transaction
    ) throws -> StoredDeviation {
        guard var stored = try DeviationStore.load(id, key: key, locked: true, in: tx) else {
            throw DeviationStoreError.notFound
        }
        if let version, version != stored.version {
            throw DeviationStoreError.changedMeanwhile(version: stored.version)
        }
        for act in acts { stored = try perform(act, on: stored, key, by: actor, way, at: now, in: tx) }
        return stored
    }

    /// The same for a person who has to be asked first: whether they may see the case, have the right, and what the act
    /// is, all as the case stands in `tx`. `key` is the one `CaseVault` has for the case.
    ///
    /// - Throws: `Problem` 404 for a case they may not see, 403 without the right; what `make` and the rules throw.
    func perform(
        on id: String, _ key: CaseKey?, by viewer: Viewer, _ visit: Visit, _ right: Right, ifVersion version: Int?,
        in tx: Transaction,
        _ make: (Deviation, Candidates) throws -> any Act
    ) throws -> StoredDeviation {
        guard let key, let stored = try DeviationStore.load(id, key: key, locked: true, in: tx) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        try visit.require(right, on: stored.deviation.accessObject, viewer)
        let act = try make(stored.deviation, Candidates(chart: visit.access.chart, now: visit.now))
        return try perform(
            [act], on: id, key, by: viewer.person.id, visit.way, at: visit.now, ifVersion: version, in: tx)
    }

    private func perform(
        _ act: some Act, on stored: StoredDeviation, _ key: CaseKey, by actor: String, _ way: String,
        at now: Timestamp, in tx: Transaction
    ) throws -> StoredDeviation {
        // Its reporter may still withdraw it, and is not told of it.
        if actor != stored.deviation.reporter { try stored.deviation.requireStaying() }
        let change = try act.apply(to: stored.deviation, by: actor, at: now)
        let saved = try DeviationStore.save(change.deviation, over: stored, key: key, token: cases.token, in: tx)
        try DeviationStore.add(change.entry, toCase: stored.key, by: key, in: tx)
        try (act as? any LeavesMore)?.leave(of: saved, by: actor, at: now, in: tx)
        try cases.note(change.event, on: change.deviation, before: stored.deviation, by: actor, way, at: now, in: tx)
        try tx.append(Event(change.event, subject: change.deviation.id, at: now))
        return saved
    }
}
