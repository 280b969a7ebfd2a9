import EventKit
import Storage

extension ReminderStore {
    /// A measure without a case that is not done.
    struct OpenCentralMeasure: Sendable, Hashable {
        let id: String
        let unit: String
        let dueOn: CivilDate
        /// The latest reminder sent.
        let sent: Int?
    }

    /// Those due on `last` or before.
    static func centralMeasures(until last: CivilDate, in reader: Reader) throws -> [OpenCentralMeasure] {
        try reader.query(
            """
            SELECT m.uid, m.unit, m.due_on, (SELECT MAX(step) FROM deviations_reminder r
                WHERE r.subject = m.uid AND r.clock = m.due_on)
            FROM deviations_central_measure m
            WHERE m.completed_at IS NULL AND m.due_on <= \(last) ORDER BY m.due_on, m.uid
            """
        ) { OpenCentralMeasure(id: $0.text(0), unit: $0.text(1), dueOn: $0.date(2), sent: $0.intOrNil(3)) }
    }
}
