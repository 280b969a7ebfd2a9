import EventKit
import Foundation
public import Storage

/// The engines that the tests of every store run on: `@Test(arguments: Engine.all)`.
public enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgres

    /// Both.
    public static let all = allCases
}

/// Gives each test a database of its own, on a real engine.
public enum TestDatabase {
    /// Opens a new database with `migrations` applied, gives it to `body`, and removes it.
    ///
    /// PostgreSQL's are made on the cluster that the variable `TRIVSEL_TEST_POSTGRES_URL` names, by a user who may make
    /// databases.
    public static func with<Value>(
        _ engine: Engine, _ migrations: [Migration] = [], options: DatabaseOptions = .init(),
        isolation: isolated (any Actor)? = #isolation, _ body: (Database) async throws -> Value
    ) async throws -> Value {
        let name = "trivsel_test_" + Identifier.make(at: now()).replacing("-", with: "")
        switch engine {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appending(path: name, directoryHint: .isDirectory)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let url = try DatabaseURL("sqlite:\(folder.path)/test.sqlite")
            return try await opened(url, options) { database in
                try await database.migrate(migrations)
                return try await body(database)
            }
        case .postgres:
            let cluster = try Cluster()
            let template = try await cluster.template(migrations)
            try await cluster.administer("CREATE DATABASE \(name) TEMPLATE \(template)")
            do {
                let value = try await opened(try cluster.url(of: name), options, body)
                // Without FORCE: a connection left open fails the test.
                try await cluster.administer("DROP DATABASE \(name)")
                return value
            } catch {
                try? await cluster.administer("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
                throw error
            }
        }
    }

    private static func opened<Value>(
        _ url: DatabaseURL, _ options: DatabaseOptions, isolation: isolated (any Actor)? = #isolation,
        _ body: (Database) async throws -> Value
    ) async throws -> Value {
        let database = try await Database.open(url, options: options)
        do {
            let value = try await body(database)
            await database.close()
            return value
        } catch {
            await database.close()
            throw error
        }
    }

    private static func now() -> Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}

extension EventLog {
    /// Returns when the log holds an event at `position`; on PostgreSQL it gets there only after its transaction.
    public func waitUntilHead(isAt position: Int64) async throws {
        for await _ in changes() where try await bounds().head >= position { return }
    }
}

/// The PostgreSQL server that tests make their databases on.
private struct Cluster {
    private let address: String

    init() throws {
        guard let address = ProcessInfo.processInfo.environment["TRIVSEL_TEST_POSTGRES_URL"] else {
            throw StorageError(
                .unavailable,
                "TRIVSEL_TEST_POSTGRES_URL is not set: run the tests with Scripts/test, which starts PostgreSQL")
        }
        self.address = address
    }

    func url(of database: String) throws -> DatabaseURL {
        var parts = address.split(separator: "?", maxSplits: 1).map(String.init)
        let slashes = parts[0].split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        parts[0] = slashes.prefix(3).joined(separator: "/") + "/" + database
        return try DatabaseURL(parts.joined(separator: "?"))
    }

    func administer(_ statement: String) async throws {
        var options = DatabaseOptions()
        options.lockTimeout = .seconds(60)
        let database = try await Database.open(try DatabaseURL(address), options: options)
        let result: Result<Void, any Error>
        do {
            result = .success(try await database.administer(statement))
        } catch {
            result = .failure(error)
        }
        await database.close()
        try result.get()
    }

    /// The name of a database with `migrations` applied, of which tests get copies.
    func template(_ migrations: [Migration]) async throws -> String {
        try await Templates.shared.name(migrations, self)
    }
}

/// Makes each template once.
private actor Templates {
    static let shared = Templates()
    private var made: [String: Task<Void, any Error>] = [:]

    func name(_ migrations: [Migration], _ cluster: Cluster) async throws -> String {
        if migrations.isEmpty { return "template1" }
        let process = ProcessInfo.processInfo.processIdentifier
        let name = "trivsel_template_\(process)_\(Digest.of(migrations.map { $0.checksum(.postgres) }))"
        let task = made[name] ?? Task { try await Self.make(name, migrations, cluster) }
        made[name] = task
        try await task.value
        return name
    }

    private static func make(_ name: String, _ migrations: [Migration], _ cluster: Cluster) async throws {
        try await cluster.administer("CREATE DATABASE \(name)")
        let database = try await Database.open(try cluster.url(of: name))
        do {
            try await database.migrate(migrations)
            await database.close()
        } catch {
            await database.close()
            throw error
        }
    }
}
