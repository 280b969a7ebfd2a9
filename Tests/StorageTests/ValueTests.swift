import EventKit
import Storage
import Testing
import TrivselTesting

struct ValueTests {
    private static let table = [
        Migration(module: "test", number: 1, name: "values") { d in
            ["CREATE TABLE test_value (id \(d.identity), t TEXT, i BIGINT, r \(d.real), b \(d.blob), y INTEGER)"]
        }
    ]

    @Test(arguments: Engine.all)
    func `text, integers, numbers, bytes and nil come back as they were stored`(engine: Engine) async throws {
        let texts: [String?] = ["", "Blåbærsyltetøy", "👩🏽‍🏫 emoji", "it's; \"quoted\" -- ?", "a\nb\tc\\d", nil]
        let integers: [Int64?] = [0, -1, .min, .max, nil]
        let reals: [Double?] = [0, -0.1, 1e300, .leastNonzeroMagnitude, .pi, nil]
        let blobs: [[UInt8]?] = [[], [0], Array(0...255), nil]
        try await TestDatabase.with(engine, Self.table) { database in
            for index in 0..<6 {
                let (text, integer, real, blob) = (texts[index], integers[index % 5], reals[index], blobs[index % 4])
                let id = try await database.write { tx in
                    try tx.first(
                        "INSERT INTO test_value (t, i, r, b) VALUES (\(text), \(integer), \(real), \(blob)) RETURNING id"
                    ) {
                        $0.int64(0)
                    }
                }
                let row = try await database.read { reader in
                    try reader.first("SELECT t, i, r, b FROM test_value WHERE id = \(id)") {
                        ($0.textOrNil(0), $0.int64OrNil(1), $0.doubleOrNil(2), $0.bytesOrNil(3))
                    }
                }
                #expect(try #require(row) == (text, integer, real, blob))
            }
        }
    }

    @Test(arguments: Engine.all)
    func `flags, times and dates come back as they were stored`(engine: Engine) async throws {
        let time = Timestamp(milliseconds: 1_795_000_000_123)
        let date = try #require(CivilDate("2026-02-28"))
        try await TestDatabase.with(engine, Self.table) { database in
            let row = try await database.write { tx in
                try tx.first("INSERT INTO test_value (y, i, t) VALUES (\(true), \(time), \(date)) RETURNING y, i, t, r")
                {
                    ($0.bool(0), $0.time(1), $0.date(2), $0.timeOrNil(3))
                }
            }
            #expect(try #require(row) == (true, time, date, nil))
        }
    }

    @Test(arguments: Engine.all)
    func `a bound value is never read as SQL`(engine: Engine) async throws {
        let attack = "'); DROP TABLE test_value; --"
        try await TestDatabase.with(engine, Self.table) { database in
            try await database.write { tx in try tx.execute("INSERT INTO test_value (t) VALUES (\(attack))") }
            let found = try await database.read { reader in
                try reader.query("SELECT t FROM test_value WHERE t = \(attack) OR t = \("' OR 1 = 1 --")") {
                    $0.text(0)
                }
            }
            #expect(found == [attack])
        }
    }

    @Test(arguments: Engine.all)
    func `a question mark in quotes or in a comment is no placeholder`(engine: Engine) async throws {
        try await TestDatabase.with(engine) { database in
            let row = try await database.read { reader in
                try reader.first(
                    """
                    SELECT 'why?', CAST(\("because") AS TEXT) AS "a?", 'it''s?' -- is it?
                    , CAST(\("so") AS TEXT)
                    """
                ) { [$0.text(0), $0.text(1), $0.text(2), $0.text(3)] }
            }
            #expect(row == ["why?", "because", "it's?", "so"])
        }
    }

    @Test(arguments: Engine.all)
    func `a list is bound value by value, and nothing is in an empty one`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.table) { database in
            try await database.write { tx in
                for number in 1...5 { try tx.execute("INSERT INTO test_value (i) VALUES (\(number))") }
            }
            let (some, none) = try await database.read { reader in
                let select: SQL = "SELECT i FROM test_value WHERE i IN "
                return (
                    try reader.query(select + "(\(SQL.list([2, 4, 9]))) ORDER BY i") { $0.int(0) },
                    try reader.query(select + "(\(SQL.list([Int]())))") { $0.int(0) }
                )
            }
            #expect(some == [2, 4])
            #expect(none.isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `a text with the character NUL is refused`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.table) { database in
            await expect(.check) {
                try await database.write { tx in try tx.execute("INSERT INTO test_value (t) VALUES (\("a\0b"))") }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a column that is null, or is not there, is an error when a value is asked for`(engine: Engine) async throws {
        try await TestDatabase.with(engine) { database in
            await expect(.other) { try await database.read { try $0.first("SELECT NULL") { $0.text(0) } } }
            await expect(.other) { try await database.read { try $0.query("SELECT 1") { $0.int(1) } } }
        }
    }
}

/// Fails the test unless `body` throws a ``StorageError`` of this kind.
func expect(
    _ kind: StorageError.Kind, sourceLocation: SourceLocation = #_sourceLocation,
    isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws -> some Any
) async {
    let error = await #expect(throws: StorageError.self, sourceLocation: sourceLocation) { _ = try await body() }
    #expect(error?.kind == kind, "\(error.map(\.message) ?? "no error")", sourceLocation: sourceLocation)
}
