public import EventBus
public import EventKit
import Foundation
public import Host
import Logging
public import ModuleKit
import Storage

/// A whole host, from its start to its graceful stop, with a database, a data directory and ports of its own.
///
/// Its university is that of the demo; time stands still until a test moves it.
public struct HostHarness: Sendable {
    /// The demo data that the product comes with.
    public static let demo = DemoFolder(path: root + "/Config/demo")

    /// The repository.
    public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    public let base: Foundations
    public let clock: MovableClock
    /// Where it serves pages and API.
    public let port: Int
    private let host: TrivselHost

    /// Runs a host with these modules while `body` runs.
    ///
    /// - Parameters:
    ///   - enabled: the modules that the configuration names; all of them when nil.
    ///   - environment: further settings, as variables.
    /// - Throws: what the start throws, what `body` throws, what the stop throws.
    public static func with(
        _ engine: Engine = .sqlite, modules: [any FeatureModule.Type], enabled: [String]? = nil,
        environment: [String: String] = [:],
        isolation: isolated (any Actor)? = #isolation, _ body: (HostHarness) async throws -> Void
    ) async throws {
        try await TestDatabase.with(engine, Foundations.migrations) { database in
            let folder = try TemporaryFolder()
            let clock = MovableClock()
            defer { withExtendedLifetime(folder) {} }
            let settings = try settings(modules, enabled, environment, folder)
            let base = try await Foundations(
                settings, database: database, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await DemoDirectory(database: database).load(from: demo)
            let host = TrivselHost(
                base, catalogue: modules, metrics: PrometheusMetrics(), clock: clock.clock, hearsSignals: false
            ) {
                settings.modulesEnabled
            }
            try await run(host) { port in
                try await body(HostHarness(base: base, clock: clock, port: port, host: host))
            }
        }
    }

    private static func run(
        _ host: TrivselHost, isolation: isolated (any Actor)? = #isolation, _ body: (Int) async throws -> Void
    ) async throws {
        let ready = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { ready.continuation.finish() }
                try await host.run { ready.continuation.yield($0) }
            }
            for await port in ready.stream {
                try await body(port)
                host.stop()
                break
            }
            try await tasks.waitForAll()
        }
    }

    private static func settings(
        _ modules: [any FeatureModule.Type], _ enabled: [String]?, _ environment: [String: String],
        _ folder: TemporaryFolder
    ) throws -> Settings {
        let own = [
            "TRIVSEL_MODULES_ENABLED": (enabled ?? modules.map { $0.manifest.id }).joined(separator: ","),
            "TRIVSEL_HTTP_PORT": "0", "TRIVSEL_FEED_ENDPOINT": "tcp://127.0.0.1:*",
            "TRIVSEL_DESK_ENDPOINT": "tcp://127.0.0.1:*",
            "TRIVSEL_DATA_DIRECTORY": "\(folder.path)/data",
            // Time stands still: whoever asks much in a test would get no room again.
            "TRIVSEL_LIMITS_SESSION_PER_SECOND": "0", "TRIVSEL_LIMITS_TOKEN_PER_SECOND": "0",
            "TRIVSEL_LIMITS_ADDRESS_PER_SECOND": "0", "TRIVSEL_LIMITS_STRANGERS_WRITES_PER_SECOND": "0",
        ]
        return try Settings.load(
            modules: modules.flatMap { $0.manifest.settings },
            environment: own.merging(environment) { _, given in given },
            directory: folder.path)
    }

    /// Loads a module's part of the demo.
    public func loadDemo(_ type: any FeatureModule.Type) async throws {
        _ = try await base.directory.freshChart()
        try await base.make(type, clock: clock.clock).loadDemo(from: Self.demo) { _, _ in }
    }

    /// Begins the graceful stop; the server is gone when it no longer answers.
    public func stop() { host.stop() }

    /// A browser in which nobody is signed in.
    public func visitor(language: String = "nb") -> Browser { Browser(port: port, language: language) }

    /// A browser in which this person is signed in.
    public func browser(_ person: String) async throws -> Browser {
        let browser = visitor()
        try await browser.signIn(person)
        return browser
    }

    /// A client with a new token of this person.
    public func api(_ person: String) async throws -> APIClient {
        APIClient(port: port, token: try await base.sessions.makeToken(person: person, now: clock.now))
    }

    /// A client without a token.
    public func stranger(language: String = "en") -> APIClient { APIClient(port: port, token: nil, language: language) }

    /// Where feed and desk are bound.
    public func endpoints() throws -> BusEndpoints {
        let key = try KeyFile.read(KeyFiles(dataDirectory: base.settings.dataDirectory).notifications)
        return BusEndpoints(feed: key.feed, desk: key.desk)
    }

    /// Gives the person a role, from now on unless told otherwise.
    public func grant(
        _ role: Role, to person: String, at unit: String, from: Timestamp? = nil, to end: Timestamp? = nil
    ) async throws {
        let grant = RoleGrant(person: person, role: role, unit: unit, from: from ?? clock.now, to: end)
        try await base.database.write { try Directory.put(grant, in: $0) }
    }
}
