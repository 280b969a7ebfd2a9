import HTTPTypes
import Host
import HummingbirdTesting
import Testing
import TrivselTesting

/// A graceful stop: the last thing started stops first, and what is under way is finished.
@Suite struct StopTests {
    @Test func `modules start in the order of the catalogue and stop in reverse, one after the other`() async throws {
        let stage = Stage(gates: ["beta may stop"])
        try await Stage.$current.withValue(stage) {
            try await HostHarness.with(modules: [Alpha.self, Beta.self]) { host in
                try await stage.wait(for: "alpha runs")
                try await stage.wait(for: "beta runs")
                #expect(stage.told("made") == ["alpha is made", "beta is made"])
                host.stop()
                try await stage.wait(for: "beta is to stop")
                stage.unlock("beta may stop")
            }
        }
        #expect(stage.told("stop") == ["beta is to stop", "beta has stopped", "alpha is to stop", "alpha has stopped"])
    }

    @Test func `a request under way is answered before the modules stop`() async throws {
        let stage = Stage(gates: ["alpha"])
        try await Stage.$current.withValue(stage) {
            try await HostHarness.with(modules: [Alpha.self]) { host in
                async let slow = host.visitor().get("/alpha/slow")
                try await stage.wait(for: "alpha is asked")
                host.stop()
                try await eventually("the server takes no more requests") { !isBound(port: host.port) }
                #expect(stage.told("stop").isEmpty)
                stage.unlock("alpha")
                #expect(try await slow.text == "late but whole")
            }
        }
        #expect(stage.told("stop") == ["alpha is to stop", "alpha has stopped"])
    }

    @Test(.timeLimit(.minutes(5)))
    func `a connection on which nothing is under way holds nothing up`() async throws {
        try await HostHarness.with(modules: [Alpha.self], environment: ["TRIVSEL_STOP_SECONDS": "600"]) { host in
            try await TestClient.withClient(host: "127.0.0.1", port: host.port) { client in
                #expect(try await client.get("/health/live").status == .ok)
                host.stop()
                try await eventually("the server has let the connection go") {
                    (try? await client.get("/health/live")) == nil
                }
            }
        }
    }

    @Test func `what has not ended within stop_seconds is cut off`() async throws {
        let stage = Stage(gates: ["alpha may stop", "beta"])
        try await Stage.$current.withValue(stage) {
            try await HostHarness.with(modules: [Alpha.self, Beta.self], environment: ["TRIVSEL_STOP_SECONDS": "1"]) {
                host in
                async let slow = host.visitor().get("/beta/slow")
                try await stage.wait(for: "beta is asked")
                host.stop()
                #expect((try? await slow)?.status != .ok)
            }
        }
        #expect(!stage.told().contains("alpha has stopped"))
    }

    @Test func `after the stop no port is bound`() async throws {
        let address = "127.83.0.3"
        let environment = [
            "TRIVSEL_HTTP_HOST": address, "TRIVSEL_FEED_ENDPOINT": "tcp://\(address):*",
            "TRIVSEL_DESK_ENDPOINT": "tcp://\(address):*",
        ]
        var ports: [Int] = []
        try await HostHarness.with(modules: [Alpha.self], environment: environment) { host in
            ports = try host.endpoints().ports + [host.port]
            try #require(ports.count == 3)
            #expect(ports.allSatisfy { isBound(port: $0, at: address) })
        }
        #expect(ports.filter { isBound(port: $0, at: address) }.isEmpty)
    }
}
