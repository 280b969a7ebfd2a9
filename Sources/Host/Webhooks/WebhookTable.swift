import EventKit
import Storage
import Vault

/// Table `webhooks_hook`.
enum WebhookTable {
    static let migrations = [
        Migration(module: "webhooks", number: 1, name: "webhooks") { d in
            [
                """
                CREATE TABLE webhooks_hook (
                    id \(d.text) PRIMARY KEY, label TEXT NOT NULL, address TEXT NOT NULL, topics TEXT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN ('active', 'paused')),
                    cause TEXT CHECK (cause IN ('gone', 'failing')),
                    failures INTEGER NOT NULL DEFAULT 0, failing_since \(d.bigint), after \(d.bigint) NOT NULL,
                    key_id \(d.blob) NOT NULL, secret \(d.blob) NOT NULL, old_secret \(d.blob), old_until \(d.bigint),
                    version INTEGER NOT NULL, created_at \(d.bigint) NOT NULL, changed_at \(d.bigint) NOT NULL,
                    changed_by TEXT NOT NULL,
                    CHECK (cause IS NULL OR state = 'paused'), CHECK ((old_secret IS NULL) = (old_until IS NULL)))
                """
            ]
        }
    ]

    private static let columns: SQL = """
        id, label, address, topics, state, cause, failures, failing_since, after, key_id, secret, old_secret, old_until, \
        version, created_at
        """

    /// All of them, the oldest first; few, as people make them.
    static func all(in reader: Reader) throws -> [Webhook] {
        try reader.query("SELECT \(columns) FROM webhooks_hook ORDER BY id", webhook)
    }

    /// All of them, and nobody changes one before the transaction ends.
    static func locked(in tx: Transaction) throws -> [Webhook] {
        try tx.query("SELECT \(columns) FROM webhooks_hook ORDER BY id\(tx.dialect.forUpdate)", webhook)
    }

    /// In a transaction nobody changes it before that ends; nil when there is none.
    static func find(_ id: String, in reader: Reader) throws -> Webhook? {
        guard Identifier.isWellFormed(id) else { return nil }
        let lock: SQL = reader is Transaction ? reader.dialect.forUpdate : ""
        return try reader.first("SELECT \(columns) FROM webhooks_hook WHERE id = \(id)\(lock)", webhook)
    }

    static func insert(_ hook: Webhook, by person: String, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO webhooks_hook (id, label, address, topics, state, after, key_id, secret, version, created_at,
                changed_at, changed_by)
            VALUES (\(hook.id), \(hook.label), \(hook.address), \(text(hook.topics)), \(hook.state.rawValue),
                \(hook.after), \(hook.keyID), \(hook.secret), 1, \(hook.createdAt), \(hook.createdAt), \(person))
            """)
    }

    /// Stores what can change, as the next version.
    static func update(_ hook: Webhook, by person: String, at time: Timestamp, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE webhooks_hook SET label = \(hook.label), address = \(hook.address), topics = \(text(hook.topics)),
                state = \(hook.state.rawValue), cause = \(hook.cause?.rawValue), failures = \(hook.failures),
                failing_since = \(hook.failingSince), secret = \(hook.secret), old_secret = \(hook.oldSecret),
                old_until = \(hook.oldUntil), version = version + 1, changed_at = \(time), changed_by = \(person)
            WHERE id = \(hook.id)
            """)
    }

    /// Counts an attempt that failed; none when one succeeded. No other version: nobody has changed anything.
    static func count(failures: Int, since: Timestamp?, of id: String, in tx: Transaction) throws {
        try tx.execute(
            "UPDATE webhooks_hook SET failures = \(failures), failing_since = \(since) WHERE id = \(id)")
    }

    static func delete(_ id: String, in tx: Transaction) throws {
        try tx.execute("DELETE FROM webhooks_hook WHERE id = \(id)")
    }

    /// How many have paused by themselves.
    static func countPaused(in reader: Reader) throws -> Int {
        try reader.first("SELECT count(*) FROM webhooks_hook WHERE cause IS NOT NULL") { $0.int(0) } ?? 0
    }

    private static func text(_ topics: [TopicPattern]) -> String {
        topics.map(\.description).joined(separator: " ")
    }

    private static func webhook(_ row: Row) throws -> Webhook {
        guard let key = CaseKey.ID(row.bytes(9)) else { throw WebhookUnreadable() }
        return Webhook(
            id: row.text(0), label: row.text(1), address: row.text(2),
            topics: row.text(3).split(separator: " ").compactMap { TopicPattern(String($0)) },
            state: Webhook.State(rawValue: row.text(4)) ?? .paused,
            cause: row.textOrNil(5).flatMap(Webhook.Cause.init), failures: row.int(6), failingSince: row.timeOrNil(7),
            after: row.int64(8), keyID: key, secret: row.bytes(10), oldSecret: row.bytesOrNil(11),
            oldUntil: row.timeOrNil(12), version: row.int(13), createdAt: row.time(14))
    }
}
