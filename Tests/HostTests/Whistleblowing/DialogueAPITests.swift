import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// `POST /api/v1/whistleblowing/dialogue`: the code opens the same case as on the page, by the same rules.
@Suite struct DialogueAPITests {
    private struct Receipt: Decodable { let receiptCode: String? }

    private struct Seen: Decodable {
        struct Entry: Decodable, Equatable {
            let kind, text: String
        }
        let state, title, description: String
        let entries: [Entry]
    }

    private static let path = "/api/v1/whistleblowing/dialogue"

    private func reported(_ host: HostHarness) async throws -> String {
        let answer = try await host.stranger().post(
            "/api/v1/whistleblowing",
            #"{"category":"threats","campus":"trondheim","title":"Trusler","description":"Han truet oss."}"#)
        return try #require(try answer.json(Receipt.self).receiptCode)
    }

    private func open(_ code: String, saying text: String? = nil, _ host: HostHarness) async throws -> Answer {
        let words = text.map { #","text":"\#($0)""# } ?? ""
        return try await host.stranger(language: "nb").post(Self.path, #"{"code":"\#(code)"\#(words)}"#)
    }

    @Test(arguments: Engine.all)
    func `both sides write to each other with the code alone, and notes and keepers stay unknown`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Whistleblowing.self]) { host in
            let code = try await reported(host)
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            for (act, text) in [
                ("acknowledgement", "Takk."), ("questions", "Når var det?"), ("notes", "Snakket med HR."),
            ] {
                #expect(try await Whistle.act(keeper, address, act, [("text", text)]).status == .seeOther)
            }
            host.clock.advance(seconds: 60 * 86_400)
            let read = try await open(code, host)
            let seen = try read.json(Seen.self)
            #expect(read.status == .ok && read.headers[.cacheControl] == "no-store")
            #expect(seen.state == "acknowledged" && seen.description == "Han truet oss.")
            #expect(seen.entries.map(\.kind) == ["received", "acknowledged", "asked"])
            #expect(seen.entries.last?.text == "Når var det?")
            let wrote = try await open(code, saying: "I september.", host)
            #expect(try wrote.json(Seen.self).entries.last == Seen.Entry(kind: "answered", text: "I september."))
            for answer in [read, wrote] {
                #expect(!answer.text.contains("HR") && !answer.text.lowercased().contains("vigdis"))
            }
            #expect(try await host.browser("vigdis").get(address).text.contains("I september."))
            #expect(try await Whistle.open(host.visitor(), code).text.contains("I september."))
            let empty = try await open(code, saying: " ", host)
            #expect(empty.status == .unprocessableContent && empty.wrongFields == ["text"])
        }
    }

    @Test func `a wrong code and one that never was get the same answer, and both doors are slowed by either`()
        async throws
    {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let code = try await reported(host)
            let wrong = String(code.dropLast()) + (code.last == "7" ? "8" : "7")
            let answer = try await open(wrong, host)
            #expect(answer.status == .unprocessableContent && answer.wrongFields == ["code"])
            let never = try await open("0000000000000000", saying: "Hei", host)
            #expect(never.status == answer.status && never.text == answer.text)
            #expect(try await open("12", host).text.contains("Koden har 16 sifre"))
            #expect(try await host.stranger().post(Self.path, "{}").wrongFields == ["code"])
            let held = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<12 { group.addTask { try await open(wrong, host).status == .tooManyRequests } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(held > 0)
            #expect(try await open(code, host).status == .tooManyRequests, "the right one is not told apart")
            #expect(try await Whistle.open(host.visitor(), code).text.contains("mange feil koder"))
            host.clock.advance(seconds: 600)
            #expect(try await open(code, host).status == .ok)
        }
    }

    @Test func `a token sent along tells nothing of when its person told something`() async throws {
        try await HostHarness.with(modules: [Deviations.self, Whistleblowing.self]) { host in
            let (code, kari) = (try await reported(host), try await host.api("kari"))
            func used() async throws -> [String] {
                try await host.base.database.read {
                    try $0.query("SELECT COALESCE(used_on, '') FROM host_token") { $0.text(0) }
                }
            }
            let before = try await used()
            host.clock.advance(seconds: 600)
            let read = try await kari.post(Self.path, #"{"code":"\#(code)","text":"Hei"}"#)
            #expect(read.status == .ok)
            #expect(try await used() == before)
            #expect(try await host.rows("idempotency_answer") == 0)
            // Elsewhere it counts as use.
            _ = try await kari.get("/api/v1/deviations")
            #expect(try await used() != before)
        }
    }
}
