import Foundation
import Logging
import ModuleKit
import Storage
import TrivselTesting

@testable import Host

/// A host of several institutions, in this process, each with the demo's university in a database of its own.
struct Tenancy: Sendable {
    /// One of them, as people reach it.
    struct Place: Sendable {
        let name, address: String
        let port: Int
        let database: Database
        let clock: MovableClock

        var client: Client { Client(port: port, name: address) }

        func browser(_ person: String) async throws -> Browser {
            let browser = Browser(port: port, name: address)
            try await browser.signIn(person)
            return browser
        }

        func token(_ person: String) async throws -> String {
            try await Sessions(database: database).makeToken(person: person, now: clock.now)
        }

        func api(_ person: String) async throws -> APIClient { api(token: try await token(person)) }

        func api(token: String) -> APIClient { APIClient(port: port, token: token, name: address) }

        /// Reports a case; returns its id.
        func report(title: String = "Sensuren er tre uker forsinket") async throws -> String {
            let answer = try await api("kari").post("/api/v1/deviations", HostHarness.reportBody(title: title))
            return try answer.json(CaseReceipt.self).id
        }
    }

    let host: TenantsHost
    let port, statusPort: Int
    let north, south: Place
    private let folder: TemporaryFolder

    /// Where an institution of this name is, were it served.
    private static let addresses = ["north": "127.0.0.2", "south": "127.0.0.3", "east": "127.0.0.4"]

    /// The whole machine's page.
    var status: Client { Client(port: statusPort) }

    /// - Parameter southern: lines of south's file in place of its own.
    static func with(
        _ engine: Engine = .sqlite, modules: [any FeatureModule.Type] = [Deviations.self], southern: String? = nil,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        isolation: isolated (any Actor)? = #isolation, _ body: (Tenancy) async throws -> Void
    ) async throws {
        try await TestDatabase.with(engine, Foundations.migrations) { north in
            try await TestDatabase.with(engine, Foundations.migrations) { south in
                for database in [north, south] {
                    try await DemoDirectory(database: database).load(from: HostHarness.demo)
                    // Databases made as copies of one begin with one log.
                    try await database.write {
                        try $0.execute("UPDATE event_log_epoch SET epoch = \(UUID().uuidString)")
                    }
                }
                let folder = try TemporaryFolder()
                try folder.write(lines("north", north), to: "institutions/north.yaml")
                try folder.write(southern ?? lines("south", south), to: "institutions/south.yaml")
                try await run(folder, modules, logger, north, south, body)
            }
        }
    }

    private static func run(
        _ folder: TemporaryFolder, _ modules: [any FeatureModule.Type], _ logger: Logger, _ north: Database,
        _ south: Database, isolation: isolated (any Actor)? = #isolation, _ body: (Tenancy) async throws -> Void
    ) async throws {
        let environment = [
            "TRIVSEL_MODULES_ENABLED": modules.map { $0.manifest.id }.joined(separator: ","), "TRIVSEL_HTTP_PORT": "0",
            "TRIVSEL_TENANTS_DIRECTORY": "\(folder.path)/institutions", "TRIVSEL_TENANTS_STATUS_PORT": "0",
            "TRIVSEL_DATA_DIRECTORY": "\(folder.path)/data",
        ]
        let load: @Sendable (String?) throws -> Settings = { name in
            try Settings.load(
                modules: modules.flatMap { $0.manifest.settings }, environment: environment, directory: folder.path,
                tenant: name)
        }
        let clock = MovableClock()
        let host = TenantsHost(
            try load(nil), catalogue: modules, metrics: PrometheusMetrics(), logger: logger, clock: clock.clock,
            hearsSignals: false
        ) { try load($0) }
        let ready = AsyncStream.makeStream(of: (Int, Int).self)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { ready.continuation.finish() }
                try await host.run { ready.continuation.yield(($0, $1)) }
            }
            for await (port, status) in ready.stream {
                defer { host.stop() }
                try await body(
                    Tenancy(
                        host: host, port: port, statusPort: status, north: place("north", north, port, clock),
                        south: place("south", south, port, clock), folder: folder))
                break
            }
            try await tasks.waitForAll()
        }
    }

    private static func place(_ name: String, _ database: Database, _ port: Int, _ clock: MovableClock) -> Place {
        Place(name: name, address: "\(addresses[name] ?? ""):\(port)", port: port, database: database, clock: clock)
    }

    private static func lines(_ name: String, _ database: Database? = nil) -> String {
        let address = "http:\n  publicUrl: http://\(addresses[name] ?? "")\n"
        return database.map { address + "database:\n  url: \"\($0.url)\"\n" } ?? address
    }

    /// Writes the file of one more, with a database of its own, or that one's anew, and has the host look.
    func add(_ name: String, on database: Database? = nil) async throws {
        try folder.write(Self.lines(name, database), to: "institutions/\(name).yaml")
        await host.readAnew()
    }

    /// Takes a file away and has the host look; returns when it has let go.
    func remove(_ name: String) async throws {
        try FileManager.default.removeItem(atPath: "\(folder.path)/institutions/\(name).yaml")
        await host.readAnew()
    }

    /// Any visitor of the institution of this name.
    func stranger(_ name: String) -> Client { Client(port: port, name: "\(Self.addresses[name] ?? name):\(port)") }
}
