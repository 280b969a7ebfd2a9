import EventKit
import ModuleKit
import Storage

/// Ties the lines of the trail to one chain, in the order of their ids: each line's hash holds that of the line before it.
///
/// Lines are noted beside each other and tied afterwards, on both engines alike: a counter in the noting transaction would make all of
/// them wait for each other. One host ties at a time, the one that holds the chain's row.
struct AuditChain: Sendable {
    private static let atOnce = 500

    let database: Database

    /// Where a chain begins and ends.
    struct Ends: Sendable, Hashable {
        /// The last line that was removed, when its time was over; 0 when none was.
        var basePosition: Int64
        var baseHash: String
        var position: Int64
        var hash: String

        static func read(_ suffix: SQL = "", in reader: Reader) throws -> Ends {
            let ends = try reader.first(
                "SELECT base_position, base_hash, position, hash FROM audit_chain WHERE id = 1\(suffix)"
            ) {
                Ends(basePosition: $0.int64(0), baseHash: $0.text(1), position: $0.int64(2), hash: $0.text(3))
            }
            guard let ends else { throw AuditChainLost() }
            return ends
        }
    }

    /// How many lines wait to be tied.
    func unchained() async throws -> Int {
        try await database.read {
            try $0.first("SELECT count(*) FROM audit_entry WHERE position IS NULL") { $0.int(0) } ?? 0
        }
    }

    /// Ties all that waits.
    func extend() async throws {
        while try await unchained() > 0 {
            try await database.write { tx in
                // Whoever waited here sees what the other has tied.
                var ends = try Ends.read(tx.dialect.forUpdate, in: tx)
                let waiting = try tx.query(
                    "SELECT \(AuditLine.columns) FROM audit_entry WHERE position IS NULL ORDER BY id LIMIT \(Self.atOnce)",
                    AuditLine.init)
                for line in waiting {
                    let previous = ends.hash
                    ends.position += 1
                    ends.hash = line.hash(at: ends.position, after: previous)
                    try tx.execute(
                        """
                        UPDATE audit_entry SET position = \(ends.position), previous = \(previous), hash = \(ends.hash)
                        WHERE id = \(line.id)
                        """)
                }
                try tx.execute(
                    "UPDATE audit_chain SET position = \(ends.position), hash = \(ends.hash) WHERE id = 1")
            }
        }
    }
}

/// The row that says where the chain begins and ends is gone.
struct AuditChainLost: Error, CustomStringConvertible {
    let description = "the audit trail's chain has no ends: its row in audit_chain is gone"
}
