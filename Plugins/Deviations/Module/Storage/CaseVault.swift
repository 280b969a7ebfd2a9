import EventKit
public import Storage
import Synchronization
public import Vault

/// The vault as this module uses it: each case's key, and the tokens by which cases are found.
public final class CaseVault: Sendable {
    private static let remembered = 20_000

    let vault: Vault
    let database: Database
    /// A case's key never changes; whether it still exists is for the vault to say.
    private let keyIDs = Mutex([String: CaseKey.ID]())
    private let tokens = Mutex<SearchTokens?>(nil)

    public init(_ vault: Vault, database: Database) { (self.vault, self.database) = (vault, database) }

    /// The key of the deviation with this id; nil when there is none, or its content is gone.
    public func key(of deviation: String) async throws -> CaseKey? {
        if let id = keyIDs.withLock({ $0[deviation] }) { return try await vault.key(id) }
        let id = try await database.read { try DeviationStore.keyID(of: deviation, in: $0) }
        guard let id else { return nil }
        keyIDs.withLock { known in
            if known.count >= Self.remembered { known = [:] }
            known[deviation] = id
        }
        return try await vault.key(id)
    }

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
        guard let text = filter.text else { return filter }
        var filter = filter
        filter.tokens = try await searchTokens().groups(of: text)
        return filter
    }

    /// `page` with its titles, without the rows whose content has gone since it was read.
    public func opened(_ page: DeviationPage) async throws -> DeviationPage {
        let keys = try await vault.keys(page.rows.map(\.keyID))
        var page = page
        for index in page.rows.indices {
            if let key = keys[page.rows[index].keyID] { try page.rows[index].open(by: key) }
        }
        if keys.count < page.rows.count { page.rows.removeAll { keys[$0.keyID] == nil } }
        return page
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
    static let outcome: Self = "deviations.outcome"
    static let entry: Self = "deviations.entry"
    static func measure(_ id: String) -> Self { Self("deviations.measure", row: id) }
    static func measureCause(_ id: String) -> Self { Self("deviations.measure.cause", row: id) }
    static func measureEffect(_ id: String) -> Self { Self("deviations.measure.effect", row: id) }
}
