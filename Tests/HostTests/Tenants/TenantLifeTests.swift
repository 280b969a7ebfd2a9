import Foundation
import HTTPTypes
import Logging
import Storage
import Synchronization
import Testing
import TrivselTesting

@testable import Host

/// Institutions come and go while the host runs.
@Suite(.timeLimit(.minutes(5))) struct TenantLifeTests {
    private struct Health: Decodable { let status: String, warnings: [String] }

    /// Keeps asking and reporting at one institution while `body` runs; returns what was answered.
    private func underLoad(_ place: Tenancy.Place, _ body: () async throws -> Void) async throws -> [HTTPResponse
        .Status]
    {
        let over = Over()
        let api = try await place.api("kari")
        return try await withThrowingTaskGroup(of: [HTTPResponse.Status].self) { tasks in
            for _ in 1...4 {
                tasks.addTask {
                    var seen: [HTTPResponse.Status] = []
                    repeat {
                        seen.append(try await api.get("/api/v1/deviations?limit=1").status)
                        seen.append(try await api.post("/api/v1/deviations", HostHarness.reportBody()).status)
                    } while !over.isOver
                    return seen
                }
            }
            do { try await body() } catch {
                over.isOver = true
                throw error
            }
            over.isOver = true
            return try await tasks.reduce(into: []) { $0 += $1 }
        }
    }

    @Test(arguments: Engine.all)
    func `one is added and taken away without another's losing a request`(engine: Engine) async throws {
        try await TestDatabase.with(engine) { east in
            try await Tenancy.with(engine) { host in
                let answers = try await underLoad(host.north) {
                    for _ in 1...3 {
                        #expect(try await host.stranger("east").send(.get, "/sign-in").status == .misdirectedRequest)
                        try await host.add("east", on: east)
                        try await eventually("east serves") {
                            try await host.stranger("east").send(.get, "/health/ready").status == .ok
                        }
                        try await host.remove("east")
                    }
                    #expect(try await host.stranger("east").send(.get, "/sign-in").status == .misdirectedRequest)
                }
                #expect(answers.count >= 24)
                #expect(answers.filter { $0 != .ok && $0 != .created } == [])
                let tables = try await east.read { try $0.first("SELECT count(*) FROM directory_person") { $0.int(0) } }
                #expect(tables == 0, "its data stays")
            }
        }
    }

    @Test func `what the one taken away had in hand is answered first`() async throws {
        let stage = Stage(gates: ["alpha"])
        try await Stage.$current.withValue(stage) {
            try await Tenancy.with(modules: [Alpha.self]) { host in
                let kari = try await host.south.browser("kari")
                async let late = kari.get("/alpha/slow")
                try await stage.wait(for: "alpha is asked")
                async let removal: Void = host.remove("south")
                try await eventually("nobody more is let in") {
                    try await host.stranger("south").send(.get, "/sign-in").status != .ok
                }
                stage.unlock("alpha")
                let answer = try await late
                #expect(answer.text == "late but whole")
                try await removal
                #expect(try await host.stranger("south").send(.get, "/sign-in").status == .misdirectedRequest)
                #expect(try await host.stranger("north").send(.get, "/sign-in").status == .ok)
            }
        }
    }

    @Test func `one that cannot be started is an alarm, the others serve, and it comes as soon as it can`() async throws
    {
        try await Tenancy.with(
            southern: "http:\n  publicUrl: http://127.0.0.3\ndatabase:\n  url: sqlite:/nowhere/at/all\n"
        ) {
            host in
            #expect(try await host.stranger("north").send(.get, "/sign-in").status == .ok)
            let closed = try await host.stranger("south").send(.get, "/sign-in")
            #expect(closed.status == .serviceUnavailable && closed.body.isEmpty)
            let health = try await host.status.send(.get, "/health/ready")
            #expect(health.status == .ok)
            #expect(try health.json(Health.self).warnings == ["tenant south is not served; the log says why"])
            let alarm = #"trivsel_alarms{tenant="south",alarm="tenant-down"} "#
            #expect(try await host.status.send(.get, "/metrics").text.contains(alarm + "1\n"))
            try await host.add("south", on: host.south.database)
            try await eventually("south serves") {
                try await host.stranger("south").send(.get, "/health/ready").status == .ok
            }
            try await eventually("the alarm is over") {
                try await host.status.send(.get, "/metrics").text.contains(alarm + "0\n")
            }
            #expect(try await host.status.send(.get, "/health/ready").json(Health.self).warnings == [])
        }
    }

    @Test(arguments: [
        "http:\n  publicUrl: http://127.0.0.2:8080\n", "log:\n  level: info\n",
        "http:\n  publicUrl: http://127.0.0.3\n  port: 80\n", "http: [\n",
        "http:\n  publicUrl: http://127.0.0.3\ninstallation:\n  name: north\n",
    ])
    func `what another has, or has no place of its own, is not served`(southern: String) async throws {
        try await Tenancy.with(southern: southern) { host in
            let (north, south) = (host.stranger("north"), host.stranger("south"))
            let (open, closed) = (try await north.send(.get, "/sign-in"), try await south.send(.get, "/sign-in"))
            #expect(open.status == .ok && closed.status != .ok)
            #expect(try await host.status.send(.get, "/health/ready").json(Health.self).warnings.count == 1)
        }
    }

    @Test func `a database of another under another address is not served`() async throws {
        try await Tenancy.with { host in
            let path = try #require("\(host.north.database.url)".split(separator: ":").last)
            let other = try DatabaseURL("sqlite:/.\(path)")
            try await host.remove("south")
            let database = try await Database.open(other)
            try await host.add("south", on: database)
            try await eventually("south is refused") {
                try await host.status.send(.get, "/health/ready").json(Health.self).warnings.count == 1
            }
            #expect(try await host.stranger("south").send(.get, "/sign-in").status == .serviceUnavailable)
            await database.close()
        }
    }

    @Test func `each line of the log that is about one names it`() async throws {
        let folder = try TemporaryFolder()
        let file = try #require(FileHandle(forWritingAtPath: try folder.write("", to: "log")))
        let output = LineOutput(descriptor: file.fileDescriptor)
        let logger = Logger(label: "test") { JSONLogHandler(label: $0, level: .info, output: output) }
        try await Stage.$current.withValue(Stage()) {
            try await Tenancy.with(modules: [Alpha.self], logger: logger) { host in
                let kari = try await host.south.browser("kari")
                #expect(try await kari.get("/alpha/broken").status == .internalServerError)
            }
        }
        let lines = try String(contentsOfFile: "\(folder.path)/log", encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        func tenants(_ message: String) -> [String?] {
            lines.filter { $0.message == message }.map(\.tenant).sorted { ($0 ?? "") < ($1 ?? "") }
        }
        #expect(tenants("a request failed") == ["south"])
        #expect(tenants("module on") == ["north", "south"])
        #expect(tenants("feed and desk are bound") == ["north", "south"])
    }
}

/// Tells tasks that they may end.
private final class Over: Sendable {
    private let state = Mutex(false)

    var isOver: Bool {
        get { state.withLock(\.self) }
        set { state.withLock { $0 = newValue } }
    }
}

/// What a line of the log says.
private struct Line: Decodable {
    let message: String
    let tenant: String?
}
