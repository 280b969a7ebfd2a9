import CalendarKit
import EventKit
import Storage

/// Removes lines whose time is over, from the old end up to an anchor: what the anchor says is what the rest follows from.
struct AuditRetention: Sendable {
    private static let atOnce = 5_000

    let database: Database
    /// Months for which lines are kept.
    let months: Int

    /// - Returns: how many lines have gone.
    func remove(at now: Timestamp) async throws -> Int {
        let day = Oslo.date(at: now).adding(months: -months)
        let anchor = try await database.read { reader in
            try reader.first("SELECT max(position) FROM audit_anchor WHERE day < \(day)") { $0.int64OrNil(0) }
                .flatMap { $0 }
        }
        guard let anchor else { return 0 }
        var (removed, gone) = (0, 0)
        repeat {
            gone = try await database.write { try Self.remove(upTo: anchor, in: $0) }
            removed += gone
        } while gone > 0 && !Task.isCancelled
        if removed > 0 { try await database.write { try Self.tidy(in: $0) } }
        return removed
    }

    /// The last line that goes becomes the base, in the transaction in which it goes: the chain holds at every moment.
    private static func remove(upTo anchor: Int64, in tx: Transaction) throws -> Int {
        let ends = try AuditChain.Ends.read(tx.dialect.forUpdate, in: tx)
        let last = min(anchor, ends.basePosition + Int64(atOnce))
        guard last > ends.basePosition,
            let hash = try tx.first("SELECT hash FROM audit_entry WHERE position = \(last)", { $0.text(0) })
        else { return 0 }
        try tx.execute("UPDATE audit_chain SET base_position = \(last), base_hash = \(hash) WHERE id = 1")
        return try tx.execute("DELETE FROM audit_entry WHERE position <= \(last)")
    }

    private static func tidy(in tx: Transaction) throws {
        let base = try AuditChain.Ends.read(in: tx).basePosition
        try tx.execute("DELETE FROM audit_anchor WHERE position < \(base)")
        try tx.execute(
            """
            DELETE FROM audit_kept
            WHERE NOT EXISTS (SELECT 1 FROM audit_entry WHERE audit_entry.object = audit_kept.object)
            """)
    }
}
