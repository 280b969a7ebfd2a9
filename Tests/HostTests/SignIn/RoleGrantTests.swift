import EventKit
import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting

/// A role counts from its first moment to its last, on the very next request.
@Suite struct RoleGrantTests {
    private func run(_ body: (HostHarness, Browser) async throws -> Void) async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in try await body(host, try await host.browser("kari"))
        }
    }

    private func mayAdminister(_ browser: Browser) async throws -> Bool {
        let answer = try await browser.get("/admin/modules")
        #expect(answer.status == .ok || answer.status == .forbidden)
        #expect(try await browser.get("/").text.contains("href=\"/admin/modules\"") == (answer.status == .ok))
        return answer.status == .ok
    }

    @Test func `a role given now counts on the next request of a running session`() async throws {
        try await run { host, kari in
            #expect(try await !mayAdminister(kari))
            try await host.grant(.administrator, to: "kari", at: "ntnu")
            #expect(try await mayAdminister(kari))
        }
    }

    @Test func `a role counts from its first moment and up to its end`() async throws {
        try await run { host, kari in
            let start = host.clock.now.adding(seconds: 600)
            try await host.grant(.administrator, to: "kari", at: "ntnu", from: start, to: start.adding(seconds: 600))
            host.clock.advance(seconds: 599)
            #expect(try await !mayAdminister(kari))
            host.clock.advance(seconds: 1)
            #expect(try await mayAdminister(kari))
            host.clock.advance(seconds: 599)
            #expect(try await mayAdminister(kari))
            host.clock.advance(seconds: 1)
            #expect(try await !mayAdminister(kari))
        }
    }

    @Test func `a role that is ended early counts no more on the next request`() async throws {
        try await run { host, kari in
            let start = host.clock.now
            try await host.grant(.administrator, to: "kari", at: "ntnu", from: start)
            #expect(try await mayAdminister(kari))
            host.clock.advance(seconds: 5)
            try await host.grant(.administrator, to: "kari", at: "ntnu", from: start, to: host.clock.now)
            #expect(try await !mayAdminister(kari))
        }
    }

    @Test func `a token has the roles its owner has at the moment`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report(by: "ola")
            let thea = try await host.api("thea")
            #expect(try await thea.get("/api/v1/deviations/\(id)").status == .notFound)
            let start = host.clock.now
            try await host.grant(.lineManager, to: "thea", at: "ie", from: start, to: start.adding(seconds: 60))
            #expect(try await thea.get("/api/v1/deviations/\(id)").status == .ok)
            host.clock.advance(seconds: 60)
            #expect(try await thea.get("/api/v1/deviations/\(id)").status == .notFound)
        }
    }
}
