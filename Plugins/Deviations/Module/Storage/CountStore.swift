import CalendarKit
import DeviationsCore
import EventKit
import Storage

/// The counts of reports by period.
enum CountStore {
    /// Of a period: every case by its category and one more, and how many reports they have.
    struct Counts: Sendable, Hashable {
        var cases: [CountDimension: [CountTable.Place: Int]] = [:]
        var reports = 0
    }

    /// The periods that have been counted, the latest first, with their reports.
    static func periods(in reader: Reader) throws -> [(period: CountPeriod, reports: Int)] {
        try reader.query("SELECT starts_on, ends_on, reports FROM deviations_counted ORDER BY starts_on DESC LIMIT 60")
        {
            (CountPeriod(from: $0.date(0), to: $0.date(1)), $0.int(2))
        }
    }

    /// How many cases each of these periods has.
    static func totals(in reader: Reader) throws -> [CivilDate: Int] {
        let sums = try reader.query(
            """
            SELECT starts_on, SUM(cases) FROM deviations_count
            WHERE dimension = \(CountDimension.standing.rawValue) GROUP BY starts_on
            """
        ) { ($0.date(0), $0.int(1)) }
        return Dictionary(sums) { first, _ in first }
    }

    /// What was counted in the period that begins on this day.
    static func counts(
        from start: CivilDate, by dimension: CountDimension, in reader: Reader
    ) throws -> [CountTable.Place: Int] {
        let counts = try reader.query(
            """
            SELECT category, code, cases FROM deviations_count
            WHERE starts_on = \(start) AND dimension = \(dimension.rawValue)
            """
        ) { (CountTable.Place(row: $0.text(0), column: $0.text(1)), $0.int(2)) }
        return Dictionary(counts) { first, _ in first }
    }

    /// The first period that has not been counted; nil when nothing has been reported yet.
    static func next(months: Int, in reader: Reader) throws -> CountPeriod? {
        if let last = try periods(in: reader).first?.period {
            return CountPeriod(last.to.adding(days: 1), months: months, follows: true)
        }
        let first = try reader.first("SELECT MIN(received_at) FROM deviations_case") { $0.timeOrNil(0) } ?? nil
        return first.map { CountPeriod(Oslo.date(at: $0), months: months, follows: false) }
    }

    /// Counts the reports received in the period, as they stand now. One that turned out to be something else is not there any more.
    ///
    /// - Parameter faculty: gives the faculty of a unit.
    static func count(_ period: CountPeriod, on today: CivilDate, faculty: (String) -> String, in reader: Reader) throws
        -> Counts
    {
        var counts = Counts()
        try reader.forEach(
            """
            SELECT category, unit, campus, environment, status, ending, urgency, merged_into
            FROM deviations_case WHERE received_at >= \(Oslo.startOfDay(period.from))
                AND received_at < \(Oslo.endOfDay(period.to)) AND category <> ''
            """
        ) { row in
            let isOpen = Status(rawValue: row.text(4))?.isOpen ?? false
            let isWithdrawn = row.textOrNil(5) == Ending.withdrawn.rawValue
            counts.reports += 1
            if row.int64OrNil(7) != nil { return }
            let standing: CountStanding =
                isWithdrawn ? .withdrawn : !isOpen ? .answered : row.int64(6) < today.daysSince1970 ? .late : .open
            let codes: [CountDimension: String] = [
                .faculty: faculty(row.text(1)), .campus: row.text(2), .environment: row.text(3),
                .standing: standing.rawValue,
            ]
            for (dimension, code) in codes {
                counts.cases[dimension, default: [:]][CountTable.Place(row: row.text(0), column: code), default: 0] += 1
            }
        }
        return counts
    }

    /// Stores what was counted; false when another host has before.
    static func put(_ counts: Counts, of period: CountPeriod, at now: Timestamp, in tx: Transaction) throws -> Bool {
        let isNew =
            try tx.execute(
                """
                INSERT INTO deviations_counted (starts_on, ends_on, reports, counted_at)
                VALUES (\(period.from), \(period.to), \(counts.reports), \(now)) ON CONFLICT (starts_on) DO NOTHING
                """) == 1
        guard isNew else { return false }
        for (dimension, cells) in counts.cases {
            for (place, cases) in cells {
                try tx.execute(
                    """
                    INSERT INTO deviations_count (starts_on, dimension, category, code, cases)
                    VALUES (\(period.from), \(dimension.rawValue), \(place.row), \(place.column), \(cases))
                    """)
            }
        }
        return true
    }
}
