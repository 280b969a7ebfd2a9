import DeviationsCore
import Storage

/// Who has open cases: a handler, or, without one, the intake officers of a unit.
extension DeviationStore {
    /// Everybody who handles an open case.
    static func handlers(in reader: Reader) throws -> [String] {
        try reader.query(
            """
            SELECT DISTINCT handler FROM deviations_case
            WHERE handler IS NOT NULL AND merged_into IS NULL AND urgency < \(firstEndedUrgency)
            """
        ) { $0.text(0) }
    }

    /// The ids of the open cases that somebody of `handlers` has, and of those without a handler that belong to one of
    /// `units`, or that are kept from an intake officer whom one of `tokens` stands for.
    static func openCases(
        of handlers: [String], units: [String], keptFrom tokens: [String], in reader: Reader
    ) throws -> [String] {
        let open: SQL = """
            merged_into IS NULL AND urgency < \(firstEndedUrgency) AND key_id IS NOT NULL AND locked_to IS NULL
            """
        return try reader.query(
            """
            SELECT uid FROM deviations_case WHERE \(open) AND handler IN (\(SQL.list(handlers)))
            UNION SELECT uid FROM deviations_case
                WHERE \(open) AND handler IS NULL AND unit IN (\(SQL.list(units)))
            UNION SELECT uid FROM deviations_case WHERE \(open) AND handler IS NULL
                AND id IN (SELECT case_id FROM deviations_exclusion WHERE token IN (\(SQL.list(tokens))))
            """
        ) { $0.text(0) }
    }
}
