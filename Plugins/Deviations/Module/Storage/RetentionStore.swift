import CalendarKit
import DeviationsContract
import EventKit
import Storage

/// Cases that ended long ago.
enum RetentionStore {
    struct OldCase: Sendable, Hashable {
        let facts: DeviationFacts
        /// What the warning is remembered by: another one when it was kept longer, or opened again.
        let clock: String
    }

    private static let columns = """
        c.uid, c.unit, c.campus, c.category, c.environment, c.status, c.received_at, c.due_on
        """
    /// Of a case that can go: a measure that is not done outlives it.
    private static let old: SQL = """
        c.ended_at IS NOT NULL AND c.key_id IS NOT NULL AND c.merged_into IS NULL
        AND NOT EXISTS (SELECT 1 FROM deviations_measure m WHERE m.case_id = c.id AND m.completed_at IS NULL)
        """

    /// Those that ended, and were kept longer, before this day, and that nobody was warned of.
    static func endedBefore(_ day: CivilDate, in reader: Reader) throws -> [OldCase] {
        try reader.query(
            """
            SELECT \(raw: columns), \(clock) FROM deviations_case c
            WHERE \(old) AND c.ended_at < \(Oslo.startOfDay(day)) AND (c.kept_on IS NULL OR c.kept_on < \(day))
                AND NOT EXISTS (SELECT 1 FROM deviations_reminder r WHERE r.subject = c.uid AND r.clock = \(clock))
            ORDER BY c.ended_at LIMIT 200
            """, read)
    }

    /// Those whose time is over and that somebody was warned of before this moment.
    static func due(endedBefore day: CivilDate, warned: Timestamp, in reader: Reader) throws -> [OldCase] {
        try reader.query(
            """
            SELECT \(raw: columns), \(clock) FROM deviations_case c
            WHERE \(old) AND c.ended_at < \(Oslo.startOfDay(day)) AND (c.kept_on IS NULL OR c.kept_on < \(day))
                AND EXISTS (SELECT 1 FROM deviations_reminder r
                    WHERE r.subject = c.uid AND r.clock = \(clock) AND r.sent_at <= \(warned))
            ORDER BY c.ended_at LIMIT 200
            """, read)
    }

    /// Whose it was, who handled it, and what was left open is gone as well.
    static func forgetPeople(ofCase caseKey: Int64, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE deviations_case SET reporter = '', handler = NULL, occurred_on = NULL, threshold = NULL,
                channels_which = NULL WHERE id = \(caseKey)
            """)
    }

    private static let clock: SQL = "'retention ' || c.reopenings || ' ' || COALESCE(c.kept_on, '')"

    private static func read(_ row: Row) -> OldCase {
        OldCase(
            facts: DeviationFacts(
                id: row.text(0), unit: row.text(1), campus: row.text(2), category: row.text(3),
                environment: row.text(4),
                status: row.text(5), receivedAt: row.time(6), dueOn: row.date(7)),
            clock: row.text(8))
    }
}
