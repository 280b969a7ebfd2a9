import EventKit
public import ModuleKit
public import Storage
import Synchronization
public import Vault

/// The vault as this module uses it: each case's key, and the tokens by which cases are found.
public final class CaseVault: Sendable {
    private static let remembered = 5_000

    let vault: Vault
    /// What the cases are called by.
    public let numbers: CaseNumbers
    let database: Database
    /// What the host keeps of the cases.
    let traces: CaseTraces
    /// Where looks and decisions are noted.
    let audit: AuditTrail
    /// A case gets another key when a part of it has to go for good: another host may have given it one a moment ago.
    private static let believed = Duration.seconds(10)
    private let keyIDs = Mutex([String: (id: CaseKey.ID, until: ContinuousClock.Instant)]())
    private let lookups = Mutex<LookupKey?>(nil)
    private let tokens = Mutex<SearchTokens?>(nil)

    public init(_ vault: Vault, database: Database, traces: CaseTraces = .none, audit: AuditTrail = .none) {
        (self.vault, self.database, self.traces, numbers) = (vault, database, traces, CaseNumbers(vault))
        self.audit = audit
    }

    /// What stands for a person where it must not be readable who is kept from a case.
    func token(of person: String) -> String { vault.lookups.token(person, for: "deviations.excluded") }

    /// The key of the deviation with this id; nil when there is none, or its content is gone.
    public func key(of deviation: String) async throws -> CaseKey? {
        let now = ContinuousClock.now
        if let known = keyIDs.withLock({ $0[deviation] }), known.until > now,
            let key = try await vault.key(known.id)
        {
            return key
        }
        let id = try await database.read { try DeviationStore.keyID(of: deviation, in: $0) }
        guard let id else { return nil }
        keyIDs.withLock { known in
            if known.count >= Self.remembered { known = [:] }
            known[deviation] = (id, now + Self.believed)
        }
        return try await vault.key(id)
    }

    /// Whether the content of the deviation with this id is no longer sealed by this key.
    func hasLeft(_ deviation: String, _ key: CaseKey) async throws -> Bool {
        try await database.read { try DeviationStore.keyID(of: deviation, in: $0) } != key.id
    }

    /// The deviation with this id, as it stands.
    func load(_ id: String, by key: CaseKey) async throws -> StoredDeviation? {
        try await database.read { try DeviationStore.load(id, key: key, in: $0) }
    }

    /// The case gets another key, or none, when `tx` is committed; that anybody looked at what it held is forgotten.
    func forget(_ deviation: String, in tx: Transaction) throws {
        try traces.forget(deviation, in: tx)
        tx.afterCommit { [self] in keyIDs.withLock { _ = $0.removeValue(forKey: deviation) } }
    }

    /// Makes the tokens by which something is found and nobody is known.
    func lookup() async throws -> LookupKey {
        if let key = lookups.withLock({ $0 }) { return key }
        let made = try await vault.lookupKey("deviations")
        lookups.withLock { $0 = made }
        return made
    }

    /// What stands for a reporter beside a farewell.
    func token(ofReporter person: String) async throws -> String { try await lookup().token(person, for: "farewell") }

    /// What makes texts findable, and finds them.
    public func searchTokens() async throws -> SearchTokens {
        if let tokens = tokens.withLock({ $0 }) { return tokens }
        let made = try await vault.searchTokens("deviations")
        return tokens.withLock { tokens in
            let kept = tokens ?? made
            tokens = kept
            return kept
        }
    }

    /// `filter`, ready for a list: its words as tokens.
    public func prepared(_ filter: DeviationFilter) async throws -> DeviationFilter {
        var filter = filter
        filter.key = filter.number.map(numbers.key)
        guard let text = filter.text else { return filter }
        filter.tokens = try await searchTokens().groups(of: text)
        return filter
    }

    /// `page` with its titles and the next place as it is given out, without the rows whose content has gone since it was read.
    public func opened(_ page: DeviationPage) async throws -> DeviationPage {
        let keys = try await vault.keys(page.rows.map(\.keyID))
        // In place: a list is what is asked for most, and a row holds ten texts.
        var rows = page.rows
        rows.removeAll { keys[$0.keyID] == nil }
        for index in rows.indices {
            if let key = keys[rows[index].keyID] { try rows[index].open(by: key, numbers) }
        }
        return DeviationPage(rows: rows, next: page.next.map(numbers.hidden))
    }

    /// `reports` with their titles.
    func opened(_ reports: [MergedReport]) async throws -> [MergedReport] {
        if reports.isEmpty { return [] }
        let rows = try await database.read { reader in
            try reader.query(
                "SELECT \(raw: DeviationRow.columns) FROM deviations_case WHERE id IN (\(SQL.list(reports.map(\.key))))",
                DeviationRow.init)
        }
        let titles = Dictionary(
            try await opened(DeviationPage(rows: rows, next: nil)).rows.map { ($0.key, $0.title) }
        ) { first, _ in first }
        return reports.map { report in
            var report = report
            report.title = titles[report.key] ?? ""
            return report
        }
    }
}

extension CaseKey {
    /// Seals a text that may be empty: then it is nothing.
    func sealed(_ text: String, as place: Place) throws -> [UInt8] { text.isEmpty ? [] : try seal(text, as: place) }

    func sealed(_ text: String?, as place: Place) throws -> [UInt8]? { try text.map { try sealed($0, as: place) } }

    /// What `sealed` was given.
    func opened(_ sealed: [UInt8], as place: Place) throws -> String {
        sealed.isEmpty ? "" : try open(sealed, as: place)
    }

    func opened(_ sealed: [UInt8]?, as place: Place) throws -> String? { try sealed.map { try opened($0, as: place) } }
}

extension CaseKey.Place {
    static let title: Self = "deviations.title"
    static let description: Self = "deviations.description"
    static let channels: Self = "deviations.channels"
    static let whatHappened: Self = "deviations.cause.what"
    static let why: Self = "deviations.cause.why"
    static let prevention: Self = "deviations.cause.prevention"
    static let outcome: Self = "deviations.outcome"
    static let entry: Self = "deviations.entry"
    static let exclusion: Self = "deviations.exclusion"
    static func mask(_ id: String) -> Self { Self("deviations.mask", row: id) }
    static let behalf: Self = "deviations.behalf"
    static func question(_ id: String) -> Self { Self("deviations.consultation.question", row: id) }
    static func extract(_ id: String) -> Self { Self("deviations.consultation.extract", row: id) }
    static func measure(_ id: String) -> Self { Self("deviations.measure", row: id) }
    static func measureCause(_ id: String) -> Self { Self("deviations.measure.cause", row: id) }
    static func measureEffect(_ id: String) -> Self { Self("deviations.measure.effect", row: id) }
}
