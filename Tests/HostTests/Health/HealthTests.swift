import Foundation
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// What a watchman is told.
@Suite struct HealthTests {
    private struct Ready: Decodable, Equatable {
        let status: String
        let missing: [String]
    }

    @Test func `a host that has everything is ready`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let answer = try await host.stranger().get("/health/ready")
            #expect(answer.status == .ok)
            #expect(try answer.json(Ready.self) == Ready(status: "ready", missing: []))
            #expect(try await host.stranger().get("/health/live").status == .ok)
        }
    }

    @Test func `without its database it lives but is not ready, and says so`() async throws {
        try await HostHarness.with(.postgres, modules: [Alpha.self]) { host in
            let kari = try await host.browser("kari")
            try await host.withoutDatabase {
                let answer = try await host.stranger().get("/health/ready")
                #expect(answer.status == .serviceUnavailable)
                #expect(try answer.json(Ready.self) == Ready(status: "not ready", missing: ["database"]))
                #expect(try await host.stranger().get("/health/live").status == .ok)
                let page = try await kari.get("/")
                #expect(page.status == .serviceUnavailable)
                #expect(page.headers[.retryAfter] == "5")
                #expect(page.text.contains("Vi får ikke lagret akkurat nå"))
            }
            try await eventually("the host is ready again") {
                try await host.stranger().get("/health/ready").status == .ok
            }
            #expect(try await kari.get("/").status == .ok)
        }
    }

    @Test func `without its database it still stops as it should`() async throws {
        try await HostHarness.with(.postgres, modules: [Alpha.self], environment: ["TRIVSEL_HTTP_HOST": "127.83.0.4"]) {
            host in
            try await host.withoutDatabase {
                host.stop()
                try await eventually("the server is gone") { !isBound(port: host.port, at: "127.83.0.4") }
            }
            #expect(!isBound(port: host.port, at: "127.83.0.4"))
        }
    }

    @Test func `a module of which something ended by itself is named`() async throws {
        try await Stage.$current.withValue(Stage(faults: [.run("beta")])) {
            try await HostHarness.with(modules: [Alpha.self, Beta.self]) { host in
                try await eventually("beta has failed") { try await host.stranger().get("/health/ready").status != .ok }
                let answer = try await host.stranger().get("/health/ready")
                #expect(try answer.json(Ready.self) == Ready(status: "not ready", missing: ["module beta"]))
                let page = try await host.browser("anders").get("/admin/modules").text
                #expect(page.contains("module beta (phase run)"))
                #expect(try await host.visitor().get("/beta").status == .notFound)
                #expect(try await host.visitor().get("/alpha").status == .ok)
            }
        }
    }
}
