import DeviationsContract
import DeviationsCore
import EventKit
import Storage

/// What has been reminded of, and what there may be to remind of.
enum ReminderStore {
    /// An open case as the clock sees it.
    struct OpenCase: Sendable, Hashable {
        let facts: DeviationFacts
        let clock: DeadlineClock
        /// The latest reminder sent by this clock.
        let sent: Int?
    }

    /// A measure that is not done.
    struct OpenMeasure: Sendable, Hashable {
        let id: String
        let dueOn: CivilDate
        let facts: DeviationFacts
        let sent: Int?
    }

    private static let facts = """
        c.uid, c.unit, c.campus, c.category, c.environment, c.status, c.received_at, c.due_on, c.expected_on
        """
    /// The name of the clock that counts; see `DeadlineClock`.
    private static let clock = "CASE WHEN c.expected_on > c.due_on THEN c.expected_on ELSE 'limit' END"

    /// Nobody is reminded of a case whose content is gone, or that is on its way to whistleblowing: only one person may
    /// know of that.
    private static let live = "c.key_id IS NOT NULL AND c.locked_to IS NULL"

    /// The open cases whose deadline lies on `last` or before, the most urgent first.
    static func cases(until last: CivilDate, in reader: Reader) throws -> [OpenCase] {
        try reader.query(
            """
            SELECT \(raw: facts), (SELECT MAX(step) FROM deviations_reminder r
                WHERE r.subject = c.uid AND r.clock = \(raw: clock))
            FROM deviations_case c
            WHERE c.urgency <= \(last.daysSince1970) AND \(raw: live) AND c.merged_into IS NULL ORDER BY c.urgency, c.id
            """, read)
    }

    /// The case with this id, kept from changing until the transaction ends; nil when it is no longer open.
    static func lockedCase(_ id: String, in tx: Transaction) throws -> OpenCase? {
        try tx.first(
            """
            SELECT \(raw: facts), (SELECT MAX(step) FROM deviations_reminder r
                WHERE r.subject = c.uid AND r.clock = \(raw: clock))
            FROM deviations_case c
            WHERE c.uid = \(id) AND c.urgency < \(DeviationStore.firstEndedUrgency) AND \(raw: live)
            """ + tx.dialect.forUpdate, read)
    }

    /// The unfinished measures due on `last` or before.
    static func measures(until last: CivilDate, in reader: Reader) throws -> [OpenMeasure] {
        try reader.query(
            """
            SELECT \(raw: facts), m.uid, m.due_on, (SELECT MAX(step) FROM deviations_reminder r
                WHERE r.subject = m.uid AND r.clock = m.due_on)
            FROM deviations_measure m JOIN deviations_case c ON c.id = m.case_id
            WHERE m.completed_at IS NULL AND m.due_on <= \(last) AND \(raw: live) ORDER BY m.due_on, m.id
            """
        ) { OpenMeasure(id: $0.text(9), dueOn: $0.date(10), facts: facts($0), sent: $0.intOrNil(11)) }
    }

    /// The measures done before `moment` of which nobody has said whether they worked, nor been asked.
    static func unchecked(doneBefore moment: Timestamp, in reader: Reader) throws -> [(measure: String, DeviationFacts)]
    {
        try reader.query(
            """
            SELECT \(raw: facts), m.uid FROM deviations_measure m JOIN deviations_case c ON c.id = m.case_id
            WHERE m.completed_at IS NOT NULL AND m.effect IS NULL AND m.completed_at < \(moment)
                AND \(raw: live)
                AND NOT EXISTS (SELECT 1 FROM deviations_reminder r WHERE r.subject = m.uid AND r.clock = 'effect')
            ORDER BY m.completed_at, m.id LIMIT 500
            """
        ) { ($0.text(9), facts($0)) }
    }

    /// A closed case whose reporter has not been asked how it went.
    struct ClosedCase: Sendable, Hashable {
        let facts: DeviationFacts
        /// How many times it was opened again: each end is asked about.
        let round: Int

