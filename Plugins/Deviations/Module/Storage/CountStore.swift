import CalendarKit
import DeviationsCore
import EventKit
import Storage

/// The counts of reports by period.
enum CountStore {
    /// Of a period: every case by its category and one more, and how many reports they have.
    struct Counts: Sendable, Hashable {
        var cases: [CountDimension: [CountTable.Place: Int]] = [:]
        /// HSE deviations by part of the learning environment and one more.
        var hse: [CountDimension: [CountTable.Place: Int]] = [:]
        var reports = 0
    }

    /// The periods that have been counted, the latest first, with their reports.
    static func periods(in reader: Reader) throws -> [(period: CountPeriod, reports: Int)] {
        try reader.query("SELECT starts_on, ends_on, reports FROM deviations_counted ORDER BY starts_on DESC LIMIT 60")
        {
            (CountPeriod(from: $0.date(0), to: $0.date(1)), $0.int(2))
        }
    }

    /// The counts of this kind.
    private static func table(_ kind: CountKind) -> SQL {
        kind == .deviations ? "deviations_count" : "deviations_hse_count"
    }

    /// How many cases each of these periods has.
    static func totals(_ kind: CountKind, in reader: Reader) throws -> [CivilDate: Int] {
        let sums = try reader.query(
            """
            SELECT starts_on, SUM(cases) FROM \(table(kind))
            WHERE dimension = \(CountDimension.standing.rawValue) GROUP BY starts_on
            """
        ) { ($0.date(0), $0.int(1)) }
        return Dictionary(sums) { first, _ in first }
    }

    /// What was counted in the period that begins on this day.
    static func counts(
        _ kind: CountKind = .deviations, from start: CivilDate, by dimension: CountDimension, in reader: Reader
    ) throws -> [CountTable.Place: Int] {
        let counts = try reader.query(
            """
            SELECT category, code, cases FROM \(table(kind))
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
        let received = try reader.first("SELECT MIN(received_at) FROM deviations_case") { $0.timeOrNil(0) } ?? nil
        let registered = try reader.first("SELECT MIN(counts_on) FROM deviations_hse") { $0.dateOrNil(0) } ?? nil
        let first = [received.map { Oslo.date(at: $0) }, registered].compactMap(\.self).min()
        return first.map { CountPeriod($0, months: months, follows: false) }
    }

    /// Counts the reports received in the period, as they stand now. One that turned out to be something else is not there any more.
    ///
    /// - Parameter faculty: gives the faculty of a unit.
    static func count(_ period: CountPeriod, on today: CivilDate, faculty: (String) -> String, in reader: Reader) throws
        -> Counts
    {
        var counts = Counts()
        var recurrence = RecurrenceCount(period)
        try reader.forEach(
            """
            SELECT category, unit, campus, environment, status, ending, urgency, merged_into, received_at, reopenings,
                withdrawn_on, reports
            FROM deviations_case WHERE received_at >= \(Oslo.startOfDay(RecurrenceCount.from(period)))
                AND received_at < \(Oslo.endOfDay(period.to)) AND category <> ''
            ORDER BY received_at, id
            """
        ) { row in
            let day = Oslo.date(at: row.time(8))
            let isCase = row.int64OrNil(7) == nil
            if isCase { recurrence.add(category: row.text(0), unit: row.text(1), on: day, reopenings: row.int(9)) }
            if day < period.from { return }
            let isOpen = Status(rawValue: row.text(4))?.isOpen ?? false
            // Also while nobody has decided, and when the institution goes on; not when others have reported the same.
            let isWithdrawn =
                row.textOrNil(5) == Ending.withdrawn.rawValue || (row.dateOrNil(10) != nil && row.int(11) == 0)
            counts.reports += 1
            if !isCase { return }
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
        counts.cases[.recurrence] = recurrence.cells
        counts.hse = try countHSE(period, faculty: faculty, in: reader)
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
        try put(counts.cases, .deviations, of: period, in: tx)
        try put(counts.hse, .hse, of: period, in: tx)
        return true
    }

    private static func put(
        _ counts: [CountDimension: [CountTable.Place: Int]], _ kind: CountKind, of period: CountPeriod,
        in tx: Transaction
    ) throws {
        for (dimension, cells) in counts {
            for (place, cases) in cells {
                try tx.execute(
                    """
                    INSERT INTO \(table(kind)) (starts_on, dimension, category, code, cases)
                    VALUES (\(period.from), \(dimension.rawValue), \(place.row), \(place.column), \(cases))
                    """)
            }
        }
    }
}
