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
        // The tokenizer "ascii" leaves everything but ASCII alone, so that words are cut at our spaces only. An index of prefixes
        // costs some 10 µs a text for each length; the shortest gain most from one.
        case .sqlite:
            ["CREATE VIRTUAL TABLE \(table) USING fts5(words, tokenize = 'ascii', detail = none, prefix = '3')"]
        case .postgres:
            [
                "CREATE TABLE \(table) (key BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
                "CREATE INDEX \(table)_words ON \(table) USING gin (words)",
            ]
        }
    }

    /// Makes `key` found by the words of `text`, and by no others from before.
    public func put(_ key: Int64, _ text: String, in tx: Transaction) throws {
        let words = Self.words(of: text, atMost: 5000).joined(separator: " ")
        switch tx.dialect {
        case .sqlite: try tx.execute("INSERT OR REPLACE INTO \(raw: table) (rowid, words) VALUES (\(key), \(words))")
        case .postgres:
            try tx.execute(
                """
                INSERT INTO \(raw: table) (key, words) VALUES (\(key), array_to_tsvector(string_to_array(\(words), ' ')))
                ON CONFLICT (key) DO UPDATE SET words = excluded.words
                """)
        }
    }

    /// Makes `key` no longer found.
    public func remove(_ key: Int64, in tx: Transaction) throws {
        try tx.execute("DELETE FROM \(raw: table) WHERE \(raw: keyColumn(tx.dialect)) = \(key)")
    }

    /// A SELECT of the column `key`: the keys whose text has, for each word of `query`, a word that begins with it.
    ///
    /// Use it as `id IN (\(it))`, or, for the newest of many without reading them all,
    /// `FROM (\(it)) AS hit JOIN … ON id = hit.key … ORDER BY hit.key DESC LIMIT 50`. Nil when the query has no word. Words after
    /// the tenth are not looked for.
    public func matching(_ query: String, _ dialect: Dialect) -> SQL? {
        let words = Self.words(of: query, atMost: 10)
        if words.isEmpty { return nil }
        switch dialect {
        case .sqlite:
            let terms = words.map { "\"\($0)\"*" }.joined(separator: " AND ")
            return "SELECT rowid AS key FROM \(raw: table) WHERE \(raw: table) MATCH \(terms)"
        case .postgres:
            let terms = words.map { "'\($0)':*" }.joined(separator: " & ")
            return "SELECT key FROM \(raw: table) WHERE words @@ CAST(\(terms) AS tsquery)"
        }
    }

    private func keyColumn(_ dialect: Dialect) -> String { dialect == .sqlite ? "rowid" : "key" }

    /// The different words of `text` in lower case, each cut after 64 characters, which is beyond any real word.
    static func words(of text: String, atMost limit: Int) -> [String] {
        var words: [String] = []
        var seen: Set<String> = []
        // å may come as one character or as a and a ring: the same word.
        let scalars = text.precomposedStringWithCanonicalMapping.lowercased().unicodeScalars
        for run in scalars.split(whereSeparator: { !isPartOfWord($0) }) where words.count < limit {
            let word = String(String.UnicodeScalarView(run.prefix(64)))
            if seen.insert(word).inserted { words.append(word) }
        }
        return words
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}