        var id: String { facts.id }
    }

    /// The clock by which reporters are asked.
    static let feedback = "feedback"

    /// Those closed in the month before `moment`, merged reports by themselves; nobody is asked who has said it already.
    static func closed(before moment: Timestamp, in reader: Reader) throws -> [ClosedCase] {
        try reader.query(
            """
            SELECT \(raw: facts), c.reopenings FROM deviations_case c
            WHERE c.ended_at < \(moment) AND c.ended_at >= \(moment.adding(seconds: -31 * 86_400))
                AND c.status = 'closed' AND c.reporter <> '' AND \(raw: live)
                AND NOT EXISTS (SELECT 1 FROM deviations_reminder r
                    WHERE r.subject = c.uid AND r.clock = \(feedback) AND r.step = c.reopenings)
                AND NOT EXISTS (SELECT 1 FROM deviations_entry e
                    WHERE e.case_id = c.id AND e.at >= c.ended_at AND e.kind LIKE 'feedback-%')
            ORDER BY c.ended_at, c.id LIMIT 500
            """
        ) { ClosedCase(facts: facts($0), round: $0.int(9)) }
    }

    /// Notes that the reminder is sent; false when it has been before.
    static func mark(
        _ subject: String, clock: String, step: Int, at now: Timestamp, in tx: Transaction
    ) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO deviations_reminder (subject, clock, step, sent_at)
            VALUES (\(subject), \(clock), \(step), \(now)) ON CONFLICT (subject, clock, step) DO NOTHING
            """) == 1
    }

    /// The days from `today` on which open cases are due.
    static func dueDates(from today: CivilDate, in reader: Reader) throws -> [CivilDate] {
        try reader.query("SELECT DISTINCT due_on FROM deviations_case WHERE \(movable(from: today))") { $0.date(0) }
    }

    /// The open cases due on one of `days`, of which none is before `today`.
    static func cases(dueOn days: [CivilDate], today: CivilDate, in reader: Reader) throws -> [String] {
        try reader.query(
            """
            SELECT uid FROM deviations_case WHERE \(movable(from: today)) AND due_on IN (\(SQL.list(days)))
            ORDER BY urgency, id
            """
        ) { $0.text(0) }
    }

    private static func movable(from today: CivilDate) -> SQL {
        """
        urgency >= \(today.daysSince1970) AND urgency < \(DeviationStore.firstEndedUrgency) AND due_on >= \(today)
            AND key_id IS NOT NULL AND locked_to IS NULL
        """
    }

    private static func read(_ row: Row) -> OpenCase {
        OpenCase(
            facts: facts(row), clock: DeadlineClock(dueOn: row.date(7), expectedOn: row.dateOrNil(8)),
            sent: row.intOrNil(9))
    }

    private static func facts(_ row: Row) -> DeviationFacts {
        DeviationFacts(
            id: row.text(0), unit: row.text(1), campus: row.text(2), category: row.text(3), environment: row.text(4),
            status: row.text(5), receivedAt: row.time(6), dueOn: row.date(7))
    }
}

extension ReminderStore {
    /// What events say of the cases that are here, open or ended, in the order of their keys.
    static func liveCases(
        after key: Int64, limit: Int, in reader: Reader
    ) throws -> [(key: Int64, facts: DeviationFacts)] {
        try reader.query(
            """
            SELECT \(raw: facts), c.id FROM deviations_case c WHERE c.id > \(key) AND \(raw: live) ORDER BY c.id LIMIT \(limit)
            """
        ) { ($0.int64(9), facts($0)) }
    }

    /// The open case with this id; nil when it has ended.
    static func openCase(_ id: String, in reader: Reader) throws -> OpenCase? {
        try reader.first(
            """
            SELECT \(raw: facts), NULL FROM deviations_case c
            WHERE c.uid = \(id) AND c.urgency < \(DeviationStore.firstEndedUrgency) AND \(raw: live)
            """, read)
    }
}
