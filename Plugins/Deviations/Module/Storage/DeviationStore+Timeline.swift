public import DeviationsCore
import EventKit
public import Storage

extension DeviationStore {
    /// Adds a step to the history of the case with this key.
    public static func add(_ entry: TimelineEntry, toCase key: Int64, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO deviations_entry (case_id, kind, author, at, is_private, reference, date, text)
            VALUES (\(key), \(entry.kind.rawValue), \(entry.author), \(entry.at), \(entry.kind.isPrivate),
                \(entry.reference), \(entry.date), \(entry.text))
            """)
    }

    /// The history of a case, oldest step first; without what is private when it is for the reporter.
    public static func timeline(ofCase key: Int64, forReporter: Bool, in reader: Reader) throws -> [TimelineEntry] {
        let shown: SQL = forReporter ? " AND is_private = 0" : ""
        return try reader.query(
            """
            SELECT kind, author, at, reference, date, text FROM deviations_entry
            WHERE case_id = \(key)\(shown) ORDER BY id
            """
        ) { row in
            TimelineEntry(
                try known(row.text(0)), by: row.text(1), at: row.time(2), text: row.text(5),
                reference: row.textOrNil(3),
                date: row.dateOrNil(4))
        }
    }
}
