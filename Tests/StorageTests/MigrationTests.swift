import Storage
import Testing
import TrivselTesting

struct MigrationTests {
    private static func migration(_ number: Int, _ statements: String...) -> Migration {
        Migration(module: "test", number: number, name: "step \(number)") { _ in statements }
    }

    private static let first = migration(1, "CREATE TABLE test_a (x INTEGER)", "INSERT INTO test_a VALUES (1)")
    private static let second = migration(
        2, "CREATE TABLE test_b (x INTEGER)", "INSERT INTO test_b SELECT x FROM test_a")

    private func counts(_ database: Database) async throws -> [Int] {
        try await database.read { reader in
            try reader.query("SELECT count(*) FROM test_a UNION ALL SELECT count(*) FROM test_b") { $0.int(0) }
        }
    }

    @Test(arguments: Engine.all)
    func `each migration runs once, however often it is asked for`(engine: Engine) async throws {
        try await TestDatabase.with(engine, [Self.first]) { database in
            try await database.migrate([Self.first])
            try await database.migrate([Self.first, Self.second])
            try await database.migrate([Self.first, Self.second])
            #expect(try await counts(database) == [1, 1])
        }
    }

    @Test func `a start that has nothing to apply waits for no host that migrates`() async throws {
        try await TestDatabase.with(.postgres, [Self.first]) { database in
            var options = DatabaseOptions()
            options.readers = 1
            let other = try await Database.open(database.url, options: options)
            let lock: SQL = "SELECT pg_advisory_lock(7487600001) IS NULL"
            #expect(try await other.read { try $0.first(lock) { $0.bool(0) } } == false)
            // It would give up after a minute.
            try await database.migrate([Self.first])
            await other.close()
        }
    }

    @Test(arguments: Engine.all)
    func `a migration that stops in the middle leaves nothing behind and can be run again`(engine: Engine) async throws
    {
        let broken = Self.migration(2, "CREATE TABLE test_b (x INTEGER)", "INSERT INTO test_missing VALUES (1)")
        try await TestDatabase.with(engine) { database in
            let error = await #expect(throws: StorageError.self) { try await database.migrate([Self.first, broken]) }
            #expect(error?.message.hasPrefix("migration test 2 “step 2” failed: ") == true)
            try await database.migrate([Self.first, Self.second])
            #expect(try await counts(database) == [1, 1])
        }
    }

    @Test(arguments: Engine.all)
    func `a migration that was edited after it ran is refused, and nothing is changed`(engine: Engine) async throws {
        let edited = Self.migration(1, "CREATE TABLE test_a (x BIGINT)", "INSERT INTO test_a VALUES (1)")
        try await TestDatabase.with(engine, [Self.first]) { database in
            let error = await #expect(throws: StorageError.self) { try await database.migrate([edited, Self.second]) }
            #expect(
                error?.message == "migration test 1 “step 1” was changed after it was applied; write a new one instead")
            await expect(.other) { try await counts(database) }
        }
    }

    @Test(arguments: Engine.all)
    func `a database that is newer than the program is refused`(engine: Engine) async throws {
        try await TestDatabase.with(engine, [Self.first, Self.second]) { database in
            let error = await #expect(throws: StorageError.self) { try await database.migrate([Self.first]) }
            #expect(
                error?.message == "the database is newer than this program: migration test 2 “step 2” is not known here"
            )
        }
    }

    @Test(arguments: Engine.all)
    func `the tables of a module that is switched off do not matter`(engine: Engine) async throws {
        let other = Migration(module: "other", number: 1, name: "only") { _ in ["CREATE TABLE other_a (x INTEGER)"] }
        try await TestDatabase.with(engine, [Self.first, other]) { database in
            try await database.migrate([Self.first, Self.second])
            #expect(try await counts(database) == [1, 1])
        }
    }

    @Test(arguments: Engine.all)
    func `two hosts may migrate at once`(engine: Engine) async throws {
        let migrations = [Self.first] + (2...12).map { Self.migration($0, "CREATE TABLE test_\($0) (x INTEGER)") }
        try await TestDatabase.with(engine) { database in
            let other = try await Database.open(database.url)
            async let a: Void = database.migrate(migrations)
            async let b: Void = other.migrate(migrations)
            _ = try await (a, b)
            let numbers = try await other.read { reader in
                try reader.query("SELECT number FROM storage_migration WHERE module = 'test' ORDER BY number") {
                    $0.int(0)
                }
            }
            #expect(numbers == Array(1...12))
            await other.close()
        }
    }
}
