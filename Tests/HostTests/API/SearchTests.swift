import HTTPTypes
import Host
import Testing
import TrivselTesting

/// `POST /api/v1/deviations/search`: words are sent in the body, never in an address.
@Suite struct SearchTests {
    private struct Found: Decodable, Equatable {
        struct Item: Decodable, Equatable { let id: String }
        let items: [Item]
        let next: String?
    }

    private static let list = "/api/v1/deviations"

    @Test(arguments: Engine.all)
    func `it finds by words and by number, narrows as the list does, and goes on where it stopped`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let (one, two, hall) = try await (
                host.report(title: "Kvernen står"), host.report(title: "Kvernen durer"), host.report(title: "Hallen")
            )
            let ingrid = try await host.api("ingrid")
            func found(_ body: String) async throws -> [String] {
                try await ingrid.search(body).json(Found.self).items.map(\.id)
            }
            #expect(try await Set(found(#"{"q":"kvern"}"#)) == [one, two])
            #expect(try await found(#"{"q":"kvernen dur"}"#) == [two])
            #expect(try await found(#"{"q":"kvern","status":["assigned","closed"],"overdue":false}"#).isEmpty)
            #expect(try await Set(found("{}")) == [one, two, hall])
            let first = try await ingrid.search(#"{"q":"kvern","limit":1}"#).json(Found.self)
            let next = try #require(first.next)
            let second = try await ingrid.search(#"{"q":"kvern","limit":1,"after":"\#(next)"}"#).json(Found.self)
            #expect(Set((first.items + second.items).map(\.id)) == [one, two])
            // The same answer as the list's, where both can be asked.
            let listed = try await ingrid.get("\(Self.list)?status=received&limit=2").text
            #expect(try await ingrid.search(#"{"status":["received"],"limit":2}"#).text == listed)
        }
    }

    @Test func `words in an address are refused, and the answer says where they go`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            for query in ["q=kvern", "limit=1&q=", "q=2026-0001"] {
                let answer = try await host.api("priya").get("\(Self.list)?\(query)")
                let problem = try answer.json(ProblemBody.self)
                #expect(answer.status == .badRequest && problem.errors?.map(\.field) == ["q"])
                #expect(problem.errors?.first?.message.contains("/api/v1/deviations/search") == true)
                #expect(!answer.text.contains("kvern"))
            }
        }
    }

    @Test(arguments: [
        (#"{"q":1}"#, "q"), (#"{"status":"received"}"#, "status"), (#"{"status":["x"]}"#, "status"),
        (#"{"limit":0}"#, "limit"), (#"{"after":"x"}"#, "after"), (#"{"overdue":"true"}"#, "overdue"),
    ])
    func `what cannot be read is named`(body: String, field: String) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let answer = try await host.api("ingrid").search(body)
            #expect(answer.status == .badRequest)
            #expect(try answer.json(ProblemBody.self).errors?.map(\.field) == [field])
        }
    }

    @Test func `it needs a token, and shows nobody what they may not read`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            _ = try await host.report(title: "Kvernen står")
            #expect(try await host.stranger().search(#"{"q":"kvern"}"#).status == .unauthorized)
            #expect(try await host.api("ola").search(#"{"q":"kvern"}"#).json(Found.self).items.isEmpty)
        }
    }
}
