import DeviationsCore
import EventKit
public import Storage
import Vault

extension DeviationStore {
    /// The unfinished measures a person has to see to, with the ids of their cases, the most urgent first; those of ended cases too.
    /// At most 200.
    public static func measures(
        ownedBy person: String, in reader: Reader
    ) throws -> [(measure: String, deviation: String)] {
        try reader.query(
            """
            SELECT m.uid, c.uid FROM deviations_measure m JOIN deviations_case c ON c.id = m.case_id
            WHERE m.owner = \(person) AND m.completed_at IS NULL ORDER BY m.due_on, m.id LIMIT 200
            """
        ) { ($0.text(0), $0.text(1)) }
    }

    static func measures(ofCase caseKey: Int64, by key: CaseKey, in reader: Reader) throws -> [Measure] {
        try reader.query(
            """
            SELECT uid, action, cause, owner, due_on, is_moved, completed_at, effect FROM deviations_measure
            WHERE case_id = \(caseKey) ORDER BY id
            """
        ) { try measure($0, key) }
    }

    static func put(_ measure: Measure, caseKey: Int64, by key: CaseKey, in tx: Transaction) throws {
        let id = measure.id
        try tx.execute(
            """
            INSERT INTO deviations_measure (uid, case_id, action, cause, owner, due_on, is_moved, completed_at, effect)
            VALUES (\(id), \(caseKey), \(key.seal(measure.action, as: .measure(id))),
                \(key.sealed(measure.cause, as: .measureCause(id))), \(measure.owner), \(measure.dueOn),
                \(measure.isMoved), \(measure.completedAt), \(key.sealed(measure.effect, as: .measureEffect(id))))
            ON CONFLICT (uid) DO UPDATE SET owner = excluded.owner, due_on = excluded.due_on, 
                is_moved = excluded.is_moved, completed_at = excluded.completed_at, effect = excluded.effect
            """)
    }

    private static func measure(_ row: Row, _ key: CaseKey) throws -> Measure {
        let id = row.text(0)
        return Measure(
            id: id, action: try key.open(row.bytes(1), as: .measure(id)),
            cause: try key.opened(row.bytes(2), as: .measureCause(id)), owner: row.text(3), dueOn: row.date(4),
            isMoved: row.bool(5), completedAt: row.timeOrNil(6),
            effect: try key.opened(row.bytesOrNil(7), as: .measureEffect(id)))
    }
}
