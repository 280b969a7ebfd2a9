import DeviationsCore
import EventKit
import Storage

/// What the desk keeps and counts: saved selections, and a unit's numbers.
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

    /// A unit's cases, counted.
    struct Numbers: Sendable, Hashable {
        struct Count: Sendable, Hashable {
            let code: String
            let cases: Int
            /// By status: those overdue; by category: those open.
            let part: Int
        }

        /// What came in and what ended in a month.
        struct Month: Sendable, Hashable {
            let month: SummaryStore.Month
            var received = 0
            var ended = 0
        }

        let byStatus: [Count]
        let byCategory: [Count]
        /// What reporters have said of ended cases, by the kind of step.
        let feedback: [Count]
        /// The last twelve, the oldest first.
        let months: [Month]
    }

    /// The numbers of these units, as far as `scope` may see them.
    static func numbers(
        of units: Set<String>, _ scope: Scope, today: CivilDate, now: Timestamp, in reader: Reader
    ) throws -> Numbers {
        let shown: SQL =
            """
            unit IN (\(SQL.list(units.sorted()))) AND key_id IS NOT NULL AND merged_into IS NULL
            AND \(scope.condition) AND \(scope.unlocked)
            """
        func count(_ column: String, _ part: SQL, order: String) throws -> [Numbers.Count] {
            try reader.query(
                """
                SELECT \(raw: column), COUNT(*), SUM(CASE WHEN \(part) THEN 1 ELSE 0 END) FROM deviations_case
                WHERE \(shown) GROUP BY \(raw: column) ORDER BY \(raw: order)
                """
            ) { Numbers.Count(code: $0.text(0), cases: $0.int(1), part: $0.int(2)) }
        }
        return Numbers(
            byStatus: try count("status", "urgency < \(today.daysSince1970)", order: "status"),
            byCategory: try count(
                "category", "urgency < \(DeviationStore.firstEndedUrgency)", order: "COUNT(*) DESC, category"),
            feedback: try reader.query(
                """
                SELECT kind, COUNT(*) FROM deviations_entry
                WHERE kind LIKE 'feedback-%' AND case_id IN (SELECT id FROM deviations_case WHERE \(shown))
                GROUP BY kind ORDER BY kind
                """
            ) { Numbers.Count(code: $0.text(0), cases: $0.int(1), part: 0) },
            months: try months(shown, now, in: reader))
    }

    private static func months(_ shown: SQL, _ now: Timestamp, in reader: Reader) throws -> [Numbers.Month] {
        var months = [Numbers.Month(month: SummaryStore.Month(of: now))]
        while months.count < 12, let first = months.first {
            months.insert(
                Numbers.Month(month: SummaryStore.Month(of: first.month.start.adding(seconds: -86_400))), at: 0)
        }
        let start = months.first?.month.start ?? now
        try reader.forEach(
            """
            SELECT received_at, ended_at FROM deviations_case
            WHERE \(shown) AND (received_at >= \(start) OR ended_at >= \(start))
            """
        ) { row in
            let (received, ended) = (row.time(0), row.timeOrNil(1))
            for index in months.indices {
                let month = months[index].month
                if received >= month.start && received < month.end { months[index].received += 1 }
                if let ended, ended >= month.start, ended < month.end { months[index].ended += 1 }
            }
        }
        return months
    }
}
