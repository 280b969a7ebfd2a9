import Foundation
import Host
import ModuleKit
import Storage
import TrivselTesting

/// The commands for backups, with a pair of keys of their own.
struct BackingUp {
    let installed: Installed
    private let identity: String
    private let recipient: String

    var folder: String { installed.program.folder.path }

    init(_ installed: Installed) async throws {
        self.installed = installed
        let made = try await installed.program.run("backup", "key")
        identity = try installed.program.folder.write(made.output, to: "backup.private")
        recipient = made.errors.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func back(up name: String = "data.backup", keys: Bool = false) async throws -> Run {
        let arguments = ["backup", "--to", "\(folder)/\(name)", "--recipient", recipient] + (keys ? ["--keys"] : [])
        return try await installed.program.start(arguments, environment: installed.environment).end()
    }

    func restore(_ name: String = "data.backup", to url: String, destroyed: String? = nil, by key: String? = nil)
        async throws -> Run
    {
        let arguments =
            ["restore", "\(folder)/\(name)", "--key", key ?? identity, "--to", url]
            + (destroyed.map { ["--destroyed", $0] } ?? [])
        return try await installed.program.start(arguments, environment: installed.environment).end()
    }

    /// Runs a command on these databases.
    func run(_ arguments: String..., on data: String, keys: String) async throws -> Run {
        let places = ["TRIVSEL_DATABASE_URL": data, "TRIVSEL_VAULT_KEYS": keys]
        return try await installed.program.start(arguments, environment: installed.environment.merging(places) { $1 })
            .end()
    }

    /// Where a host puts down the keys that it destroys.
    var destroyed: String { "\(folder)/data/destroyed-keys.log" }

    /// Gives `body` the address of an empty database.
    func empty(_ engine: Engine, _ body: (String) async throws -> Void) async throws {
        guard engine == .postgres else {
            return try await body("sqlite:\(folder)/restored-\(UUID().uuidString).sqlite")
        }
        try await TestDatabase.with(.postgres) { try await body("\($0.url)") }
    }

    /// Reads in a database.
    func read<Value: Sendable>(_ url: String, _ body: @escaping @Sendable (Reader) throws -> Value) async throws
        -> Value
    {
        try await Program.reading(url, body)
    }

    /// How many tables a database has; none that is not there.
    func tables(_ url: String) async throws -> Int {
        try await read(url) { reader in
            let count: SQL =
                reader.dialect == .sqlite
                ? "SELECT count(*) FROM sqlite_master"
                : "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = CAST('public' AS regnamespace)"
            return try reader.first(count) { $0.int(0) } ?? -1
        }
    }

    /// Has the next command die at `point`, once it has passed it so many times.
    func plant(_ point: String, passes: Int) throws {
        try Data(repeating: 46, count: passes).write(to: URL(filePath: "\(folder)/kills/\(point)"))
    }

    /// A host on what was restored.
    func serving(_ url: String, keys: String? = nil, _ body: (Started, Int) async throws -> Void) async throws {
        var environment = ["TRIVSEL_DATABASE_URL": url]
        environment["TRIVSEL_VAULT_KEYS"] = keys
        try await installed.serving(environment, body)
    }

    func token(_ person: String, on url: String) async throws -> String {
        let environment = installed.environment.merging(["TRIVSEL_DATABASE_URL": url]) { $1 }
        return try await installed.program.run("token", "new", "--person", person, environment: environment).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
