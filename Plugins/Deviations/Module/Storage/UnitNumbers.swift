import CalendarKit
import DeviationsCore
import EventKit
import Storage

/// A time that somebody asks about, by the day on which cases were received; open at both ends unless told.
struct AskedPeriod: Sendable, Hashable {
    var from: CivilDate?
    /// The last day.
    var to: CivilDate?
}

/// A unit's cases, counted (D20): what its part of the quality report says.
struct UnitNumbers: Sendable, Hashable {
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

    struct Measures: Sendable, Hashable {
        let all, done, overdue, checked: Int
    }

    /// A withdrawn case is one of its own.
    let byStatus: [Count]
    let byCategory: [Count]
    /// What reporters have said of ended cases, by the kind of step.
    let feedback: [Count]
    /// Of those that ended and were not withdrawn.
    let answers: AnswerTimes
    let measures: Measures
    /// At most twelve, the oldest first.
    let months: [Month]

    var cases: Int { byStatus.reduce(0) { $0 + $1.cases } }
}

extension UnitNumbers {
    static let withdrawn = Ending.withdrawn.rawValue

    /// The cases of these units that were received in the period, as far as `scope` may see them.
    ///
    /// What is left of a case without its content is counted too, unless it was kept from some: of whom nothing is left.
    init(of units: Set<String>, _ scope: Scope, _ period: AskedPeriod, now: Timestamp, in reader: Reader) throws {
        var shown: SQL =
            """
            unit IN (\(SQL.list(units.sorted()))) AND (key_id IS NOT NULL OR exclusions = 0) AND merged_into IS NULL
            AND \(scope.condition) AND \(scope.unlocked)
            """
        if let from = period.from { shown = shown + " AND received_at >= \(Oslo.startOfDay(from))" }
        if let to = period.to { shown = shown + " AND received_at < \(Oslo.endOfDay(to))" }
        let today = Oslo.date(at: now)
        func count(_ column: SQL, _ part: SQL, order: SQL) throws -> [Count] {
            try reader.query(
                """
                SELECT \(column) AS code, COUNT(*), SUM(CASE WHEN \(part) THEN 1 ELSE 0 END) FROM deviations_case
                WHERE \(shown) GROUP BY \(column) ORDER BY \(order)
                """
            ) { Count(code: $0.text(0), cases: $0.int(1), part: $0.int(2)) }
        }
        byStatus = try count(
            "CASE WHEN ending = 'withdrawn' THEN ending ELSE status END", "urgency < \(today.daysSince1970)",
            order: "code")
        byCategory = try count(
            "category", "urgency < \(DeviationStore.firstEndedUrgency)", order: "COUNT(*) DESC, code")
        feedback = try reader.query(
            """
            SELECT kind, COUNT(*) FROM deviations_entry
            WHERE kind LIKE 'feedback-%' AND case_id IN (SELECT id FROM deviations_case WHERE \(shown))
            GROUP BY kind ORDER BY kind
            """
        ) { Count(code: $0.text(0), cases: $0.int(1), part: 0) }
        answers = try Self.answers(shown, in: reader)
        measures = try Self.measures(shown, today, in: reader)
        months = try Self.months(shown, period, now, in: reader)
    }

    private static func answers(_ shown: SQL, in reader: Reader) throws -> AnswerTimes {
        var times = AnswerTimes()
        try reader.forEach(
            """
            SELECT received_at, ended_at, due_on, expected_on FROM deviations_case
            WHERE \(shown) AND ended_at IS NOT NULL AND ending IS NULL
            """
        ) { row in
            times.add(
                receivedOn: Oslo.date(at: row.time(0)), endedOn: Oslo.date(at: row.time(1)), dueOn: row.date(2),
                expectedOn: row.dateOrNil(3))
        }
        return times
    }

    private static func measures(_ shown: SQL, _ today: CivilDate, in reader: Reader) throws -> Measures {
        let counts = try reader.first(
            """
            SELECT COUNT(*), COUNT(completed_at), COUNT(effect),
                COUNT(CASE WHEN completed_at IS NULL AND due_on < \(today) THEN 1 END)
            FROM deviations_measure WHERE case_id IN (SELECT id FROM deviations_case WHERE \(shown))
            """
        ) { Measures(all: $0.int(0), done: $0.int(1), overdue: $0.int(3), checked: $0.int(2)) }
        return counts ?? Measures(all: 0, done: 0, overdue: 0, checked: 0)
    }

    /// The last twelve that the period reaches.
    private static func months(_ shown: SQL, _ period: AskedPeriod, _ now: Timestamp, in reader: Reader) throws
        -> [Month]
    {
        let last = period.to.map { min(Oslo.startOfDay($0), now) } ?? now
        var months = [Month(month: SummaryStore.Month(of: last))]
        while months.count < 12, let first = months.first?.month, period.from.map({ $0 < first.first }) ?? true {
            months.insert(Month(month: SummaryStore.Month(of: first.start.adding(seconds: -86_400))), at: 0)
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
