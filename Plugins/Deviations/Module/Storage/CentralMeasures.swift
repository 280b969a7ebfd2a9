import DeviationsCore
import EventKit
import Storage

/// The measures that the education quality department owns.
enum CentralMeasures {
    /// Those to be done first, the most urgent first; at most 200.
    static func list(in reader: Reader) throws -> [OwnMeasure] {
        try reader.query(
            "\(columns) ORDER BY CASE WHEN completed_at IS NULL THEN 0 ELSE 1 END, due_on, uid LIMIT 200", measure)
    }

    static func load(_ id: String, locked: Bool = false, in reader: Reader) throws -> OwnMeasure? {
        let lock = locked ? reader.dialect.forUpdate : ""
        return try reader.first("\(columns) WHERE uid = \(id)\(lock)", measure)
    }

    /// - Throws: `DeviationError`.
    static func take(
        _ act: MeasureAct, on id: String, _ effect: String, at now: Timestamp, in tx: Transaction
    ) throws {
        guard let own = try load(id, locked: true, in: tx) else { throw DeviationError.unknownMeasure }
        let measure =
            switch act {
            case .completion: try own.measure.completed(effect: effect, at: now)
            case .effect: try own.measure.checked(effect: effect)
            }
        try put(OwnMeasure(measure: measure, unit: own.unit, isCentral: true), in: tx)
    }

    /// Stores a new one, or what one has become.
    static func put(_ own: OwnMeasure, in tx: Transaction) throws {
        let measure = own.measure
        try tx.execute(
            """
            INSERT INTO deviations_central_measure (uid, unit, action, cause, due_on, completed_at, effect, started_by)
            VALUES (\(measure.id), \(own.unit), \(measure.action), \(measure.cause), \(measure.dueOn),
                \(measure.completedAt), \(measure.effect), \(measure.owner))
            ON CONFLICT (uid) DO UPDATE SET completed_at = excluded.completed_at, effect = excluded.effect
            """)
    }

    private static let columns: SQL = """
        SELECT uid, unit, action, cause, due_on, completed_at, effect, started_by FROM deviations_central_measure
        """

    private static func measure(_ row: Row) -> OwnMeasure {
        OwnMeasure(
            measure: Measure(
                id: row.text(0), action: row.text(2), cause: row.text(3), owner: row.text(7), dueOn: row.date(4),
                completedAt: row.timeOrNil(5), effect: row.textOrNil(6)),
            unit: row.text(1), isCentral: true)
    }
}
