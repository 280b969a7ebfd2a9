import DeviationsCore
import EventKit
import Storage
import Vault

/// A report that is part of another case, as a list of them shows it.
struct MergedReport: Sendable, Hashable {
    /// The row's key.
    let key: Int64
    let id: String
    let reporter: String
    let receivedAt: Timestamp
    /// Empty until opened.
    var title = ""
}

extension DeviationStore {
    /// The reports that are part of the case with this key, the oldest first.
    static func reports(
        mergedInto caseKey: Int64, after: Int64 = 0, limit: Int = 1000, in reader: Reader
    ) throws -> [MergedReport] {
        try reader.query(
            """
            SELECT id, uid, reporter, received_at FROM deviations_case
            WHERE merged_into = \(caseKey) AND merged_into IS NOT NULL AND id > \(after) ORDER BY id LIMIT \(limit)
            """
        ) { MergedReport(key: $0.int64(0), id: $0.text(1), reporter: $0.text(2), receivedAt: $0.time(3)) }
    }

    /// The ids of the reports that are part of the case with this id.
    static func reports(mergedInto id: String, in reader: Reader) throws -> [String] {
        try reader.query(
            """
            SELECT report.uid FROM deviations_case report JOIN deviations_case main ON main.id = report.merged_into
            WHERE main.uid = \(id)
            """
        ) { $0.text(0) }
    }

    /// One report less is part of the case with this id.
    static func countOut(of main: String, in tx: Transaction) throws {
        try tx.execute("UPDATE deviations_case SET reports = reports - 1, version = version + 1 WHERE uid = \(main)")
    }

    /// Id and receipt of the deviation in the row with this key.
    static func named(by key: Int64, in reader: Reader) throws -> (id: String, receivedAt: Timestamp)? {
        try reader.first("SELECT uid, received_at FROM deviations_case WHERE id = \(key)") { ($0.text(0), $0.time(1)) }
    }

    /// Notes up to where the case's history went when the report became part of it: what came before is not its reporter's.
    static func noteMerging(_ report: String, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE deviations_case SET merged_after =
                (SELECT MAX(step.id) FROM deviations_entry step WHERE step.case_id = deviations_case.merged_into)
            WHERE uid = \(report)
            """)
    }

    /// The case's steps that concern all its reporters, since the report with this key became part of it. `key` is the case's.
    static func sharedTimeline(ofReport reportKey: Int64, by key: CaseKey, in reader: Reader) throws -> [TimelineEntry]
    {
        try reader.query(
            """
            SELECT e.kind, e.author, e.at, e.reference, e.date, e.text
            FROM deviations_case r JOIN deviations_entry e ON e.case_id = r.merged_into
            WHERE r.id = \(reportKey) AND e.id > r.merged_after AND e.is_private = 0
                AND (e.kind <> 'replied' OR e.reference IS NULL)
            ORDER BY e.id
            """
        ) { try entry($0, key) }
    }
}
