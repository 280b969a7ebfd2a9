public import DeviationsCore
import EventKit
public import Storage
public import Vault

extension DeviationStore {
    /// Adds a step to the history of the case with this key.
    public static func add(_ entry: TimelineEntry, toCase caseKey: Int64, by key: CaseKey, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO deviations_entry (case_id, kind, author, at, is_private, reference, date, text)
            VALUES (\(caseKey), \(entry.kind.rawValue), \(entry.author), \(entry.at), \(entry.kind.isPrivate),
                \(entry.reference), \(entry.date), \(key.sealed(entry.text, as: .entry)))
            """)
    }

    /// The same with what its rows are called, for who seals them anew.
    static func timelineRows(ofCase caseKey: Int64, by key: CaseKey, in reader: Reader) throws -> [(
        id: Int64, entry: TimelineEntry
    )] {
        let ids = try reader.query("SELECT id FROM deviations_entry WHERE case_id = \(caseKey) ORDER BY id") {
            $0.int64(0)
        }
        let entries = try timeline(ofCase: caseKey, by: key, forReporter: false, in: reader)
        return zip(ids, entries).map { ($0, $1) }
    }

    /// The history of a case, oldest step first; without what is private when it is for the reporter.
    public static func timeline(ofCase caseKey: Int64, by key: CaseKey, forReporter: Bool, in reader: Reader) throws
        -> [TimelineEntry]
    {
        let shown: SQL = forReporter ? " AND is_private = 0" : ""
        return try reader.query(
            """
            SELECT kind, author, at, reference, date, text FROM deviations_entry
            WHERE case_id = \(caseKey)\(shown) ORDER BY id
            """
        ) { try entry($0, key) }
    }

    static func entry(_ row: Row, _ key: CaseKey) throws -> TimelineEntry {
        TimelineEntry(
            try known(row.text(0)), by: row.text(1), at: row.time(2), text: try key.opened(row.bytes(5), as: .entry),
            reference: row.textOrNil(3), date: row.dateOrNil(4))
    }
}
