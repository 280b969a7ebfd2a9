import Foundation

/// Full-text search over rows with an integer key: FTS5 on SQLite, tsvector on PostgreSQL, with the same results.
///
/// Words are runs of letters and digits, compared without regard to case; æ, ø, å and é are letters of their own.
/// Both engines are given the words ready cut, because their own ways of cutting text differ.
public struct SearchIndex: Sendable {
    private let table: String

    /// `table` is the name of the table that holds the index, with the module's prefix.
    public init(table: String) { self.table = table }

    /// The statements of a migration that make the table.
    public func create(_ dialect: Dialect) -> [String] {
        switch dialect {
        // The tokenizer "ascii" leaves everything but ASCII alone, so that words are cut at our spaces only. Only with
        // an index of exactly its length does a beginning cost the same however many texts have it: 1.6 ms without and
        // 0.07 ms with one for 11,898 hits among 100,000. Each length costs some 4 µs a text.
        case .sqlite:
            [
                "CREATE VIRTUAL TABLE \(table) USING fts5(words, tokenize = 'ascii', detail = none, prefix = '2 3 4 5 6 7 8')"
            ]
        case .postgres:
            [
                "CREATE TABLE \(table) (key BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
                "CREATE INDEX \(table)_words ON \(table) USING gin (words)",
            ]
        }
    }

    /// Makes `key` found by `words`, and by no others from before.
    public func put(_ key: Int64, _ words: SearchWords, in tx: Transaction) throws {
        let words = words.all.joined(separator: " ")
        switch tx.dialect {
        case .sqlite: tx.executeLast("INSERT OR REPLACE INTO \(raw: table) (rowid, words) VALUES (\(key), \(words))")
        case .postgres:
            try tx.execute(
                """
                INSERT INTO \(raw: table) (key, words) VALUES (\(key), array_to_tsvector(string_to_array(\(words), ' \
                ')))
                ON CONFLICT (key) DO UPDATE SET words = excluded.words
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

    /// A SELECT of the column `key`: the keys whose text has, for each word of `query`, a word that begins with it.
    ///
    /// Use it as `id IN (\(it))`, or, for the newest of many without reading them all,
    /// `FROM (\(it)) AS hit JOIN … ON id = hit.key … ORDER BY hit.key DESC LIMIT 50`. Nil when the query has no word.
    /// Words after the tenth are not looked for.
    public func matching(_ query: String, _ dialect: Dialect) -> SQL? {
        let words = SearchWords(query, atMost: 10).all
        if words.isEmpty { return nil }
        switch dialect {
        case .sqlite: return sqliteMatching(words)
        case .postgres:
            let terms = words.map { "'\($0)':*" }.joined(separator: " & ")
            return "SELECT key FROM \(raw: table) WHERE words @@ CAST(\(terms) AS tsquery)"
        }
    }

    /// A word longer than the longest indexed beginning is looked for by that, and then compared: the index reads its
    /// hits in order and stops when the caller has enough.
    private func sqliteMatching(_ words: [String]) -> SQL {
        let longest = 8
        let terms = words.map { "\"\(String(String.UnicodeScalarView($0.unicodeScalars.prefix(longest))))\"*" }
        var sql: SQL =
            "SELECT rowid AS key FROM \(raw: table) WHERE \(raw: table) MATCH \(terms.joined(separator: " AND "))"
        for word in words where word.unicodeScalars.count > longest {
            sql += " AND instr(' ' || words, ' ' || \(word)) > 0"
        }
        return sql
    }
}
