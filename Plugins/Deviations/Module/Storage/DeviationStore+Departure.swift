import DeviationsContract
import DeviationsCore
import EventKit
import Foundation
import ModuleKit
import Storage
import Vault

/// A case on its way to whistleblowing, and what waits for the moment when it is there.
struct LeavingCase: Sendable {
    let caseKey: Int64
    /// The vault's name for what is on its way; nil while nothing could be sealed.
    let handover: String?
    /// What the reporter will read, sealed by a key of its own.
    let farewell: SealedFarewell?
    /// What the deviation keeps; nil when all of it goes.
    let remainder: Resealed?
    /// The answer of triage for what the deviation keeps.
    let holdsSensitiveData: Bool
    /// How the officer confirmed it, for the audit trail.
    var way = AuditEntry.Way.page
    /// Whether the other side has it, and only those that go with it are waited for.
    var isTaken = false
}

/// A case without what is sealed: what can be said of it when nobody has its key.
struct PlainCase: Sendable {
    let key: Int64
    let keyID: CaseKey.ID?
    let version: Int
    let reporter: String
    let handler: String?
    let lockedTo: String?
    let isTriaged: Bool
    let facts: DeviationFacts
}

extension DeviationStore {
    /// Whether the case is there and not on its way to whistleblowing.
    static func isStaying(_ id: String, in reader: Reader) throws -> Bool {
        try reader.first("SELECT 1 FROM deviations_case WHERE uid = \(id) AND locked_to IS NULL") { $0.int(0) } != nil
    }

    /// Nobody else changes it until the transaction ends.
    static func plain(_ condition: SQL, in tx: Transaction) throws -> PlainCase? {
        try tx.first(
            """
            SELECT id, key_id, version, reporter, handler, locked_to, triage_deviation, uid, unit, campus, category,
                environment, status, received_at, due_on
            FROM deviations_case WHERE \(condition)\(tx.dialect.forUpdate)
            """
        ) { row in
            PlainCase(
                key: row.int64(0), keyID: row.bytesOrNil(1).flatMap { CaseKey.ID($0) }, version: row.int(2),
                reporter: row.text(3), handler: row.textOrNil(4), lockedTo: row.textOrNil(5),
                isTriaged: row.boolOrNil(6) != nil,
                facts: DeviationFacts(
                    id: row.text(7), unit: row.text(8), campus: row.text(9), category: row.text(10),
                    environment: row.text(11), status: row.text(12), receivedAt: row.time(13), dueOn: row.date(14)))
        }
    }

    /// Whether this officer has just sent the case that `taken`, `{case}/{path of the form}`, names to whistleblowing, and may still undo it.
    static func isLeaving(_ taken: String, by officer: String, in reader: Reader) throws -> Bool {
        let id = String(taken.prefix { $0 != "/" })
        return try reader.first("SELECT 1 FROM deviations_case WHERE uid = \(id) AND locked_to = \(officer)") { _ in
            true
        }
            ?? false
    }

    /// Gives a case to one intake officer alone, or back to all who may see it.
    static func lock(_ caseKey: Int64, to officer: String?, in tx: Transaction) throws {
        try tx.execute("UPDATE deviations_case SET locked_to = \(officer) WHERE id = \(caseKey)")
    }

    /// The case that leaves, by its own key or the vault's name for what is on its way.
    static func leaving(_ condition: SQL, in reader: Reader) throws -> LeavingCase? {
        try allLeaving(condition, in: reader).first
    }

    /// The case with this key, if it leaves, and the reports that leave with it.
    static func leaving(with main: Int64, in reader: Reader) throws -> [LeavingCase] {
        try allLeaving(
            """
            case_id IN (SELECT id FROM deviations_case WHERE id = \(main) OR merged_into = \(main)) ORDER BY case_id
            """, in: reader)
    }

    /// The key of the case that the one with this key is part of; its own when it is part of none.
    static func mainKey(of caseKey: Int64, in reader: Reader) throws -> Int64 {
        try reader.first("SELECT COALESCE(merged_into, id) FROM deviations_case WHERE id = \(caseKey)") { $0.int64(0) }
            ?? caseKey
    }

    static func noteTaken(_ handover: String, in tx: Transaction) throws {
        try tx.execute("UPDATE deviations_leaving SET is_taken = 1 WHERE handover = \(handover)")
    }

    private static func allLeaving(_ condition: SQL, in reader: Reader) throws -> [LeavingCase] {
        try reader.query(
            """
            SELECT case_id, handover, farewell_key, farewell, reporter, remainder, is_sensitive, is_taken, way
            FROM deviations_leaving WHERE \(condition)
            """
        ) { row in
            var farewell: SealedFarewell?
            if let key = row.bytesOrNil(2).flatMap({ CaseKey.ID($0) }), let sealed = row.bytesOrNil(3),
                let reporter = row.textOrNil(4)
            {
                farewell = SealedFarewell(reporter: reporter, key: key, sealed: sealed)
            }
            return LeavingCase(
                caseKey: row.int64(0), handover: row.textOrNil(1), farewell: farewell,
                remainder: try row.bytesOrNil(5).map { try JSONDecoder().decode(Resealed.self, from: Data($0)) },
                holdsSensitiveData: row.bool(6), way: row.text(8), isTaken: row.bool(7))
        }
    }

