import CalendarKit
import DeviationsCore
import EventKit
import Storage

/// What the public is told, and of how many closed cases it is one.
enum SummaryStore {
    /// A published summary. Its id is its own, not the case's.
    struct Summary: Sendable, Hashable {
        let id: String
        let unit: String
        let campus: String
        let month: Month
        let norwegian: String
        let english: String?
    }

    /// A month of the calendar in Norway: `2026-11`.
    struct Month: Sendable, Hashable, Comparable, CustomStringConvertible {
        let first: CivilDate

        init(of time: Timestamp) {
            let date = Oslo.date(at: time)
            first = date.adding(days: 1 - date.day)
        }

        init?(_ text: String) {
            guard let first = CivilDate("\(text)-01") else { return nil }
            self.first = first
        }

        var start: Timestamp { Oslo.startOfDay(first) }
        /// The first moment of the next one.
        var end: Timestamp { Month(of: Oslo.startOfDay(first.adding(days: 31))).start }
        var description: String { String(first.description.prefix(7)) }

        static func < (a: Month, b: Month) -> Bool { a.first < b.first }
    }

    /// How many cases a unit closed at a campus.
    struct Count: Sendable, Hashable {
        let unit: String
        let campus: String
        let cases: Int
    }

    /// Publishes what the case has led to, or puts it better.
    static func put(
        _ text: (norwegian: String, english: String?), of stored: StoredDeviation, by author: String, at now: Timestamp,
        in tx: Transaction
    ) throws {
        let deviation = stored.deviation
        let month = Month(of: deviation.endedAt ?? now)
        try tx.execute(
            """
            INSERT INTO deviations_summary
                (uid, case_id, unit, campus, month, norwegian, english, changed_by, changed_at)
            VALUES (\(Identifier.make(at: now)), \(stored.key), \(deviation.unit), \(deviation.report.campus),
                \(month.description), \(text.norwegian), \(text.english), \(author), \(now))
            ON CONFLICT (case_id) DO UPDATE SET norwegian = excluded.norwegian, english = excluded.english,
                changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """)
    }

    /// Changes a published text; false when there is none.
    static func change(
        _ id: String, to text: (norwegian: String, english: String?), by author: String, at now: Timestamp,
        in tx: Transaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE deviations_summary SET norwegian = \(text.norwegian), english = \(text.english),
                changed_by = \(author), changed_at = \(now) WHERE uid = \(id)
            """) == 1
    }

    /// Takes a summary back; false when there is none.
    static func withdraw(_ id: String, in tx: Transaction) throws -> Bool {
        try tx.execute("DELETE FROM deviations_summary WHERE uid = \(id)") == 1
    }

    /// Takes back what the public was told of the case with this key.
    static func remove(ofCase caseKey: Int64, in tx: Transaction) throws {
        try tx.execute("DELETE FROM deviations_summary WHERE case_id = \(caseKey)")
    }

    /// The summaries of the latest months, the latest month first. At most 500.
    static func all(since month: Month, in reader: Reader) throws -> [Summary] {
        try reader.query(
            """
            SELECT uid, unit, campus, month, norwegian, english FROM deviations_summary
            WHERE month >= \(month.description) ORDER BY month DESC, uid DESC LIMIT 500
            """
        ) { row in
            Summary(
                id: row.text(0), unit: row.text(1), campus: row.text(2), month: Month(row.text(3)) ?? month,
                norwegian: row.text(4), english: row.textOrNil(5))
        }
    }

    /// How many cases were closed in the month, by unit and campus. One that was withdrawn and stopped led to nothing.
    static func closed(in month: Month, in reader: Reader) throws -> [Count] {
        try reader.query(
            """
            SELECT unit, campus, COUNT(*) FROM deviations_case
            WHERE ended_at >= \(month.start) AND ended_at < \(month.end) AND status = 'closed'
                AND merged_into IS NULL AND ending IS NULL GROUP BY unit, campus
            """
        ) { Count(unit: $0.text(0), campus: $0.text(1), cases: $0.int(2)) }
    }
}

/// An act that leaves more behind than the case, its history and its event.
protocol LeavesMore {
    /// Stores it in the same transaction.
    func leave(of stored: StoredDeviation, by actor: String, at now: Timestamp, in tx: Transaction) throws
}

extension PublishSummary: LeavesMore {
    func leave(of stored: StoredDeviation, by actor: String, at now: Timestamp, in tx: Transaction) throws {
        try SummaryStore.put(try checked(), of: stored, by: actor, at: now, in: tx)
    }
}
