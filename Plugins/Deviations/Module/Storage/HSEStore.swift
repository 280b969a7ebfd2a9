import DeviationsCore
import EventKit
import Storage

/// A reference as it is stored.
struct StoredHSE: Sendable, Hashable {
    let deviation: HSEDeviation
    let version: Int
}

/// The references to HSE deviations that touch students.
enum HSEStore {
    static func load(_ reference: String, in reader: Reader) throws -> StoredHSE? {
        try reader.first(
            """
            SELECT reference, reported_on, unit, campus, environment, is_open, version
            FROM deviations_hse WHERE reference = \(reference)
            """
        ) { row in
            StoredHSE(
                deviation: HSEDeviation(
                    reference: row.text(0), reportedOn: row.date(1), unit: row.text(2), campus: row.text(3),
                    environment: Environment(rawValue: row.text(4)) ?? .physical, isOpen: row.bool(5)),
                version: row.int(6))
        }
    }

    /// What came of a reference.
    enum Outcome: Sendable, Hashable { case new, changed, unchanged }

    /// Stores a reference, or what it has become.
    ///
    /// - Parameter mayChange: asked with what stands there, before it is changed.
    static func put(
        _ deviation: HSEDeviation, by person: String, at now: Timestamp, in tx: Transaction,
        mayChange: (StoredHSE) throws -> Void = { _ in }
    ) throws -> Outcome {
        let added = try tx.execute(
            """
            INSERT INTO deviations_hse (reference, version, reported_on, counts_on, unit, campus, environment, is_open,
                changed_by, changed_at)
            VALUES (\(deviation.reference), 1, \(deviation.reportedOn), \(try countsOn(deviation.reportedOn, in: tx)),
                \(deviation.unit), \(deviation.campus), \(deviation.environment.rawValue), \(deviation.isOpen ? 1 : 0),
                \(person), \(now))
            ON CONFLICT (reference) DO NOTHING
            """)
        if added == 1 { return .new }
        guard let stored = try load(deviation.reference, in: tx) else { return .unchanged }
        try mayChange(stored)
        if stored.deviation == deviation { return .unchanged }
        // One that has been counted stays where it was counted.
        let open = try countsOn(deviation.reportedOn, in: tx)
        let updated = try tx.execute(
            """
            UPDATE deviations_hse SET version = version + 1, reported_on = \(deviation.reportedOn),
                counts_on = CASE WHEN counts_on <= (SELECT COALESCE(MAX(ends_on), '') FROM deviations_counted)
                    THEN counts_on ELSE \(open) END,
                unit = \(deviation.unit), campus = \(deviation.campus),
                environment = \(deviation.environment.rawValue), is_open = \(deviation.isOpen ? 1 : 0),
                changed_by = \(person), changed_at = \(now)
            WHERE reference = \(deviation.reference) AND version = \(stored.version)
            """)
        guard updated == 1 else { throw DeviationStoreError.changedMeanwhile(version: stored.version) }
        return .changed
    }

    /// Takes a reference back.
    ///
    /// - Throws: `DeviationStoreError.changedMeanwhile` if it has another version.
    static func remove(_ reference: String, ifVersion version: Int, in tx: Transaction) throws {
        let removed = try tx.execute(
            "DELETE FROM deviations_hse WHERE reference = \(reference) AND version = \(version)")
        if removed == 0 { throw DeviationStoreError.changedMeanwhile(version: 0) }
    }

    /// How many there are of `units`.
    static func total(of units: Set<String>, in reader: Reader) throws -> Int {
        try reader.first("SELECT COUNT(*) FROM deviations_hse WHERE unit IN (\(SQL.list(units.sorted())))") {
            $0.int(0)
        }
            ?? 0
    }

    /// The day by which one reported on `day` is counted: in its own time, or the first that has not been counted yet.
    private static func countsOn(_ day: CivilDate, in reader: Reader) throws -> CivilDate {
        let last = try reader.first("SELECT MAX(ends_on) FROM deviations_counted") { $0.dateOrNil(0) } ?? nil
        return max(day, last?.adding(days: 1) ?? day)
    }
}
