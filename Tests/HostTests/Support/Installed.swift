import Foundation
import Host
import ModuleKit
import Storage
import TrivselTesting

/// A program with demo data on one of the engines, and the settings by which it runs.
struct Installed {
    let program: Program
    let environment: [String: String]
    /// Its databases on PostgreSQL; nil when they are files.
    private let servers: (data: Database, keys: Database)?

    /// Lays it, gives it to `body`, and removes it.
    static func with(_ engine: Engine, modules: String = "deviations", _ body: (Installed) async throws -> Void)
        async throws
    {
        let program = try Program()
        let kills = "\(program.folder.path)/kills"
        try FileManager.default.createDirectory(atPath: kills, withIntermediateDirectories: true)
        try Data().write(to: URL(filePath: "\(kills)/killed"))
        let environment = ["TRIVSEL_MODULES_ENABLED": modules, "TRIVSEL_TEST_KILL_FOLDER": kills]
        guard engine == .postgres else {
            try await program.demo()
            return try await body(Installed(program: program, environment: environment, servers: nil))
        }
        try await TestDatabase.with(.postgres) { data in
            try await TestDatabase.with(.postgres) { keys in
                let environment = environment.merging(
                    ["TRIVSEL_DATABASE_URL": "\(data.url)", "TRIVSEL_VAULT_KEYS": "\(keys.url)"]
                ) { $1 }
                let loaded = try await program.run(
                    "demo", "--folder", HostHarness.demo.path, environment: environment)
                guard loaded.code == 0 else { throw NeverCame(description: loaded.errors) }
                try await body(Installed(program: program, environment: environment, servers: (data, keys)))
            }
        }
    }

    /// Reads in its database.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value {
        if let servers { try await servers.data.read(body) } else { try await program.database(body) }
    }

    /// Writes in its database.
    func write(_ body: @escaping @Sendable (Transaction) throws -> Void) async throws {
        if let servers { return try await servers.data.write(body) }
        let database = try await Database.open(try DatabaseURL("sqlite:\(program.folder.path)/data/trivsel.sqlite"))
        try await database.write(body)
        await database.close()
    }

    /// Reads in the database of its keys.
    func readKeys<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value {
        if let servers { try await servers.keys.read(body) } else { try await program.database(of: "keys", body) }
    }

    /// Rows of a table that meet a condition.
    func rows(_ table: String, where condition: SQL = "1 = 1") async throws -> Int {
        try await read { try $0.first("SELECT COUNT(*) FROM \(raw: table) WHERE \(condition)") { $0.int(0) } } ?? -1
    }

    /// A new token of the API.
    func token(_ person: String) async throws -> String {
        try await program.run("token", "new", "--person", person, environment: environment).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Everything that it keeps, says and sends, as files.
    func raw() async throws -> RawFiles {
        var folders = [program.folder.path]
        for database in [servers?.data, servers?.keys].compactMap(\.self) { folders += try await database.rawFolders() }
        return RawFiles(in: folders)
    }

    /// Takes a backup of the data, lets `change` happen, and gives `body` an installation with the backup and today's keys.
    func restored(after change: () async throws -> Void, _ body: (Installed) async throws -> Void) async throws {
        let backing = try await BackingUp(self)
        try Self.expectEnded(try await backing.back())
        try await change()
        guard let servers else {
            let data = "\(program.folder.path)/data/trivsel.sqlite"
            for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: data + end) }
            try Self.expectEnded(try await backing.restore(to: "sqlite:\(data)"))
            return try await body(self)
        }
        try await TestDatabase.with(.postgres) { data in
            try Self.expectEnded(try await backing.restore(to: "\(data.url)"))
            let environment = environment.merging(["TRIVSEL_DATABASE_URL": "\(data.url)"]) { $1 }
            try await body(Installed(program: program, environment: environment, servers: (data, servers.keys)))
        }
    }

    private static func expectEnded(_ run: Run) throws {
        guard run.code == 0 else { throw NeverCame(description: run.errors) }
    }

    /// Runs a host while `body` has its port.
    func serving(_ environment: [String: String] = [:], _ body: (Started, Int) async throws -> Void) async throws {
        try await program.serving(environment: self.environment.merging(environment) { $1 }, body)
    }

    /// Runs a host that dies at `point`, which must be passed so many times from when `plant` is called.
    func dying(
        at point: String, passes: Int = 1, _ body: (_ port: Int, _ plant: () throws -> Void) async throws -> Void
    ) async throws {
        let kills = "\(program.folder.path)/kills"
        try Data().write(to: URL(filePath: "\(kills)/killed"))
        let started = try program.start(["serve"], environment: environment)
        do {
            try await body(try await started.port()) {
                try Data(repeating: 46, count: passes).write(to: URL(filePath: "\(kills)/\(point)"))
            }
        } catch {
            started.signal(SIGKILL)
            throw error
        }
        let code = try await started.end().code
        let killed = try String(contentsOfFile: "\(kills)/killed", encoding: .utf8)
        guard code == -SIGKILL, killed.hasPrefix("\(point) ") else {
            throw NeverCame(description: "it ended with \(code) and not at \(point): \(killed)")
        }
    }
}
