/// Finds rows with an integer key by opaque tokens, each compared as a whole: FTS5 on SQLite, tsvector on PostgreSQL.
///
/// A token is letters a–z and digits. What a token stands for is its maker's matter: see `SearchTokens` in Vault.
public struct TokenIndex: Sendable {
    /// A part of all keys, by their order.
    public struct Stretch: Sendable, Hashable {
        public static let all = Stretch(blocks: nil)
        fileprivate let blocks: ClosedRange<Int64>?
    }

    private static let blockSize: Int64 = 1024
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

    /// The statements of a migration that makes the newest of many found without reading all: see ``stretches(below:in:)``.
    public func indexBlocks(_ dialect: Dialect) -> [String] {
        switch dialect {
        case .sqlite: []
        case .postgres:
            ["DROP INDEX \(table)_tokens", "CREATE INDEX \(table)_tokens ON \(table) USING gin ((\(Self.inBlocks)))"]
        }
    }

    /// A row's tokens on PostgreSQL and one of its block's, which no other token looks like.
    private static var inBlocks: String { "tokens || array_to_tsvector(ARRAY['0' || (key / \(blockSize))])" }

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

    /// Where to look for the newest keys below `key`: one after the other, until enough are found. The last is all there are.
    ///
    /// SQLite's index gives the newest first. PostgreSQL's gives them in no order: of a common word, all would be read and sorted.
    public func stretches(below key: Int64, in reader: Reader) throws -> [Stretch] {
        guard reader.dialect == .postgres else { return [.all] }
        let newest: SQL = "SELECT coalesce(max(key), 0) FROM \(raw: table) WHERE key < \(key)"
        let last = try reader.first(newest) { $0.int64(0) / Self.blockSize } ?? 0
        return [1, 15].filter { $0 < last }.map { Stretch(blocks: last - $0...last) } + [.all]
    }

    /// A SELECT of the column `key`: the keys of a stretch that have, of each group of tokens, at least one. Nil when there is no group.
    ///
    /// Use it as `id IN (\(it))`, or, for the newest of many without reading them all,
    /// `FROM (\(it)) AS hit JOIN … ON id = hit.key … ORDER BY hit.key DESC LIMIT 50`. Of a stretch, PostgreSQL's index must have been
    /// made by ``indexBlocks(_:)``.
    public func matching(_ groups: [[String]], in stretch: Stretch = .all, _ dialect: Dialect) -> SQL? {
        guard !groups.isEmpty else { return nil }
        switch dialect {
        case .sqlite:
            let terms = groups.map { "(" + $0.map { "\"\($0)\"" }.joined(separator: " OR ") + ")" }.joined(
                separator: " AND ")
            return "SELECT rowid AS key FROM \(raw: table) WHERE \(raw: table) MATCH \(terms)"
        case .postgres:
            let blocks = stretch.blocks.map { [$0.map { "0\($0)" }] } ?? []
            let terms = (groups + blocks).map { "(" + $0.map { "'\($0)'" }.joined(separator: " | ") + ")" }.joined(
                separator: " & ")
            return """
                SELECT key FROM \(raw: table) WHERE (\(raw: Self.inBlocks)) @@ CAST(\(terms) AS tsquery)
                """
        }
    }
}
