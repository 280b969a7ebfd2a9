import DeviationsCore
import EventKit
import ModuleKit
import Storage

/// Who stands behind a case, and what a message about it may say.
struct DeviationParties: Sendable {
    let key: Int64
    let id: String
    let receivedAt: Timestamp
    let reporter: String
    let handler: String?
    let dueOn: CivilDate
    /// The unit that has it.
    let unit: String
    /// The unit it was first reported to.
    let reportedUnit: String
    /// True while somebody has to do something.
    let isOpen: Bool
    /// Who alone has it, while it is on its way to whistleblowing.
    let lockedTo: String?
    /// Whether other reports are part of it.
    let hasOthers: Bool
    /// Whom it is kept from, as tokens.
    let excluded: Set<String>
}

extension DeviationStore {
    /// The parties of the case with this id; nil when there is none.
    static func parties(of id: String, in reader: Reader) throws -> DeviationParties? {
        try reader.first(
            """
            SELECT id, received_at, reporter, handler, due_on, unit, reports, exclusions,
                reported_unit, locked_to, status, withdrawn_on
            FROM deviations_case
            WHERE uid = \(id)
            """
        ) { row in
            DeviationParties(
                key: row.int64(0), id: id, receivedAt: row.time(1), reporter: row.text(2), handler: row.textOrNil(3),
                dueOn: row.date(4), unit: row.text(5), reportedUnit: row.text(8),
                isOpen: ["received", "assigned"].contains(row.text(10)), lockedTo: row.textOrNil(9),
                hasOthers: row.int(6) > (row.dateOrNil(11) == nil ? 1 : 0),
                excluded: row.int(7) == 0 ? [] : try excludedTokens(ofCase: row.int64(0), in: reader))
        }
    }

    /// Those of these cases that the person has not reported, and whether they are kept from somebody.
    static func listed(_ ids: [String], butBy person: String, in reader: Reader) throws -> [(id: String, isKept: Bool)]
    {
        try reader.query(
            "SELECT uid, exclusions FROM deviations_case WHERE uid IN (\(SQL.list(ids))) AND reporter <> \(person)"
        ) { ($0.text(0), $0.int(1) > 0) }
    }

    /// The parties of the case with this id, or of the one that it is part of.
    static func mainParties(of id: String, in reader: Reader) throws -> DeviationParties? {
        let main = try reader.first(
            """
            SELECT main.uid FROM deviations_case part JOIN deviations_case main ON main.id = part.merged_into
            WHERE part.uid = \(id)
            """
        ) { $0.text(0) }
        return try parties(of: main ?? id, in: reader)
    }

    /// Ids of those with a role who must not be told of the case.
    static func excluded(
        from parties: DeviationParties, _ chart: OrganisationChart, _ now: Timestamp, _ token: (String) -> String
    ) -> Set<String> {
        if parties.excluded.isEmpty { return [] }
        let officers = Candidates(chart: chart, now: now).everybodyWithRole
        return Set(officers.filter { parties.excluded.contains(token($0)) })
    }

    private static func excludedTokens(ofCase caseKey: Int64, in reader: Reader) throws -> Set<String> {
        Set(
            try reader.query(
                "SELECT token FROM deviations_exclusion WHERE case_id = \(caseKey) AND token IS NOT NULL"
            ) { $0.text(0) })
    }
}
