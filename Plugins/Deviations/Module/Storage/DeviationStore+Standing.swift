import DeviationsCore
import EventKit
import Storage
import Vault

/// Whom a case is kept from, which reports are part of it, and how often it was handled.
extension DeviationStore {
    /// Read after `allColumns`.
    static let standingColumns = """
        (SELECT main.uid FROM deviations_case main WHERE main.id = deviations_case.merged_into), reports, exclusions, \
        reopenings, round_started_at, left_units, decided_centrally, is_on_behalf, recipient, kept_on
        """

    /// Reads `standingColumns`, which begin at `start`. Returns what of the case other tables have.
    static func readStanding(
        _ row: Row, from start: Int, into deviation: inout Deviation
    ) -> (exclusions: Int, rounds: Int, isOnBehalf: Bool) {
        deviation.mergedInto = row.textOrNil(start)
        deviation.reports = row.int(start + 1)
        deviation.roundStartedAt = row.timeOrNil(start + 4)
        deviation.leftUnits = Set(row.text(start + 5).split(separator: " ").map(String.init))
        deviation.isDecidedCentrally = row.bool(start + 6)
        deviation.recipient = row.textOrNil(start + 8)
        deviation.keptOn = row.dateOrNil(start + 9)
        return (row.int(start + 2), row.int(start + 3), row.bool(start + 7))
    }

    static func exclusions(ofCase caseKey: Int64, by key: CaseKey, in reader: Reader) throws -> [Exclusion] {
        try reader.query("SELECT ground, token, who FROM deviations_exclusion WHERE case_id = \(caseKey) ORDER BY id") {
            row in
            let who = try key.open(row.bytes(2), as: .exclusion)
            let ground: Exclusion.Ground = try known(row.text(0))
            return row.textOrNil(1) == nil ? Exclusion(ground, name: who) : Exclusion(ground, person: who)
        }
    }

    static func rounds(ofCase caseKey: Int64, in reader: Reader) throws -> [Round] {
        try reader.query(
            "SELECT started_at, ended_at FROM deviations_round WHERE case_id = \(caseKey) ORDER BY number"
        ) { Round(startedAt: $0.time(0), endedAt: $0.time(1)) }
    }

    /// Stores where `changed` differs from `known` in all this, and lets the reports that are part of it follow.
    static func saveStanding(
        _ changed: Deviation, over known: Deviation, _ caseKey: Int64, by key: CaseKey, _ token: (String) -> String,
        in tx: Transaction
    ) throws {
        let added = changed.exclusions.filter { !known.exclusions.contains($0) }
        try add(added, toCase: caseKey, by: key, token, in: tx)
        for (index, round) in changed.rounds.enumerated().dropFirst(known.rounds.count) {
            try tx.execute(
                """
                INSERT INTO deviations_round (case_id, number, started_at, ended_at)
                VALUES (\(caseKey), \(index + 1), \(round.startedAt), \(round.endedAt))
                """)
        }
        if changed.standingColumns != known.standingColumns || changed.mergedInto != known.mergedInto {
            try tx.execute(
                """
                UPDATE deviations_case SET reports = \(changed.reports), reopenings = \(changed.reopenings),
                    round_started_at = \(changed.roundStartedAt),
                    left_units = \(changed.leftUnits.sorted().joined(separator: " ")),
                    decided_centrally = \(changed.isDecidedCentrally), recipient = \(changed.recipient),
                    kept_on = \(changed.keptOn),
                    merged_into = (SELECT main.id FROM deviations_case main WHERE main.uid = \(changed.mergedInto))
                WHERE id = \(caseKey)
                """)
        }
        if changed.hasOthers { try letFollow(changed, caseKey, in: tx) }
    }

    /// Keeps people from the case with this key, beside those it is kept from already.
    static func add(
        _ exclusions: [Exclusion], toCase caseKey: Int64, by key: CaseKey, _ token: (String) -> String,
        in tx: Transaction
    ) throws {
        if exclusions.isEmpty { return }
        for exclusion in exclusions {
            let isKnown = !exclusion.person.isEmpty
            let who = try key.seal(isKnown ? exclusion.person : exclusion.name, as: .exclusion)
            try tx.execute(
                """
                INSERT INTO deviations_exclusion (case_id, ground, token, who)
                VALUES (\(caseKey), \(exclusion.ground.rawValue), \(isKnown ? token(exclusion.person) : nil), \(who))
                """)
        }
        try tx.execute(
            "UPDATE deviations_case SET exclusions = exclusions + \(exclusions.count) WHERE id = \(caseKey)")
    }

    /// Puts what is sealed anew in the place of what was, row by row.
    static func reseal(_ exclusions: [[UInt8]], inCase caseKey: Int64, in tx: Transaction) throws {
        let rows = try tx.query("SELECT id FROM deviations_exclusion WHERE case_id = \(caseKey) ORDER BY id") {
            $0.int64(0)
        }
        for (row, who) in zip(rows, exclusions) {
            try tx.execute("UPDATE deviations_exclusion SET who = \(who) WHERE id = \(row)")
        }
    }

    /// Whether the case with this key is kept from the person with this token.
    static func isKept(_ caseKey: Int64, from token: String, in reader: Reader) throws -> Bool {
        try reader.first(
            "SELECT 1 FROM deviations_exclusion WHERE token = \(token) AND case_id = \(caseKey)"
        ) { $0.int(0) } != nil
    }

    /// Removes whom the case was kept from, who was asked in it, and its rounds.
    static func removeStanding(ofCase caseKey: Int64, in tx: Transaction) throws {
        try tx.execute("DELETE FROM deviations_exclusion WHERE case_id = \(caseKey)")
        try tx.execute("DELETE FROM deviations_round WHERE case_id = \(caseKey)")
        try removeConsultations(ofCase: caseKey, in: tx)
        try removeMasks(ofCase: caseKey, in: tx)
        try removeBehalf(ofCase: caseKey, in: tx)
        try tx.execute(
            """
            UPDATE deviations_case SET reopenings = 0, round_started_at = NULL, left_units = '',
                decided_centrally = 0, merged_after = NULL, recipient = NULL, kept_on = NULL
            WHERE id = \(caseKey)
            """)
    }

    private static func letFollow(_ main: Deviation, _ caseKey: Int64, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE deviations_case SET version = version + 1, unit = \(main.unit), status = \(main.status.rawValue),
                handler = \(main.handler), expected_on = \(main.expectedOn), urgency = \(urgency(of: main)),
                ended_at = \(main.endedAt)
            WHERE merged_into = \(caseKey)
            """)
    }
}

extension Deviation {
    /// What `saveStanding` writes into the case's own row.
    fileprivate var standingColumns: [String] {
        ["\(reports)", "\(reopenings)", "\(isDecidedCentrally)", recipient ?? "", keptOn?.description ?? ""]
            + leftUnits.sorted()
    }
}
