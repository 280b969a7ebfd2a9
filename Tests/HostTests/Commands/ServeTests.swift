import Foundation
import HTTPTypes
import Testing
import TrivselTesting

/// The host as a process: what reaches it from outside while it runs.
@Suite struct ServeTests {
    private func isOn(_ port: Int) async throws -> Bool {
        try await Client(port: port).send(.get, "/api/v1/categories").status == .ok
    }

    @Test func `it serves until it is told to stop, and then ends well`() async throws {
        let program = try Program()
        try await program.serving { _, port in
            let answer = try await Client(port: port).send(.get, "/health/ready")
            #expect(answer.status == .ok)
        }
    }

    @Test func `it logs JSON lines and, for people, where it is`() async throws {
        let program = try Program()
        let started = try program.start(["serve"])
        let port = try await started.port()
        started.signal(SIGINT)
        let run = try await started.end()
        #expect(run.code == 0)
        #expect(run.complaints.first == "Trivsel is at http://127.0.0.1:\(port)")
        #expect(run.errors.contains("feed and desk are bound"))
    }

    @Test func `it says when nobody can sign in, and why`() async throws {
        let program = try Program()
        func said(_ environment: [String: String] = [:]) async throws -> [String] {
            let started = try program.start(["serve"], environment: environment)
            let port = try await started.port()
            started.signal(SIGINT)
            return try await started.end().complaints.filter { !$0.hasSuffix(":\(port)") }
        }
        let empty = try await said()
        #expect(empty.count == 1 && empty[0].hasPrefix("Nobody can sign in: there are no people yet. `trivsel demo`"))
        try await program.demo()
        #expect(try await said().isEmpty)
        let closed = try await said(["TRIVSEL_SIGN_IN_DEMO": "false"])
        #expect(closed.count == 1 && closed[0].contains("signIn.providers names no provider"))
    }

    @Test func `modules disable and enable reach a running host`() async throws {
        let program = try Program()
        try await program.serving { _, port in
            #expect(try await isOn(port))
            #expect(try await program.run("modules", "disable", "deviations").code == 0)
            try await eventually("deviations are off") { try await !isOn(port) }
            #expect(try await program.run("modules").output.contains("off  Deviations  (switched by hand"))
            #expect(try await program.run("modules", "enable", "deviations").code == 0)
            try await eventually("deviations are on") { try await isOn(port) }
            #expect(try await !program.run("modules").output.contains("by hand"))
        }
    }

    @Test func `SIGHUP reads the file anew`() async throws {
        let program = try Program()
        let file = "Config/trivsel.yaml"
        try program.folder.write("modules:\n  enabled: [deviations]\n", to: file)
        try await program.serving(environment: ["TRIVSEL_MODULES_ENABLED": ""]) { host, port in
            #expect(try await isOn(port))
            try program.folder.write("modules:\n  enabled: []\n", to: file)
            host.signal(SIGHUP)
            try await eventually("deviations are off") { try await !isOn(port) }
            try program.folder.write("modules:\n  enabled: [deviations]\n", to: file)
            host.signal(SIGHUP)
            try await eventually("deviations are on") { try await isOn(port) }
        }
    }

    @Test(arguments: ["modules:\n  enabled: [deviatons]\n", "modules: [", "http:\n  prot: 1\n"])
    func `SIGHUP with a broken file changes nothing`(_ broken: String) async throws {
        let program = try Program()
        let file = "Config/trivsel.yaml"
        try program.folder.write("modules:\n  enabled: [deviations]\n", to: file)
        try await program.serving(environment: ["TRIVSEL_MODULES_ENABLED": ""]) { host, port in
            try program.folder.write(broken, to: file)
            host.signal(SIGHUP)
            try await eventually("it says so") { host.log.contains("the configuration was not taken over") }
            #expect(try await isOn(port))
        }
    }

    @Test func `metrics can be read by Prometheus, and name no address`() async throws {
        try await Program().serving { _, port in
            let client = Client(port: port)
            _ = try await client.send(.get, "/deviations/mine/secret-id")
            for _ in 1...3 { _ = try await client.send(.head, "/health/live") }
            let answer = try await client.send(.get, "/metrics")
            #expect(answer.headers[.contentType]?.hasPrefix("text/plain; version=0.0.4") == true)
            let line =
                /(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*)|([a-zA-Z_:][a-zA-Z0-9_:]*(\{.*\})? [-+0-9.eE]+(Inf|NaN)?)/
            let lines = answer.text.split(separator: "\n")
            #expect(lines.count > 20)
            #expect(lines.filter { $0.wholeMatch(of: line) == nil } == [])
            #expect(answer.text.contains("/deviations/mine/{id}"))
            #expect(!answer.text.contains("secret-id"))
            // Nothing is in hand but this request.
            let inHand = answer.text.matches(of: /http_server_active_requests\{.*"(\w+)"\} ([1-9].*)/).map {
                "\($0.1) \($0.2)"
            }
            #expect(inHand == ["GET 1"])
        }
    }
}
