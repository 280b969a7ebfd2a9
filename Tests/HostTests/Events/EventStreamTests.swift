import EventBus
import EventKit
import Foundation
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// Who may read events as a stream, and streams that end by themselves; live ones are in Tests/Browser.
@Suite(.timeLimit(.minutes(5))) struct EventStreamTests {
    private func run(
        _ engine: Engine = .sqlite,
        _ body: (HostHarness, APIClient, _ epoch: String, _ head: Int64) async throws -> Void
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            _ = try await host.report()
            try await host.base.log.waitUntilHead(isAt: 1)
            let (epoch, _, head) = try await host.base.log.bounds()
            try await body(host, try await host.api("anders"), epoch, head)
        }
    }

    @Test func `only who may read the events of the whole institution gets them`() async throws {
        try await run { host, _, _, _ in
            for person in ["kari", "ingrid", "dagny", "sissel"] {
                let answer = try await host.api(person).get("/api/v1/events?from=1")
                #expect(answer.status == .forbidden, "\(person)")
                #expect(try await host.browser(person).get("/admin/events/stream?from=1").status == .forbidden)
            }
            #expect(try await host.stranger().get("/api/v1/events?from=1").status == .unauthorized)
            #expect(try await host.browser("anders").get("/api/v1/events?from=1").status == .unauthorized)
        }
    }

    @Test(arguments: ["types=Deviations!", "types=", "from=0", "from=x", "from=-4"])
    func `what cannot be read is named`(_ query: String) async throws {
        try await run { _, anders, _, _ in
            let answer = try await anders.get("/api/v1/events?\(query)")
            #expect(answer.status == .badRequest)
            #expect(try answer.json(ProblemBody.self).errors?.first?.field == String(query.prefix { $0 != "=" }))
        }
    }

    @Test(arguments: Engine.all)
    func `a reader of another log, or of one that ends before, is told and sent away`(engine: Engine) async throws {
        try await run(engine) { _, anders, epoch, head in
            let other = String(repeating: "0", count: 32)
            for last in ["1@\(other)", "\(head + 1)@\(epoch)", "\(head + 1)"] {
                let answer = try await anders.get(
                    "/api/v1/events", headers: [HTTPField.Name("Last-Event-ID")!: last])
                #expect(answer.status == .ok && answer.header("Content-Type") == "text/event-stream")
                #expect(
                    answer.text == "retry: 2000\n\nevent: epoch\ndata: {\"epoch\":\"\(epoch)\",\"first\":null}\n\n",
                    "\(last)")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a reader of what the log no longer holds is told from where it does`(engine: Engine) async throws {
        try await run(engine) { host, anders, epoch, _ in
            for _ in 1...3 { _ = try await host.report() }
            try await host.base.log.waitUntilHead(isAt: 4)
            let later = Timestamp(milliseconds: 4_000_000_000_000)
            #expect(try await host.base.log.forget(before: later, limit: 2) { _ in .max } == 2)
            let answer = try await anders.get(
                "/api/v1/events", headers: [HTTPField.Name("Last-Event-ID")!: "1@\(epoch)"])
            #expect(answer.text.hasSuffix("event: truncated\ndata: {\"epoch\":null,\"first\":3}\n\n"))
        }
    }
}
