import EventKit
import Storage
import Vault
import WhistleblowingCore

/// Whistleblows in the database. Every function works within the transaction of its caller.
enum WhistleblowStore {
    /// Stores a new case.
    ///
    /// - Parameters:
    ///   - code: token of its receipt code.
    ///   - reporter: token of the person who reported by name.
    /// - Returns: false when there is one with this id; then nothing is changed.
    static func insert(_ change: Change, key: CaseKey, code: String?, reporter: String?, in tx: Transaction) throws
        -> Bool
    {
        let whistleblow = change.whistleblow
        let sealed = try Seal.close(whistleblow.content, by: key, at: Seal.content(whistleblow.id))
        let rows = try tx.execute(
            """
            INSERT INTO whistleblowing_case (id, version, campus, key_id, state, received_on, news, code, reporter, sealed)
            VALUES (\(whistleblow.id), 1, \(whistleblow.campus), \(key.id), \(whistleblow.state.rawValue), \(whistleblow.receivedOn),
                \(News.new.rawValue), \(code), \(reporter), \(sealed))
            ON CONFLICT (id) DO NOTHING
            """)
        if rows == 1 { try add(change.entries, to: whistleblow.id, key, tx) }
        return rows == 1
    }

    /// Stores what a case has become, and what was said.
    static func save(_ change: Change, over stored: StoredWhistleblow, news: News, in tx: Transaction) throws {
        let changed = change.whistleblow
        let sealed = try Seal.close(changed.content, by: stored.key, at: Seal.content(changed.id))
        try tx.execute(
            """
            UPDATE whistleblowing_case SET version = \(stored.version + 1), state = \(changed.state.rawValue),
                acknowledged_on = \(changed.acknowledgedOn), feedback_on = \(changed.feedbackOn),
                concluded_on = \(changed.concludedOn), delete_on = \(changed.deleteOn), news = \(news.rawValue), sealed = \(sealed)
            WHERE id = \(changed.id)
            """)
        try add(change.entries, to: changed.id, stored.key, tx)
    }

    private static func add(_ entries: [Entry], to id: String, _ key: CaseKey, _ tx: Transaction) throws {
        let last =
            try tx.first("SELECT max(number) FROM whistleblowing_entry WHERE case_id = \(id)") { $0.intOrNil(0) ?? 0 }
            ?? 0
        for (index, entry) in entries.enumerated() {
            let number = last + index + 1
            let sealed = try Seal.close(entry, by: key, at: Seal.entry(id, number))
            try tx.execute(
                "INSERT INTO whistleblowing_entry (case_id, number, sealed) VALUES (\(id), \(number), \(sealed))")
        }
    }

    /// The case with this id; `locked` keeps others from changing it until the transaction ends.
    static func load(_ id: String, locked: Bool = false, in reader: Reader) throws -> SealedWhistleblow? {
        let lock = locked ? reader.dialect.forUpdate : ""
        return try reader.first("\(columns) WHERE id = \(id)" + lock, row)
    }

    /// The keys of anonymous cases that no keeper has acknowledged.
    static let keysOfUnseen: SQL =
        "SELECT key_id FROM whistleblowing_case WHERE code IS NOT NULL AND state = 'received'"

    /// Whether a case is sealed by this key.
    static func isUsed(_ key: CaseKey.ID, in reader: Reader) throws -> Bool {
        try reader.first("SELECT 1 FROM whistleblowing_case WHERE key_id = \(key)") { $0.int(0) } != nil
    }

    /// The case whose receipt code has this token.
    static func load(code: String, in reader: Reader) throws -> SealedWhistleblow? {
        try reader.first("\(columns) WHERE code = \(code)", row)
    }

    /// The cases that the person with this token has reported by name.
    static func load(reporter: String, in reader: Reader) throws -> [SealedWhistleblow] {
        try reader.query("\(columns) WHERE reporter = \(reporter) ORDER BY received_on DESC, id", row)
    }

    /// Up to `limit` cases in one of these states, the oldest first, after the one given.
    static func list(
        _ states: [State], after: (day: CivilDate, id: String)?, limit: Int, in reader: Reader
    ) throws -> [SealedWhistleblow] {
        let start: SQL = after.map { "AND (received_on, id) > (\($0.day), \($0.id))" } ?? ""
        return try reader.query(
            "\(columns) WHERE state IN (\(SQL.list(states.map(\.rawValue)))) \(start) ORDER BY received_on, id LIMIT \(limit)",
            row)
    }

    /// What was said and done in a case, in order.
    static func entries(of id: String, key: CaseKey, in reader: Reader) throws -> [Entry] {
        try reader.query("SELECT number, sealed FROM whistleblowing_entry WHERE case_id = \(id) ORDER BY number") {
            row in
            try Seal.open(row.bytes(1), as: Entry.self, by: key, at: Seal.entry(id, row.int(0)))
        }
    }

    static func setNews(_ news: News, of id: String, from old: News, in tx: Transaction) throws {
        try tx.execute(
            "UPDATE whistleblowing_case SET news = \(news.rawValue) WHERE id = \(id) AND news = \(old.rawValue)")
    }

    /// Cases that are to be deleted by the end of `today`, locked.
    static func due(on today: CivilDate, in tx: Transaction) throws -> [SealedWhistleblow] {
        try tx.query("\(columns) WHERE delete_on <= \(today) ORDER BY delete_on LIMIT 100" + tx.dialect.forUpdate, row)
    }

    static func delete(_ id: String, in tx: Transaction) throws {
        try tx.execute("DELETE FROM whistleblowing_entry WHERE case_id = \(id)")
        try tx.execute("DELETE FROM whistleblowing_case WHERE id = \(id)")
    }

    private static let columns: SQL = """
        SELECT id, version, campus, key_id, state, received_on, acknowledged_on, feedback_on, concluded_on, delete_on, news, sealed
        FROM whistleblowing_case
        """

    private static func row(_ row: Row) throws -> SealedWhistleblow {
        guard let key = CaseKey.ID(row.bytes(3)), let state = State(rawValue: row.text(4)),
            let news = News(rawValue: row.text(10))
        else {
            throw StorageError(.other, "a row of whistleblowing_case has values that this version does not know")
        }
        return SealedWhistleblow(
            id: row.text(0), campus: row.text(2), version: row.int(1), keyID: key, state: state,
            receivedOn: row.date(5),
            acknowledgedOn: row.dateOrNil(6), feedbackOn: row.dateOrNil(7), concludedOn: row.dateOrNil(8),
            deleteOn: row.dateOrNil(9),
            news: news, sealed: row.bytes(11))
    }
}
