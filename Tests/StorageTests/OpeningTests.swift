import Foundation
import Storage
import Testing
import TrivselTesting

struct OpeningTests {
    @Test(arguments: ["", "sqlite:", "mysql://localhost/x", "/var/lib/trivsel.sqlite"])
    func `an address of another form is refused`(text: String) {
        #expect(throws: StorageError.self) { try DatabaseURL(text) }
    }

    @Test(arguments: [
        (
            "postgres://kari:hemmelig@h1:5432,h2/trivsel?target_session_attrs=read-write",
            "postgres://kari:***@h1:5432,h2/trivsel"
        ),
        ("postgres:///trivsel?password=hemmelig", "postgres:///trivsel"),
        ("postgresql://kari@h1/trivsel", "postgresql://kari@h1/trivsel"),
        ("sqlite:/srv/trivsel.sqlite", "sqlite:/srv/trivsel.sqlite"),
    ])
    func `an address is shown without its password`(text: String, shown: String) throws {
        #expect(try DatabaseURL(text).description == shown)
    }

    @Test func `a file that is no database is refused in one line`() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "trivsel.sqlite")
            try Data(repeating: 65, count: 5000).write(to: file)
            let error = await #expect(throws: StorageError.self) {
                try await Database.open(try DatabaseURL("sqlite:\(file.path)"))
            }
            #expect(error?.kind == .corrupt)
            #expect(
                error?.message == "cannot open the database \(file.path): the file is not a database, or is damaged")
        }
    }

    @Test func `a file in a folder that is missing is refused in one line`() async throws {
        let error = await #expect(throws: StorageError.self) {
            try await Database.open(try DatabaseURL("sqlite:/nonexistent/trivsel.sqlite"))
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("/nonexistent/trivsel.sqlite") == true)
        #expect(error?.message.contains("\n") == false)
    }

    @Test func `a PostgreSQL server that is not there is refused in one line`() async throws {
        let error = await #expect(throws: StorageError.self) {
            try await Database.open(try DatabaseURL("postgres://kari:hemmelig@127.0.0.1:1/trivsel"))
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("\n") == false)
        #expect(error?.message.contains("hemmelig") == false)
    }

    @Test func `of several PostgreSQL servers the one that takes writes is used`() async throws {
        try await TestDatabase.with(.postgres) { database in
            // Nobody listens at the first.
            let several = database.url.description.replacing("@127.0.0.1:", with: "@127.0.0.1:1,127.0.0.1:")
            try #require(several.contains(",127.0.0.1:"))
            let other = try await Database.open(try DatabaseURL("\(several)?target_session_attrs=read-write"))
            try await other.write { tx in try tx.execute("CREATE TABLE test_a (x INTEGER)") }
            await other.close()
            #expect(try await database.read { try $0.first("SELECT count(*) FROM test_a") { $0.int(0) } } == 0)
        }
    }

    @Test func `a closed SQLite database leaves one file, with everything in it`() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "trivsel.sqlite")
            let database = try await Database.open(try DatabaseURL("sqlite:\(file.path)"))
            try await database.write { tx in try tx.execute("CREATE TABLE test_a (x INTEGER)") }
            await database.close()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["trivsel.sqlite"])
        }
    }

    @Test func `a full disk fails the writes that met it, and later ones work`() async throws {
        try await TestDatabase.with(.sqlite, TransactionTests.tables) { database in
            func limit(_ pages: Int) async throws {
                _ = try await database.write { tx in
                    try tx.first("PRAGMA max_page_count = \(raw: String(pages))") { $0.int(0) }
                }
            }
            let insertion: SQL = "INSERT INTO test_unit VALUES (\(String(repeating: "x", count: 1_000_000)), 1)"
            try await limit(20)
            await expect(.full) { try await database.write { tx in try tx.execute(insertion) } }
            try await limit(100_000)
            #expect(try await database.write { tx in try tx.execute(insertion) } == 1)
        }
    }

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }
}
