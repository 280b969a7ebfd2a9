import Dispatch
import Foundation
import Storage
import Synchronization
import Testing
import TrivselTesting

struct TransactionTests {
    static let tables = [
        Migration(module: "test", number: 1, name: "tables") { d in
            [
                "CREATE TABLE test_unit (code TEXT PRIMARY KEY, size INTEGER NOT NULL CHECK (size >= 0))",
                """
                CREATE TABLE test_person (
                    id \(d.identity), first TEXT NOT NULL, last TEXT NOT NULL,
                    unit TEXT REFERENCES test_unit(code), UNIQUE (first, last))
                """,
            ]
        }
    ]

    private struct Refusal: Error {}

    @Test(arguments: Engine.all)
    func `a closure that throws undoes only itself`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.tables) { database in
            await withTaskGroup { group in
                for number in 0..<40 {
                    group.addTask {
                        try? await database.write { tx in
                            try tx.execute("INSERT INTO test_unit VALUES (\("unit\(number)"), 0)")
                            if number.isMultiple(of: 2) { throw Refusal() }
                        }
                    }
                }
            }
            let kept = try await database.read { try $0.query("SELECT code FROM test_unit") { $0.text(0) } }
            #expect(Set(kept) == Set((0..<40).filter { !$0.isMultiple(of: 2) }.map { "unit\($0)" }))
        }
    }

    @Test(arguments: Engine.all)
    func `what is to be called after the commit is called once, and never for a closure that throws`(engine: Engine)
        async throws
    {
        let called = Mutex([String]())
        try await TestDatabase.with(engine, Self.tables) { database in
            try await database.write { tx in
                tx.afterCommit { called.withLock { $0.append("kept") } }
                try tx.execute("INSERT INTO test_unit VALUES ('IE', 1)")
            }
            #expect(called.withLock { $0 } == ["kept"])
            await #expect(throws: Refusal.self) {
                try await database.write { tx in
                    tx.afterCommit { called.withLock { $0.append("thrown") } }
                    throw Refusal()
                }
            }
            await expect(.unique("test_unit.code")) {
                try await database.write { tx in
                    tx.afterCommit { called.withLock { $0.append("failed") } }
                    _ = try? tx.execute("INSERT INTO test_unit VALUES ('IE', 2)")
                }
            }
            #expect(called.withLock { $0 } == ["kept"])
        }
    }

    @Test func `an emptied log holds nothing, though others read, write and empty it too`() async throws {
        try await TestDatabase.with(.sqlite, Self.tables) { database in
            try await withThrowingTaskGroup { group in
                for number in 0..<20 {
                    group.addTask {
                        _ = try await database.write {
                            try $0.execute("INSERT INTO test_unit VALUES (\("u\(number)"), 1)")
                        }
                    }
                    group.addTask { try await database.emptyLog() }
                }
                try await group.waitForAll()
            }
            try await database.emptyLog()
            let log = try #require(database.url.filePath) + "-wal"
            #expect(try Data(contentsOf: URL(filePath: log)).isEmpty)
            #expect(try await database.read { try $0.first("SELECT count(*) FROM test_unit") { $0.int(0) } } == 20)
        }
    }

    @Test(arguments: Engine.all)
    func `what a closure throws is what its caller gets`(engine: Engine) async throws {
        try await TestDatabase.with(engine) { database in
            await #expect(throws: Refusal.self) { try await database.write { _ in throw Refusal() } }
            await #expect(throws: Refusal.self) { try await database.read { _ in throw Refusal() } }
        }
    }

    @Test(arguments: Engine.all)
    func `a statement that failed fails the write, even when the closure goes on`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.tables) { database in
            await expect(.unique("test_unit.code")) {
                try await database.write { tx in
                    try tx.execute("INSERT INTO test_unit VALUES ('IE', 1)")
                    _ = try? tx.execute("INSERT INTO test_unit VALUES ('IE', 2)")
                }
            }
            let count = try await database.read { try $0.first("SELECT count(*) FROM test_unit") { $0.int(0) } }
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `broken constraints are told apart`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.tables) { database in
            func run(_ sql: SQL) async throws { try await database.write { tx in try tx.execute(sql) } }
            try await run("INSERT INTO test_person (first, last) VALUES ('Kari', 'Nordmann')")
            await expect(.unique("test_person.first, test_person.last")) {
                try await run("INSERT INTO test_person (first, last) VALUES ('Kari', 'Nordmann')")
            }
            await expect(.foreignKey) {
                try await run("INSERT INTO test_person (first, last, unit) VALUES ('a', 'b', 'none')")
            }
            await expect(.check) { try await run("INSERT INTO test_unit VALUES ('IE', -1)") }
            await expect(.check) { try await run("INSERT INTO test_unit VALUES ('IE', NULL)") }
            await expect(.other) { try await run("INSERT INTO test_nothing VALUES (1)") }
        }
    }

    @Test(arguments: Engine.all)
    func `an error does not repeat the values`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.tables) { database in
            let error = await #expect(throws: StorageError.self) {
                try await database.write { tx in
                    for _ in 1...2 {
                        try tx.execute("INSERT INTO test_person (first, last) VALUES (\("Hemmelig"), \("Navn"))")
                    }
                }
            }
            #expect(error?.message.contains("Hemmelig") == false)
        }
    }

    @Test(arguments: Engine.all)
    func `execute tells how many rows it changed`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.tables) { database in
            let counts = try await database.write { tx in
                [
                    try tx.execute("INSERT INTO test_unit VALUES ('IE', 1), ('HF', 2)"),
                    try tx.execute("INSERT INTO test_unit VALUES ('IE', 9) ON CONFLICT DO NOTHING"),
                    try tx.execute("UPDATE test_unit SET size = size + 1"),
                    try tx.execute("DELETE FROM test_unit WHERE size > 5"),
                ]
            }
            #expect(counts == [2, 0, 2, 0])
        }
    }

    @Test(arguments: Engine.all)
    func `a query may run within the rows of the same query`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.tables) { database in
            try await database.write { tx in try tx.execute("INSERT INTO test_unit VALUES ('IE', 1), ('HF', 2)") }
            let pairs = try await database.read { reader in
                let all: SQL = "SELECT code FROM test_unit ORDER BY code"
                return try reader.query(all) { outer in try reader.query(all) { outer.text(0) + $0.text(0) } }
            }
            #expect(pairs == [["HFHF", "HFIE"], ["IEHF", "IEIE"]])
        }
    }

    @Test(arguments: Engine.all)
    func `a read cannot write`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.tables) { database in
            await #expect(throws: StorageError.self) {
                try await database.read {
                    try $0.query("INSERT INTO test_unit VALUES ('IE', 1) RETURNING code") { $0.text(0) }
                }
            }
            let count = try await database.read { try $0.first("SELECT count(*) FROM test_unit") { $0.int(0) } }
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `a lock that another process holds is an error, not a hang`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.tables) { database in
            try await database.write { tx in try tx.execute("INSERT INTO test_unit VALUES ('IE', 1)") }
            var options = DatabaseOptions()
            options.lockTimeout = .milliseconds(20)
            let other = try await Database.open(database.url, options: options)
            let update: SQL = "UPDATE test_unit SET size = size + 1"
            try await database.holdingWriter(update) {
                await expect(.busy) { try await other.write { tx in try tx.execute(update) } }
            }
            let size = try await other.write { tx in try tx.first(update + " RETURNING size") { $0.int(0) } }
            #expect(size == 3)
            await other.close()
        }
    }

    @Test(arguments: Engine.all)
    func `closing lets the running write end and refuses those that wait`(engine: Engine) async throws {
        var options = DatabaseOptions()
        options.writers = 1
        try await TestDatabase.with(engine, Self.tables, options: options) { database in
            try await withThrowingTaskGroup { group in
                try await database.holdingWriter("INSERT INTO test_unit VALUES ('kept', 1)") {
                    group.addTask { await database.close() }
                    await expect(.unavailable) {
                        try await database.write { tx in try tx.execute("INSERT INTO test_unit VALUES ('refused', 1)") }
                    }
                }
            }
            await expect(.unavailable) { try await database.read { try $0.first("SELECT 1") { $0.int(0) } } }
            let again = try await Database.open(database.url)
            let kept = try await again.read { try $0.query("SELECT code FROM test_unit") { $0.text(0) } }
            #expect(kept == ["kept"])
            await again.close()
        }
    }
}

extension Database {
    /// Runs `statement` in a transaction that stays open while `body` runs.
    func holdingWriter(_ statement: SQL, _ body: () async throws -> Void) async throws {
        let release = DispatchSemaphore(value: 0)
        let (begun, hasBegun) = AsyncStream.makeStream(of: Void.self)
        async let held: Void = write { tx in
            let result = Result { try tx.execute(statement) }
            hasBegun.finish()
            if case .success = result { release.wait() }
            _ = try result.get()
        }
        for await _ in begun {}
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        release.signal()
        try await held
        try result.get()
    }
}
