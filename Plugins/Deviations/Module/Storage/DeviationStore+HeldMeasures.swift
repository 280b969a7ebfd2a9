import Storage

/// An unfinished measure and who has it.
struct HeldMeasure: Sendable, Hashable {
    let measure: String
    let owner: String
    /// Id of its case.
    let deviation: String
    /// True when its case is kept from some, so that it has to be looked at.
    let isKeptFromSome: Bool
}

extension DeviationStore {
    static func heldMeasures(in reader: Reader) throws -> [HeldMeasure] {
        try reader.query(
            """
            SELECT m.uid, m.owner, c.uid,
                CASE WHEN EXISTS (SELECT 1 FROM deviations_exclusion e WHERE e.case_id = c.id) THEN 1 ELSE 0 END
            FROM deviations_measure m JOIN deviations_case c ON c.id = m.case_id
            WHERE m.completed_at IS NULL AND c.key_id IS NOT NULL AND c.locked_to IS NULL ORDER BY m.id
            """
        ) { HeldMeasure(measure: $0.text(0), owner: $0.text(1), deviation: $0.text(2), isKeptFromSome: $0.bool(3)) }
    }
}
