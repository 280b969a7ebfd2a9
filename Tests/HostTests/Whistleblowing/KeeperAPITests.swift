import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// `/api/v1/whistleblowing/cases`: a keeper's work through the API, and nothing for anybody else.
@Suite struct KeeperAPITests {
    private struct List: Decodable {
        struct Item: Decodable {
            let id, title, state: String
            let isNew: Bool
        }
        let items: [Item]
    }

    private struct Seen: Decodable {
        struct Entry: Decodable { let kind, text: String }
        let category, state: String
        let excluded: [String]
        let entries: [Entry]
        let feedbackOn, deleteOn: String?
    }

    private static let path = "/api/v1/whistleblowing/cases"

    private func act(_ act: String, _ id: String, by person: String = "vigdis", _ json: String, _ host: HostHarness)
        async throws -> Answer
    {
        let client = try await host.api(person)
        let tag = try await client.get("\(Self.path)/\(id)").headers[.eTag] ?? "\"1\""
        return try await client.post("\(Self.path)/\(id)/\(act)", json, headers: [.ifMatch: tag])
    }

    private func list(_ person: String, state: String = "open", _ host: HostHarness) async throws -> [List.Item] {
        try await host.api(person).get("\(Self.path)?state=\(state)").json(List.self).items
    }

    @Test(arguments: Engine.all)
    func `a keeper does all that the page does, and the reporter reads it with the code`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Whistleblowing.self]) { host in
            let code = try await Whistle.report(host.visitor())
            let first = try #require(try await list("vigdis", host).first)
            #expect(first.title == Whistle.title && first.state == "received" && first.isNew)
            let id = first.id
            for (name, json) in [
                ("acknowledgement", #"{"text":"Takk."}"#), ("questions", #"{"text":"Når var det?"}"#),
                ("notes", #"{"text":"Snakket med HR."}"#), ("category", #"{"category":"bullying"}"#),
                ("feedback", #"{"text":"Vi har tatt det opp."}"#), ("conclusion", #"{"text":"Ferdig."}"#),
            ] {
                let answer = try await act(name, id, json, host)
                #expect(answer.status == .ok && answer.headers[.eTag] != nil, "\(name): \(answer.text)")
            }
            let seen = try await host.api("vigdis").get("\(Self.path)/\(id)").json(Seen.self)
            #expect(seen.category == "bullying" && seen.state == "concluded")
            #expect(seen.feedbackOn == "2026-11-27" && seen.deleteOn == "2028-11-27")
            #expect(seen.entries.map(\.text).contains("Snakket med HR."))
            #expect(try await list("vigdis", host).isEmpty)
            #expect(try await list("vigdis", state: "concluded", host).map(\.isNew) == [false])
            let page = try await Whistle.open(host.visitor(), code).text
            for text in ["Takk.", "Når var det?", "Vi har tatt det opp.", "Ferdig."] { #expect(page.contains(text)) }
            #expect(!page.contains("HR"))
            #expect(try await host.rows("idempotency_answer") == 0)
            #expect(try await host.rows("event_log", where: "type LIKE 'whistle%'") == 0)
        }
    }

    @Test func `what is missing, too early, or seen before somebody else's act is refused`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            _ = try await Whistle.report(host.visitor())
            let id = try #require(try await list("vigdis", host).first).id
            let empty = try await act("notes", id, #"{"text":" "}"#, host)
            #expect(empty.status == .unprocessableContent && empty.wrongFields == ["text"])
            #expect(try await act("conclusion", id, #"{"text":"Ferdig."}"#, host).status == .conflict)
            let vigdis = try await host.api("vigdis")
            let address = "\(Self.path)/\(id)/notes"
            #expect(try await vigdis.post(address, #"{"text":"a"}"#).status == .preconditionRequired)
            let stale = try await vigdis.post(address, #"{"text":"a"}"#, headers: [.ifMatch: "\"0\""])
            #expect(stale.status == .preconditionFailed)
            let stranger = try await act("exclusions", id, #"{"person":"kari","reason":"Nei"}"#, host)
            #expect(stranger.status == .unprocessableContent && stranger.wrongFields == ["person"])
            let seen = try await vigdis.get("\(Self.path)/\(id)").json(Seen.self)
            #expect(seen.entries.map(\.kind) == ["received"] && seen.excluded.isEmpty)
        }
    }

    @Test func `a keeper who withdraws has no access from that moment on, and the next one has it`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            _ = try await Whistle.report(host.visitor())
            let id = try #require(try await list("vigdis", host).first).id
            let gone = try await act("exclusions", id, #"{"person":"vigdis","reason":"Kjenner ham."}"#, host)
            #expect(gone.status == .noContent && gone.body.isEmpty)
            #expect(try await host.api("vigdis").get("\(Self.path)/\(id)").status == .notFound)
            #expect(try await list("vigdis", host).isEmpty)
            let seen = try await host.api("torstein").get("\(Self.path)/\(id)").json(Seen.self)
            #expect(seen.excluded == ["vigdis"] && seen.entries.contains { $0.text == "Kjenner ham." })
        }
    }

    @Test func `nobody but the keepers learns that there is a case, with whatever body`() async throws {
        try await HostHarness.with(modules: [Deviations.self, Whistleblowing.self]) { host in
            _ = try await Whistle.report(host.visitor())
            let id = try #require(try await list("vigdis", host).first).id
            for person in ["kari", "ingrid", "dagny", "unni", "anders", "torstein"] {
                let client = try await host.api(person)
                // The institution's keeper is one, and not of this case.
                #expect(try await client.get(Self.path).status == (person == "torstein" ? .ok : .notFound))
                for rest in ["", "/files/x1"] {
                    let there = try await client.get("\(Self.path)/\(id)\(rest)")
                    let nowhere = try await client.get("\(Self.path)/nothing\(rest)")
                    #expect(there.status == .notFound)
                    #expect(there.text.replacing(id, with: "") == nowhere.text.replacing("nothing", with: ""))
                }
                for (body, tag) in [(#"{"text":"a"}"#, "\"1\""), ("{", "\"1\""), ("{}", "x")] {
                    func send(_ id: String) async throws -> String {
                        let answer = try await client.post(
                            "\(Self.path)/\(id)/notes", body, headers: [.ifMatch: tag])
                        return "\(answer.status.code) \(answer.text.replacing(id, with: ""))"
                    }
                    let there = try await send(id)
                    #expect(there.hasPrefix("404"), "\(person)")
                    #expect(try await send("nothing") == there)
                }
            }
            #expect(try await host.stranger().get(Self.path).status == .unauthorized)
        }
    }
}
