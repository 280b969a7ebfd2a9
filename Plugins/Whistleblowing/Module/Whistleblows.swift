import Attachments
import EventKit
import ModuleKit
import Storage
import Vault
import WhistleblowingContract
import WhistleblowingCore

/// Seals, stores, finds and opens cases. Who may see or do it is asked by the caller, of the opened case.
struct Whistleblows: Sendable {
    static let name = "whistleblowing"

    let database: Database
    let vault: Vault
    let attachments: Attachments
    let directory: Directory
    let deadlines: Deadlines
    let audit: AuditTrail

    init(_ host: HostServices, _ deadlines: Deadlines) {
        (database, vault, attachments) = (host.database, host.vault, host.attachments)
        (directory, self.deadlines, audit) = (host.directory, deadlines, host.audit)
    }

    func lookup() async throws -> LookupKey { try await vault.lookupKey(Self.name) }

    // MARK: Receiving

    /// Stores a report by nobody known.
    ///
    /// - Parameters:
    ///   - seed: a random text that the form has carried. The same form sent twice is one case with one code.
    ///   - files: those that came with it.
    func receiveAnonymously(
        _ report: CheckedReport, files: NewFiles? = nil, seed: String, now: Timestamp, today: CivilDate
    ) async throws -> ReceiptCode {
        let lookup = try await lookup()
        let sent = Self.fingerprint(report, seed)
        let code = ReceiptCode(random: lookup.bytes(sent, for: "code"))
        let change = try await change(
            report, files, id: lookup.token(sent, for: "case"), by: nil, now: now, today: today)
        try await store(change, files?.key, code: try await token(of: code, lookup), reporter: nil)
        return code
    }

    /// Stores a report by the person `reporter`. Returns the case's id.
    func receive(
        _ report: CheckedReport, files: NewFiles? = nil, by reporter: String, seed: String, now: Timestamp,
        today: CivilDate
    ) async throws -> String {
        let lookup = try await lookup()
        let id = lookup.token(Self.fingerprint(report, seed + reporter), for: "case")
        try await store(
            try await change(report, files, id: id, by: reporter, now: now, today: today), files?.key, code: nil,
            reporter: lookup.token(reporter, for: "reporter"))
        return Self.shortened(id)
    }

    private func change(
        _ report: CheckedReport, _ files: NewFiles?, id: String, by reporter: String?, now: Timestamp, today: CivilDate
    ) async throws -> Change {
        let named = try await named(
            in: "\(report.report.title) \(report.report.description)", campus: report.campus, now: now)
        let attached = if let files { try await attached(files) } else { [AttachedFile]() }
        return ReceiveReport(report: report, files: attached).apply(
            id: Self.shortened(id), by: reporter, named: named, on: today)
    }

    private func store(_ change: Change, _ key: CaseKey?, code: String?, reporter: String?) async throws {
        let key = if let key { key } else { try await vault.newKey() }
        try await database.write { tx in
            // One that was sent before is there already, files and all.
            if try WhistleblowStore.insert(change, key: key, code: code, reporter: reporter, in: tx) {
                try attach(change.entries, in: tx)
            }
        }
    }

    /// Keepers whom a text names: they must not see the case.
    private func named(in text: String, campus: String, now: Timestamp) async throws -> Set<String> {
        let chart = try await directory.freshChart()
        return try await directory.names(in: chart).people(in: text)
            .intersection(Keepers(chart: chart, now: now).possible(for: campus))
    }

    private static func fingerprint(_ report: CheckedReport, _ seed: String) -> String {
        let told = report.report
        let parts = [
            seed, told.category.rawValue, report.campus, told.title, told.description,
            told.occurredOn?.description ?? "",
            report.excluded.sorted().joined(separator: ","),
        ]
        return parts.joined(separator: "\u{0}")
    }

    /// 128 bits.
    private static func shortened(_ token: String) -> String { String(token.prefix(32)) }

    private func token(of code: ReceiptCode, _ lookup: LookupKey) async throws -> String {
        try await lookup.slowToken(code.digits, for: "code")
    }

    // MARK: Finding

    /// The case of a receipt code; nil when it is of none.
    func find(_ code: ReceiptCode) async throws -> StoredWhistleblow? {
        let token = try await token(of: code, try await lookup())
        return try await opened(
            try await database.read { [try WhistleblowStore.load(code: token, in: $0)].compactMap(\.self) }
        ).first
    }

    /// The cases that the person has reported by name, the latest first.
    func reported(by person: String) async throws -> [StoredWhistleblow] {
        let token = try await lookup().token(person, for: "reporter")
        return try await opened(try await database.read { try WhistleblowStore.load(reporter: token, in: $0) })
    }

    /// The case with this id; nil when there is none or it has been shredded.
    func find(id: String) async throws -> StoredWhistleblow? {
        try await opened(try await database.read { [try WhistleblowStore.load(id, in: $0)].compactMap(\.self) }).first
    }

