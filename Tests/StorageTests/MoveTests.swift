import Foundation
import Synchronization
import Testing
import TrivselTesting

@testable import Storage

/// From SQLite to PostgreSQL, with tables that have everything in them; `trivsel move` itself is tried in HostTests.
struct MoveTests {
    private static let index = TokenIndex(table: "toy_index")
    private static let migrations = [
        Migration(module: "toy", number: 1, name: "tables") { d in
            [
                "CREATE TABLE toy_z (id \(d.identity), parent \(d.bigint) REFERENCES toy_z (id), text TEXT, bytes \(d.blob), number \(d.real))",
                "CREATE TABLE toy_a (z \(d.bigint) NOT NULL REFERENCES toy_z (id), flag INTEGER NOT NULL)",
                "INSERT INTO toy_z (id, text) VALUES (1, 'from the migration')",
            ] + index.create(d)
        }
    ]
    private static let texts = [
        "", "\\N", "\\.", "a\tb\nc\r\nd\\e", "'\"$1?", "é", "e\u{301}", "🎓", "null",
        String(repeating: "lang ", count: 20_000),
    ]

    /// A source with `rows` in it, its folder gone afterwards.
    private func source(
        _ body: (DatabaseURL) async throws -> Void, fill: @escaping @Sendable (Transaction) throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let url = try DatabaseURL("sqlite:\(folder.path)/source.sqlite")
        let database = try await Database.open(url)
        try await database.migrate(Self.migrations)
        try await database.write(fill)
        await database.close()
        try await body(url)
    }

    private func move(_ url: DatabaseURL, to target: Database) async throws -> [Move.Comparison] {
        try await Move([Move.Part(from: url, to: target.url, migrations: Self.migrations)]).run { _, _, _ in }
    }

    @Test func `every kind of value arrives as it was, and keys go on after the last ever given`() async throws {
        try await source { url in
            try await TestDatabase.with(.postgres) { target in
                let comparisons = try await move(url, to: target)
                #expect(comparisons.map(\.difference) == [nil, nil, nil])
                // Who is referred to comes first.
                #expect(comparisons.map(\.table) == ["toy_index", "toy_z", "toy_a"])
                let texts = try await target.read {
                    try $0.query("SELECT text FROM toy_z ORDER BY id") { $0.textOrNil(0) }
                }
                #expect(
                    texts.map { $0.map { Array($0.utf8) } } == ([nil] + Self.texts).map { $0.map { Array($0.utf8) } })
                let last = try await target.read {
                    try $0.query("SELECT parent, bytes, number FROM toy_z ORDER BY id DESC LIMIT 2") {
                        ($0.int64OrNil(0), $0.bytesOrNil(1), $0.doubleOrNil(2))
                    }
                }
                #expect(last[0] == (11, [0, 0x5C, 0xFF], -0.1) && last[1] == (11, [], 1e300))
                let found = try await target.read { reader in
                    try reader.query(Self.index.matching([["bbb"]], .postgres) ?? "") { $0.int64(0) }
                }
                #expect(found == [7])
                let next = try await target.write { tx in
                    try tx.first("INSERT INTO toy_z (text) VALUES ('new') RETURNING id") { $0.int64(0) }
                }
                #expect(next == 100)
            }
        } fill: { tx in
            try tx.execute("UPDATE toy_z SET text = NULL")
            for text in Self.texts { try tx.execute("INSERT INTO toy_z (text) VALUES (\(text))") }
            // A row that refers to one that comes after it.
            try tx.execute("UPDATE toy_z SET parent = 11, bytes = \([UInt8]()), number = 1e300 WHERE id = 10")
            try tx.execute(
                "UPDATE toy_z SET parent = 11, bytes = \([0, 0x5C, 0xFF] as [UInt8]), number = -0.1 WHERE id = 11")
            try tx.execute("INSERT INTO toy_z (id) VALUES (99)")
            try tx.execute("DELETE FROM toy_z WHERE id = 99")
            try tx.execute("INSERT INTO toy_a (z, flag) VALUES (1, 1), (1, 0), (1, 1)")
            try Self.index.put(7, "bbb aaa", in: tx)
            try Self.index.put(8, "", in: tx)
        }
    }

    @Test func `progress is told between the rows of a large table`() async throws {
        let told = Mutex<[Int]>([])
        try await source { url in
            try await TestDatabase.with(.postgres) { target in
                let part = try Move.Part(from: url, to: target.url, migrations: Self.migrations)
                _ = try await Move([part]).run { table, done, of in
                    if table == "toy_a" && of == 5_000 { told.withLock { $0.append(done) } }
                }
            }
        } fill: { tx in
            for number in 0..<5_000 { try tx.execute("INSERT INTO toy_a (z, flag) VALUES (1, \(number))") }
        }
        #expect(told.withLock { $0 } == [2_000, 4_000, 5_000])
    }

    @Test(arguments: [
        ("DELETE FROM storage_migration", "lacks the migration toy 1 “tables”"),
        ("INSERT INTO storage_migration VALUES ('toy', 9, 'later', '', 0)", "has the migration toy 9 “later”"),
        ("CREATE TABLE stray (id INTEGER)", "the table stray is only on one side"),
        ("ALTER TABLE toy_a ADD COLUMN stray TEXT", "the column stray of toy_a is only on one side"),
        ("UPDATE toy_z SET number = 'many'", "is not a number"),
    ])
    func `what it does not know how to move stops it before anything is kept`(_ change: String, _ said: String)
        async throws
    {
        try await source { url in
            try await TestDatabase.with(.postgres) { target in
                let error = await #expect(throws: StorageError.self) { try await move(url, to: target) }
                #expect(error?.message.contains(said) == true)
                let tables = try await target.read { try $0.tableNames() }
                #expect(tables == [])
            }
        } fill: { tx in
            try tx.execute(SQL(raw: change))
        }
    }

    @Test func `digests tell values that two rows have swapped, and letters in other bytes`() {
        func digest(_ rows: [[SQLValue]]) -> TableDigest {
            rows.reduce(into: TableDigest()) { $0.add($1) }
        }
        let rows: [[SQLValue]] = [[.integer(1), .text("é")], [.integer(2), .null]]
        #expect(digest(rows).difference(from: digest(rows.reversed())) == nil)
        #expect(
            digest(rows).difference(from: digest([[.integer(2), .text("é")], [.integer(1), .null]]))
                == "the rows differ")
        #expect(
            digest(rows).difference(from: digest([[.integer(1), .text("e\u{301}")], [.integer(2), .null]]))
                == "the rows differ")
        #expect(digest(rows).difference(from: digest([rows[0]])) == "2 rows became 1")
    }
}
