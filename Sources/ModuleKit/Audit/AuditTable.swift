public import EventKit
public import Storage

/// The trail's lines as they lie in the database.
public enum AuditTable {
    /// What the first line is tied to.
    public static let beginning = String(repeating: "0", count: 64)
    private static let atOnce = 500

    public static let migrations = [
        Migration(module: "audit", number: 1, name: "trail, chain and anchors") { d in
            [
                // A line has no position, and is tied to nothing, until the host has chained it.
                """
                CREATE TABLE audit_entry (
                  id \(d.identity), at \(d.bigint) NOT NULL, actor \(d.text), act TEXT NOT NULL, object \(d.text) NOT NULL,
                  way TEXT NOT NULL, is_look INTEGER NOT NULL CHECK (is_look IN (0, 1)),
                  position \(d.bigint) UNIQUE, previous TEXT, hash TEXT,
                  CHECK ((position IS NULL) = (hash IS NULL) AND (position IS NULL) = (previous IS NULL)))
                """,
                "CREATE INDEX audit_entry_unchained ON audit_entry (id) WHERE position IS NULL",
                "CREATE INDEX audit_entry_at ON audit_entry (at, id)",
                "CREATE INDEX audit_entry_object ON audit_entry (object, at, id)",
                "CREATE INDEX audit_entry_actor ON audit_entry (actor, at, id)",
                // Where the chain begins and ends; its row is also what hosts wait for.
                """
                CREATE TABLE audit_chain (
                  id INTEGER PRIMARY KEY CHECK (id = 1), base_position \(d.bigint) NOT NULL, base_hash TEXT NOT NULL,
                  position \(d.bigint) NOT NULL, hash TEXT NOT NULL)
                """,
                """
                INSERT INTO audit_chain (id, base_position, base_hash, position, hash)
                VALUES (1, 0, '\(beginning)', 0, '\(beginning)')
                """,
                "CREATE TABLE audit_anchor (day TEXT PRIMARY KEY, position \(d.bigint) NOT NULL, hash TEXT NOT NULL)",
                // From whom an object is kept, as a keyed token.
                "CREATE TABLE audit_kept (object \(d.text) NOT NULL, person TEXT NOT NULL, PRIMARY KEY (object, person))",
            ]
        }
    ]

    static func insert(_ entries: [AuditEntry], in tx: Transaction) throws {
        for start in stride(from: 0, to: entries.count, by: atOnce) {
            let rows = entries[start..<min(start + atOnce, entries.count)].map { one -> SQL in
                "(\(one.at), \(one.actor), \(one.act), \(one.object), \(one.way), \(one.kind == .look))"
            }
            try tx.execute(
                "INSERT INTO audit_entry (at, actor, act, object, way, is_look) VALUES \(SQL.joined(rows, separator: ", "))"
            )
        }
    }

    static func keep(_ object: String, from token: String, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO audit_kept (object, person) VALUES (\(object), \(token))
            ON CONFLICT (object, person) DO NOTHING
            """)
    }

    /// A look at an object, for whom the object is about.
    public struct Look: Sendable, Hashable {
        public let at: Timestamp
        public let actor: String
        public let act: String
    }

    /// Who has looked at the object since `start`, the latest first.
    public static func looks(
        at object: String, since start: Timestamp = Timestamp(milliseconds: 0), limit: Int, in reader: Reader
    ) throws -> [Look] {
        try reader.query(
            """
            SELECT at, actor, act FROM audit_entry
            WHERE object = \(object) AND at >= \(start) AND is_look = 1 AND actor IS NOT NULL
            ORDER BY at DESC, id DESC LIMIT \(limit)
            """
        ) { Look(at: $0.time(0), actor: $0.text(1), act: $0.text(2)) }
    }
}
