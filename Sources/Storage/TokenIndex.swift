/// Finds rows with an integer key by opaque tokens, each compared as a whole: FTS5 on SQLite, tsvector on PostgreSQL.
///
/// A token is letters a–z and digits. What a token stands for is its maker's matter: see `SearchTokens` in Vault.
public struct TokenIndex: Sendable {
    private let table: String

    /// `table` is the name of the table that holds the index, with the module's prefix.
    public init(table: String) { self.table = table }

    /// The statements of a migration that make the table.
    public func create(_ dialect: Dialect) -> [String] {
        switch dialect {
        case .sqlite:
            ["CREATE VIRTUAL TABLE \(table) USING fts5(tokens, tokenize = 'ascii', detail = none, columnsize = 0)"]
        case .postgres:
            [
                "CREATE TABLE \(table) (key BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL)",
                "CREATE INDEX \(table)_tokens ON \(table) USING gin (tokens)",
            ]
        }
    }

    /// Makes `key` found by `tokens`, with one space between them, and by no others from before.
    public func put(_ key: Int64, _ tokens: String, in tx: Transaction) throws {
        switch tx.dialect {
        case .sqlite: tx.executeLast("INSERT OR REPLACE INTO \(raw: table) (rowid, tokens) VALUES (\(key), \(tokens))")
        case .postgres:
            try tx.execute(
                """
                INSERT INTO \(raw: table) (key, tokens) VALUES (\(key), array_to_tsvector(array_remove(string_to_array(\(tokens), ' '), '')))
                ON CONFLICT (key) DO UPDATE SET tokens = excluded.tokens
                """)
        }
    }

    /// Makes `key` no longer found.
    public func remove(_ key: Int64, in tx: Transaction) throws {
        switch tx.dialect {
        case .sqlite: tx.executeLast("DELETE FROM \(raw: table) WHERE rowid = \(key)")
        case .postgres: try tx.execute("DELETE FROM \(raw: table) WHERE key = \(key)")
        }
    }

    /// The tokens of these keys, for comparing rows; what has none is not there.
    public func tokens(of keys: [Int64], in reader: Reader) throws -> [Int64: Set<String>] {
        guard !keys.isEmpty else { return [:] }
        let (key, tokens): (SQL, SQL) =
            switch reader.dialect {
            case .sqlite: ("rowid", "tokens")
            case .postgres: ("key", "array_to_string(tsvector_to_array(tokens), ' ')")
            }
        let rows = try reader.query(
            "SELECT \(key), \(tokens) FROM \(raw: table) WHERE \(key) IN (\(SQL.list(keys)))"
        ) { ($0.int64(0), Set($0.text(1).split(separator: " ").map(String.init))) }
        return Dictionary(rows) { first, _ in first }
    }

    /// A SELECT of the column `key`: the keys that have, of each group of tokens, at least one. Nil when there is no group.
    ///
    /// Use it as `id IN (\(it))`, or, for the newest of many without reading them all,
    /// `FROM (\(it)) AS hit JOIN … ON id = hit.key … ORDER BY hit.key DESC LIMIT 50`.
    public func matching(_ groups: [[String]], _ dialect: Dialect) -> SQL? {
        guard !groups.isEmpty else { return nil }
        switch dialect {
        case .sqlite:
            let terms = groups.map { "(" + $0.map { "\"\($0)\"" }.joined(separator: " OR ") + ")" }.joined(
                separator: " AND ")
            return "SELECT rowid AS key FROM \(raw: table) WHERE \(raw: table) MATCH \(terms)"
        case .postgres:
            let terms = groups.map { "(" + $0.map { "'\($0)'" }.joined(separator: " | ") + ")" }.joined(
                separator: " & ")
            return "SELECT key FROM \(raw: table) WHERE tokens @@ CAST(\(terms) AS tsquery)"
        }
    }
}
