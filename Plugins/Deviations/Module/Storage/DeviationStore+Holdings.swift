import DeviationsCore
import Storage

/// Who has open cases: a handler, or, without one, the intake officers of a unit.
struct Holding: Sendable, Hashable {
    let handler: String?
    let unit: String
    /// True for cases that are kept from some, so that it has to be looked at each.
    let isKeptFromSome: Bool
}

extension DeviationStore {
    static func holdings(in reader: Reader) throws -> [Holding] {
        try reader.query(
            """
            SELECT DISTINCT handler, unit, CASE WHEN exclusions > 0 THEN 1 ELSE 0 END FROM deviations_case
            WHERE urgency < \(firstEndedUrgency) AND merged_into IS NULL AND key_id IS NOT NULL AND locked_to IS NULL
            """
        ) { Holding(handler: $0.textOrNil(0), unit: $0.text(1), isKeptFromSome: $0.bool(2)) }
    }

    /// The ids of the open cases held like this.
    static func ids(of holding: Holding, in reader: Reader) throws -> [String] {
        let held: SQL = holding.handler.map { "handler = \($0)" } ?? "handler IS NULL"
        let kept: SQL = holding.isKeptFromSome ? "exclusions > 0" : "exclusions = 0"
        return try reader.query(
            """
            SELECT uid FROM deviations_case WHERE unit = \(holding.unit) AND urgency < \(firstEndedUrgency)
                AND merged_into IS NULL AND key_id IS NOT NULL AND locked_to IS NULL AND \(held) AND \(kept) ORDER BY urgency, id
            """
        ) { $0.text(0) }
    }
}
