import DeviationsCore
import EventKit
import Storage

/// Who stands behind a case, and what a message about it may say.
struct DeviationParties: Sendable {
    let id: String
    let number: CaseNumber
    let reporter: String
    let handler: String?
    let dueOn: CivilDate
    /// The unit it was first reported to.
    let reportedUnit: String
    /// Who alone has it, while it is on its way to whistleblowing.
    let lockedTo: String?
}

extension DeviationStore {
    /// The parties of the case with this id; nil when there is none.
    static func parties(of id: String, in reader: Reader) throws -> DeviationParties? {
        try reader.first(
            """
            SELECT id, received_at, reporter, handler, due_on, reported_unit, locked_to FROM deviations_case
            WHERE uid = \(id)
            """
        ) { row in
            DeviationParties(
                id: id, number: CaseNumber(key: row.int64(0), receivedAt: row.time(1)), reporter: row.text(2),
                handler: row.textOrNil(3),
                dueOn: row.date(4), reportedUnit: row.text(5), lockedTo: row.textOrNil(6))
        }
    }
}
