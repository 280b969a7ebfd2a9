public import DeviationsCore
import EventKit
public import Storage

/// A measure with the case it came from.
public struct OwnedMeasure: Sendable, Hashable {
    public var measure: Measure
    /// Id of the deviation.
    public var deviation: String
}

extension DeviationStore {
    /// The unfinished measures a person has to see to, the most urgent first; those of ended cases too. At most 200.
    public static func measures(ownedBy person: String, in reader: Reader) throws -> [OwnedMeasure] {
        try reader.query(
            """
            SELECT m.uid, m.action, m.cause, m.owner, m.due_on, m.is_moved, m.completed_at, m.effect, c.uid
            FROM deviations_measure m JOIN deviations_case c ON c.id = m.case_id
            WHERE m.owner = \(person) AND m.completed_at IS NULL ORDER BY m.due_on, m.id LIMIT 200
            """
        ) { OwnedMeasure(measure: measure($0), deviation: $0.text(8)) }
    }

    static func measures(ofCase key: Int64, in reader: Reader) throws -> [Measure] {
        try reader.query(
            """
            SELECT uid, action, cause, owner, due_on, is_moved, completed_at, effect FROM deviations_measure
            WHERE case_id = \(key) ORDER BY id
            """, measure)
    }

    static func put(_ measure: Measure, caseKey: Int64, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO deviations_measure (uid, case_id, action, cause, owner, due_on, is_moved, completed_at, effect)
            VALUES (\(measure.id), \(caseKey), \(measure.action), \(measure.cause), \(measure.owner), \(measure.dueOn),
                \(measure.isMoved), \(measure.completedAt), \(measure.effect))
            ON CONFLICT (uid) DO UPDATE SET owner = excluded.owner, due_on = excluded.due_on, 
                is_moved = excluded.is_moved, completed_at = excluded.completed_at, effect = excluded.effect
            """)
    }

    private static func measure(_ row: Row) -> Measure {
        Measure(
            id: row.text(0), action: row.text(1), cause: row.text(2), owner: row.text(3), dueOn: row.date(4),
            isMoved: row.bool(5), completedAt: row.timeOrNil(6), effect: row.textOrNil(7))
    }
}
