import EventKit
public import Storage
public import Vault

/// The one door to the audit trail.
///
/// Lines lie in the order in which they were noted; within a second the host ties each to the one before it (Host/Audit).
public struct AuditTrail: Sendable {
    /// Where nothing is kept.
    public static let none = AuditTrail(place: nil)

    private struct Place {
        let database: Database
        let lookups: LookupKey
        let recent: RecentLooks
    }

    private let place: Place?

    private init(place: Place?) { self.place = place }

    public init(database: Database, lookups: LookupKey) {
        self.init(place: Place(database: database, lookups: lookups, recent: RecentLooks()))
    }

    /// Notes a decision as part of the transaction of what it changes.
    public func note(_ entry: AuditEntry, in tx: Transaction) throws { try note([entry], in: tx) }

    /// The same of several, such as all that one act takes along.
    public func note(_ entries: [AuditEntry], in tx: Transaction) throws {
        if place == nil { return }
        try AuditTable.insert(entries, in: tx)
        for entry in entries { try keep(entry.object, from: entry.keptFrom, in: tx) }
    }

    /// Notes looks, and returns when they are safe on disk: before that nothing of what is looked at may leave.
    ///
    /// The same person's look at the same object is not noted again for ten minutes.
    /// - Throws: `StorageError`: then nothing is to be shown.
    public func looked(_ looks: AuditEntry...) async throws { try await looked(looks) }

    public func looked(_ looks: [AuditEntry]) async throws {
        guard let place else { return }
        let new = place.recent.new(among: looks)
        if new.isEmpty { return }
        try await noted(new)
        place.recent.remember(new)
    }

    /// Notes all of them, in one transaction: for what leaves as a file.
    public func noted(_ entries: [AuditEntry]) async throws {
        guard let place, !entries.isEmpty else { return }
        try await place.database.write { try note(entries, in: $0) }
    }

    /// Keeps the object's lines from these people, those of before too, and for good.
    public func keep(_ object: String, from people: Set<String>, in tx: Transaction) throws {
        guard let place else { return }
        for person in people {
            try AuditTable.keep(object, from: Self.token(of: person, place.lookups), in: tx)
        }
    }

    /// What stands for a person where it must not be readable from whom something is kept.
    public static func token(of person: String, _ lookups: LookupKey) -> String {
        lookups.token(person, for: "audit.kept")
    }
}
