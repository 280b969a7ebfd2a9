import DeviationsCore
import EventKit
import Storage

/// What the desk keeps: saved selections.
enum DeskStore {
    /// Most selections a person may save.
    static let mostFilters = 12

    /// The person's saved selections, as they stand in the address, the oldest first.
    static func filters(of person: String, in reader: Reader) throws -> [String] {
        try reader.query(
            "SELECT query FROM deviations_filter WHERE person = \(person) ORDER BY saved_at, query LIMIT \(mostFilters)"
        ) { $0.text(0) }
    }

    static func save(_ filter: String, of person: String, at now: Timestamp, in tx: Transaction) throws {
        guard try filters(of: person, in: tx).count < mostFilters else { return }
        try tx.execute(
            """
            INSERT INTO deviations_filter (person, query, saved_at) VALUES (\(person), \(filter), \(now))
            ON CONFLICT (person, query) DO NOTHING
            """)
    }

    static func remove(_ filter: String, of person: String, in tx: Transaction) throws {
        try tx.execute("DELETE FROM deviations_filter WHERE person = \(person) AND query = \(filter)")
    }
}
