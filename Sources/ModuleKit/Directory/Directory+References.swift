public import EventKit
public import Storage

extension Directory {
    /// Adds a version of a reference. Those before stay: what was decided under them refers to them.
    public static func add(_ new: LegalReference, by person: String, at now: Timestamp, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO directory_reference (code, valid_from, nb, nn, en, added_by, added_at)
            VALUES (\(new.key.rawValue), \(new.validFrom), \(new.text.nb), \(new.text.nn), \(new.text.en), \(person), \(now))
            """)
        try changed(in: tx)
    }

    /// By code, the oldest first. `locked` lets nobody add to them until the transaction ends.
    public static func references(locked: Bool = false, in reader: Reader) throws -> [LegalReference] {
        // Whoever adds one counts the version on: it stands for all of them.
        if locked {
            _ = try reader.query("SELECT version FROM directory_version\(reader.dialect.forUpdate)") { $0.int64(0) }
        }
        return try reader.query(
            "SELECT code, valid_from, nb, nn, en FROM directory_reference ORDER BY code, valid_from"
        ) {
            LegalReference(
                key: LegalReference.Key(rawValue: $0.text(0)), validFrom: $0.date(1),
                text: Translated(nb: $0.text(2), nn: $0.text(3), en: $0.text(4)))
        }
    }
}
