import CalendarKit
import EventKit
import Logging
import Storage

/// The line with which a day ended. It lies in the log of the host and in an event too, where who changes the database does not reach.
struct AuditAnchor: Sendable, Hashable {
    let day: CivilDate
    let position: Int64
    let hash: String

    /// The latest first.
    static func all(limit: Int = .max, in reader: Reader) throws -> [AuditAnchor] {
        try reader.query(
            "SELECT day, position, hash FROM audit_anchor ORDER BY day DESC LIMIT \(limit)"
        ) { AuditAnchor(day: $0.date(0), position: $0.int64(1), hash: $0.text(2)) }
    }

    /// Anchors the day that has just ended in Norway, unless that is done, or nothing was ever tied.
    static func set(at now: Timestamp, in database: Database, _ logger: Logger) async throws {
        let today = Oslo.date(at: now)
        let (day, midnight) = (today.adding(days: -1), Oslo.startOfDay(today))
        guard try await database.read({ try isDue(day, in: $0) }) else { return }
        try await database.write { tx in
            // Two hosts at once: the second waits, and finds it done.
            let ends = try AuditChain.Ends.read(tx.dialect.forUpdate, in: tx)
            guard try isDue(day, in: tx) else { return }
            let last = try tx.first(
                """
                SELECT position, hash FROM audit_entry WHERE position IS NOT NULL AND at < \(midnight)
                ORDER BY position DESC LIMIT 1
                """
            ) { (position: $0.int64(0), hash: $0.text(1)) }
            // With every line gone whose time was over, the base is what is left.
            guard let last = last ?? (ends.basePosition > 0 ? (ends.basePosition, ends.baseHash) : nil) else { return }
            try tx.execute(
                "INSERT INTO audit_anchor (day, position, hash) VALUES (\(day), \(last.position), \(last.hash))")
            try tx.append(
                Event(AuditAnchored(day: day, position: last.position, hash: last.hash), subject: "\(day)", at: now))
            tx.afterCommit {
                logger.notice(
                    "the audit trail is anchored",
                    metadata: ["day": "\(day)", "position": "\(last.position)", "hash": "\(last.hash)"])
            }
        }
    }

    private static func isDue(_ day: CivilDate, in reader: Reader) throws -> Bool {
        try reader.first("SELECT 1 FROM audit_anchor WHERE day >= \(day)") { $0.int(0) } == nil
    }
}

/// The audit trail as it stood at the end of a day.
struct AuditAnchored: EventPayload, Hashable {
    static let type = "host.audit-anchored.v1"
    var day: CivilDate
    /// Of the day's last line in the chain.
    var position: Int64
    /// SHA-256, 64 hexadecimal digits.
    var hash: String
}