    /// Cases in these states that `isShown` lets through, the oldest first; at most `limit`.
    func list(_ states: [State], limit: Int, _ isShown: (Whistleblow) -> Bool) async throws -> [StoredWhistleblow] {
        var shown: [StoredWhistleblow] = []
        var after: (day: CivilDate, id: String)?
        repeat {
            let rows = try await database.read { [after] in
                try WhistleblowStore.list(states, after: after, limit: 100, in: $0)
            }
            shown += try await opened(rows).filter { isShown($0.whistleblow) }
            after = rows.count == 100 ? rows.last.map { ($0.receivedOn, $0.id) } : nil
        } while after != nil && shown.count < limit
        return Array(shown.prefix(limit))
    }

    func entries(of stored: StoredWhistleblow) async throws -> [Entry] {
        try await database.read { try WhistleblowStore.entries(of: stored.whistleblow.id, key: stored.key, in: $0) }
    }

    private func opened(_ rows: [SealedWhistleblow]) async throws -> [StoredWhistleblow] {
        let keys = try await vault.keys(rows.map(\.keyID))
        return try rows.compactMap { row in try keys[row.keyID].map(row.open) }
    }

    // MARK: Acting

    /// Does `act` to a case as it is at that moment.
    ///
    /// - Parameters:
    ///   - actor: a keeper's id; nil for the reporter, whose words are news to the keepers.
    ///   - note: what the audit trail is told; nothing of what reporters do.
    ///   - isAllowed: asked once more of the case as it is then; false is the same as no such case.
    /// - Throws: `NoSuchCase`, `ChangedMeanwhile`, `FilesGone`, or the rule that was not kept.
    func perform(
        _ stored: StoredWhistleblow, by actor: String?, on today: CivilDate, ifVersion version: Int? = nil,
        note: (@Sendable (Whistleblow) -> AuditEntry)? = nil,
        isAllowed: @escaping @Sendable (Whistleblow) -> Bool = { _ in true },
        _ act: @escaping @Sendable (Whistleblow) throws -> any Act
    ) async throws {
        try await database.write { [key = stored.key] tx in
            guard let row = try WhistleblowStore.load(stored.whistleblow.id, locked: true, in: tx) else {
                throw NoSuchCase()
            }
            let current = try row.open(key)
            guard isAllowed(current.whistleblow) else { throw NoSuchCase() }
            if let version, version != current.version { throw ChangedMeanwhile() }
            let change = try act(current.whistleblow).apply(to: current.whistleblow, by: actor, on: today)
            // Whoever takes themself off leaves it as something new to those who get it.
            let isNews = actor == nil || change.whistleblow.content.excluded != current.whistleblow.content.excluded
            try attach(change.entries, in: tx)
            try WhistleblowStore.save(change, over: current, news: isNews ? .new : .none, in: tx)
            if let note { try audit.note(note(change.whistleblow), in: tx) }
        }
    }

    /// A keeper has seen the case.
    func seen(_ stored: StoredWhistleblow) async throws {
        guard stored.news != .none else { return }
        try await database.write {
            try WhistleblowStore.setNews(.none, of: stored.whistleblow.id, from: stored.news, in: $0)
        }
    }

    // MARK: Hand-overs

    /// What is ready to be stored in the transaction that takes a hand-over.
    struct Taken: Sendable {
        let change: Change
        let key: CaseKey
        let reporter: String?
    }

    /// The service that takes what other modules hand over: each becomes exactly one case.
    func inbox(_ clock: Clock, today: @escaping @Sendable (Timestamp) -> CivilDate) async throws -> HandoverReader {
        try await vault.inbox(
            of: HandedOver.recipient,
            prepare: { id, payload in
                let now = clock.now
                let lookup = try await lookup()
                let (given, contents) = try HandedOver.read(payload)
                let key = try await vault.newKey()
                let files = try await store(zip(given.files, contents), by: key)
                let named = try await named(in: "\(given.title) \(given.description)", campus: given.campus, now: now)
                let change = TakeHandOver(handedOver: given, files: files).apply(
                    id: Self.shortened(lookup.token(id, for: "hand-over")), named: named, on: today(now))
                return Taken(
                    change: change, key: key, reporter: given.reporter.map { lookup.token($0, for: "reporter") })
            },
            take: { _, taken, tx in
                // One that was taken before is there already.
                guard
                    try WhistleblowStore.insert(
                        taken.change, key: taken.key, code: nil, reporter: taken.reporter, in: tx)
                else { return }
                try attach(taken.change.entries, in: tx)
            })
    }

    // MARK: Shredding

    /// Deletes the cases whose day has come, and destroys their keys.
    func shred(on today: CivilDate) async throws {
        let count = try await database.write { tx in
            let due = try WhistleblowStore.due(on: today, in: tx)
            for row in due {
                try WhistleblowStore.delete(row.id, in: tx)
                try vault.destroy(row.keyID, in: tx)
            }
            return due.count
        }
        if count > 0 { try await vault.carryOutDestructions() }
    }
}

/// There is none, it has been shredded, or it is not for who asks: nobody learns which.
struct NoSuchCase: Error {}

/// Somebody else has changed the case since it was looked at.
struct ChangedMeanwhile: Error {}