    static func put(_ leaving: LeavingCase, in tx: Transaction) throws {
        let remainder = try leaving.remainder.map { [UInt8](try JSONEncoder().encode($0)) }
        try tx.execute("DELETE FROM deviations_leaving WHERE case_id = \(leaving.caseKey) AND handover IS NULL")
        try tx.execute(
            """
            INSERT INTO deviations_leaving (case_id, handover, farewell_key, farewell, reporter, remainder, is_sensitive, way)
            VALUES (\(leaving.caseKey), \(leaving.handover), \(leaving.farewell?.key), \(leaving.farewell?.sealed),
                \(leaving.farewell?.reporter), \(remainder), \(leaving.holdsSensitiveData), \(leaving.way))
            """)
    }

    static func removeLeaving(_ caseKey: Int64, in tx: Transaction) throws {
        try tx.execute("DELETE FROM deviations_leaving WHERE case_id = \(caseKey)")
    }

    /// What triage answers for what is left of a parted report.
    static func setTriage(_ caseKey: Int64, _ triage: Triage, by officer: String, at now: Timestamp, in tx: Transaction)
        throws
    {
        try tx.execute(
            """
            UPDATE deviations_case SET triage_deviation = \(triage.isDeviation),
                triage_sensitive = \(triage.holdsSensitiveData)
            WHERE id = \(caseKey)
            """)
        try tx.execute(
            """
            INSERT INTO deviations_entry (case_id, kind, author, at, is_private, text)
            VALUES (\(caseKey), \(TimelineEntry.Kind.triaged.rawValue), \(officer), \(now), 1, \([UInt8]()))
            """)
    }

    /// Leaves nothing of the case but its number, its dates and that it was outside the scope.
    static func empty(_ caseKey: Int64, at now: Timestamp, in tx: Transaction) throws {
        try removeContent(ofCase: caseKey, in: tx)
        // The place among ended cases, as `urgency(of:)` has it.
        let urgency = endedUrgency(now)
        try tx.execute(
            """
            UPDATE deviations_case SET version = 0, unit = '', campus = '', category = '', environment = '',
                status = 'rejected', reporter = '', handler = NULL, expected_on = NULL, urgency = \(urgency),
                ended_at = \(now), forwardings = 0, triage_deviation = NULL, triage_sensitive = NULL,
                reported_unit = '', occurred_on = NULL, threshold = NULL, channels_which = NULL,
                ending = \(Ending.outsideScope.rawValue), withdrawn_on = NULL, goes_on = 0, locked_to = NULL,
                merged_into = NULL, reports = 1, exclusions = 0
            WHERE id = \(caseKey)
            """)
    }

    /// Removes all that anybody wrote, and what points at people; what else a case is counted by stays, and from how many it was kept.
    static func removeContent(ofCase caseKey: Int64, in tx: Transaction) throws {
        try tx.execute(
            """
            DELETE FROM deviations_reminder WHERE subject IN (SELECT uid FROM deviations_case WHERE id = \(caseKey)
                UNION SELECT uid FROM deviations_measure WHERE case_id = \(caseKey))
            """)
        try removeFiles(ofCase: caseKey, in: tx)
        try SummaryStore.remove(ofCase: caseKey, in: tx)
        try tx.execute("DELETE FROM deviations_entry WHERE case_id = \(caseKey)")
        try tx.execute("DELETE FROM deviations_measure WHERE case_id = \(caseKey)")
        try removeStanding(ofCase: caseKey, in: tx)
        try search.remove(caseKey, in: tx)
        try tx.execute(
            """
            UPDATE deviations_case SET key_id = NULL, title = NULL, description = NULL, channels_text = NULL,
                cause_what = NULL, cause_why = NULL, cause_prevention = NULL, outcome = NULL
            WHERE id = \(caseKey)
            """)
    }

    /// Takes the person's name off the steps and files of a case.
    static func forget(_ person: String, inCase caseKey: Int64, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE deviations_entry SET author = \(Deviation.nobody) WHERE case_id = \(caseKey) AND author = \(person)
            """)
        try tx.execute(
            """
            UPDATE deviations_file SET author = \(Deviation.nobody) WHERE case_id = \(caseKey) AND author = \(person)
            """)
    }

    /// Remembers that a deviation was not followed up, by a token that tells nobody which.
    ///
    /// - Returns: false when that is known already.
    static func remember(escalation token: String, in tx: Transaction) throws -> Bool {
        try tx.execute("INSERT INTO deviations_escalation (token) VALUES (\(token)) ON CONFLICT (token) DO NOTHING")
            == 1
    }

    static func isKnown(escalation token: String, in reader: Reader) throws -> Bool {
        try reader.first("SELECT 1 FROM deviations_escalation WHERE token = \(token)") { $0.int(0) } != nil
    }
}
