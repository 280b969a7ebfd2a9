import EventKit

extension EventLog {
    /// The log's tables.
    public static let migrations = [
        Migration(module: "event", number: 1, name: "log") { dialect in
            switch dialect {
            case .sqlite: sqliteTables
            case .postgres: postgresTables
            }
        },
        Migration(module: "event", number: 2, name: "where the log begins") { dialect in
            ["ALTER TABLE event_log_epoch ADD COLUMN first \(dialect.bigint) NOT NULL DEFAULT 1"]
        },
    ]

    private static let sqliteTables = [
        """
        CREATE TABLE event_log (
            position INTEGER PRIMARY KEY, previous INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, subject \
            TEXT NOT NULL,
            "partition" INTEGER NOT NULL, time INTEGER NOT NULL, body TEXT NOT NULL, traceparent TEXT)
        """,
        "CREATE INDEX event_log_type ON event_log (type, position)",
        "CREATE TABLE event_log_epoch (epoch TEXT NOT NULL)",
        "INSERT INTO event_log_epoch (epoch) VALUES (lower(hex(randomblob(16))))",
    ]

    /// A row is inserted without a position; the sequencer gives it one after its transaction has committed.
    private static let postgresTables = [
        """
        CREATE TABLE event_log (
            entry BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            position BIGINT UNIQUE, previous BIGINT, id TEXT NOT NULL, type TEXT COLLATE "C" NOT NULL, subject TEXT \
            NOT NULL,
            "partition" INTEGER NOT NULL, time BIGINT NOT NULL, body TEXT NOT NULL, traceparent TEXT)
        """,
        "CREATE INDEX event_log_type ON event_log (type, position)",
        "CREATE INDEX event_log_unstamped ON event_log (entry) WHERE position IS NULL",
        "CREATE TABLE event_log_epoch (epoch TEXT NOT NULL)",
        "INSERT INTO event_log_epoch (epoch) VALUES (replace(CAST(gen_random_uuid() AS TEXT), '-', ''))",
    ]

    /// In which of the 64 parts of the log the events of `subject` are.
    public static func partition(of subject: String) -> Int { Int(Digest.of([subject]) % 64) }
}
