import EventKit
import HTTPTypes
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import Host

/// Keys to the API: what they open, for how long, and until when.
@Suite struct TokenTests {
    private static let list = "/api/v1/deviations"

    private struct Tokens: Decodable {
        struct Item: Decodable {
            let id, name, scope, madeAt, expiresAt: String
            let usedOn: String?
        }
        let items: [Item]
    }

    private func run(_ engine: Engine = .sqlite, _ body: (HostHarness) async throws -> Void) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self, Whistleblowing.self], body)
    }

    private func client(_ host: HostHarness, _ person: String, _ scope: APIToken.Scope, name: String = "") async throws
        -> APIClient
    {
        APIClient(
            port: host.port,
            token: try await host.base.sessions.makeToken(
                person: person, name: name, scope: scope, now: host.clock.now))
    }

    private func usedOn(_ host: HostHarness) async throws -> [String?] {
        try await host.base.database.read {
            try $0.query("SELECT used_on FROM host_token ORDER BY made, id") { $0.textOrNil(0) }
        }
    }

    @Test(arguments: Engine.all)
    func `a token that only reads is refused every method that changes something, in its person's language`(
        engine: Engine
    ) async throws {
        try await run(engine) { host in
            let id = try await host.report()
            try await host.base.database.write { try Directory.setLanguage(.nn, of: "ingrid", in: $0) }
            let reader = try await client(host, "ingrid", .read)
            let before = try await host.snapshot()
            #expect(try await reader.get("\(Self.list)/\(id)").status == .ok)
            for answer in [
                try await reader.post(Self.list, HostHarness.reportBody()),
                try await reader.post("\(Self.list)/\(id)/notes", #"{"text":"x"}"#, headers: [.ifMatch: "\"1\""]),
                try await reader.delete("/api/v1/me/tokens/x"), try await reader.put("/api/v1/webhooks/x", "{}"),
                try await reader.post("/api//v1/nothing", "{}"),
            ] {
                let problem = try answer.json(ProblemBody.self)
                #expect(answer.status == .forbidden && problem.type == "/problems/token-only-reads")
                #expect(problem.title == "Denne nøkkelen kan berre lese")
            }
            #expect(try await host.snapshot() == before)
            let writer = try await client(host, "ingrid", .write)
            #expect(try await writer.post(Self.list, HostHarness.reportBody()).status == .created)
        }
    }

    @Test(arguments: ["/api/v1/deviations/search", "//api/v1/deviations//search"])
    func `a search changes nothing, so a token that only reads may send it`(path: String) async throws {
        try await run { host in
            let id = try await host.report()
            let found = try await client(host, "ingrid", .read).post(path, "{}")
            #expect(found.status == .ok && found.text.contains(id))
        }
    }

    @Test(arguments: Engine.all)
    func `a revoked token opens nothing from the next request on, and others go on`(engine: Engine) async throws {
        try await run(engine) { host in
            let (lost, kept) = try await (
                client(host, "kari", .write, name: "Tapt"), client(host, "kari", .read, name: "Kvar")
            )
            #expect(try await lost.get(Self.list).status == .ok)
            let listed = try await kept.get("/api/v1/me/tokens").json(Tokens.self).items
            #expect(Set(listed.map(\.name)) == ["Tapt", "Kvar"] && Set(listed.map(\.scope)) == ["write", "read"])
            let id = try #require(listed.first { $0.name == "Tapt" }?.id)
            // Somebody else's is like one that there is not.
            #expect(try await client(host, "ola", .write).delete("/api/v1/me/tokens/\(id)").status == .notFound)
            #expect(try await lost.delete("/api/v1/me/tokens/\(id)").status == .noContent)
            #expect(try await lost.get(Self.list).status == .unauthorized)
            #expect(try await kept.get(Self.list).status == .ok)
            #expect(try await kept.get("/api/v1/me/tokens").json(Tokens.self).items.map(\.name) == ["Kvar"])
        }
    }

    @Test(arguments: Engine.all)
    func `the last day of use is kept, once a day and never its hour`(engine: Engine) async throws {
        try await run(engine) { host in
            let kari = try await client(host, "kari", .write)
            #expect(try await usedOn(host) == [nil])
            try #require(try await kari.get(Self.list).status == .ok)
            #expect(try await usedOn(host) == ["2026-11-27"])
            host.clock.advance(seconds: 86_400)
            #expect(try await usedOn(host) == ["2026-11-27"])
            try #require(try await kari.get(Self.list).status == .ok)
            #expect(try await usedOn(host) == ["2026-11-28"])
        }
    }

    @Test(arguments: ["/api/v1/whistleblowing", "//api/v1/whistleblowing/"])
    func `that something was told in confidence is no use of a token`(path: String) async throws {
        try await run { host in
            let kari = try await client(host, "kari", .write)
            let body =
                #"{"category":"threats","campus":"trondheim","title":"Trusler","description":"Han truet oss.","named":true}"#
            #expect(try await kari.post(path, body).status == .created)
            #expect(try await usedOn(host) == [nil])
        }
    }

    @Test(arguments: Language.allCases)
    func `on their page a person makes a token, sees it once, and takes it back`(language: Language) async throws {
        try await run { host in
            try await host.base.database.write { try Directory.setLanguage(language, of: "kari", in: $0) }
            let text = TokenTexts[language]
            let kari = try await host.browser("kari")
            #expect(try await kari.get("/me/data").text.contains("href=\"/me/tokens\""))
            #expect(try await kari.get("/me/tokens").text.contains(text.none))
            let made = try await kari.post("/me/tokens", ["name": "Uke & år", "scope": "read", "days": "30"])
            let secret = try #require(made.text.firstMatch(of: /trv_[A-Za-z0-9_-]{43}/)).output
            #expect(made.text.contains(text.shownLead) && made.headers[.cacheControl] == "no-store")
            let program = APIClient(port: host.port, token: String(secret))
            #expect(try await program.get(Self.list).status == .ok)
            #expect(try await program.post(Self.list, HostHarness.reportBody()).status == .forbidden)
            let page = try await kari.get("/me/tokens").text
            #expect(!page.contains(secret) && page.contains("Uke &amp; år") && page.contains(text.scopes[.read] ?? "?"))
            let day = language.words(
                try #require(CivilDate("2026-11-27")), today: try #require(CivilDate("2026-11-27")))
            #expect(page.contains(text.made(day)) && page.contains(text.used(day)))
            #expect(try await kari.get("/me/data").text.contains("Uke &amp; år"))
            let path = try #require(page.firstMatch(of: /\/me\/tokens\/[0-9a-f-]+\/revoke/)).output
            #expect(try await host.browser("ola").post(String(path)).status == .notFound)
            #expect(try await kari.post(String(path)).location == "/me/tokens?done=1")
            #expect(try await kari.get("/me/tokens?done=1").text.contains(text.revoked))
            #expect(try await program.get(Self.list).status == .unauthorized)
        }
    }

    @Test(arguments: [
        ("name", String(repeating: "x", count: 101)), ("name", "a\nb"), ("scope", "all"), ("scope", ""), ("days", "0"),
        ("days", "366"), ("days", "x"), ("days", ""),
    ])
    func `what is wrong is marked, what was typed stays, and no token is made`(field: String, value: String)
        async throws
    {
        try await run { host in
            let kari = try await host.browser("kari")
            let before = try await host.snapshot()
            let good = ["name": "Rapport", "scope": "write", "days": "7"].merging([field: value]) { $1 }
            let answer = try await kari.post(
                "/me/tokens", fields: good.map { ($0.key, Array($0.value.utf8)) }, token: .found)
            #expect(answer.status == .unprocessableContent && answer.text.contains("href=\"#\(field)\""))
            #expect(field == "name" || answer.text.contains("value=\"Rapport\""))
            #expect(try await host.snapshot() == before)
        }
    }

    @Test func `nobody has more than twenty, and what has expired is forgotten`() async throws {
        try await run { host in
            let kari = try await host.browser("kari")
            func make() async throws -> Answer {
                try await kari.post("/me/tokens", ["name": "", "scope": "read", "days": "1"])
            }
            for _ in 1...20 { #expect(try await make().status == .ok) }
            #expect(try await make().status == .unprocessableContent)
            host.clock.advance(seconds: 86_400)
            let later = try await host.browser("kari")
            #expect(try await later.get("/me/tokens").text.contains(TokenTexts.nb.none))
            #expect(try await later.post("/me/tokens", ["scope": "read", "days": "1"]).status == .ok)
            #expect(try await usedOn(host).count == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `a token from before there were scopes does what it did, and can be revoked`(engine: Engine) async throws {
        let older = Foundations.migrations.filter { $0.module != "host" || $0.number < 3 }
        try await TestDatabase.with(engine, older) { database in
            let secret = "trv_" + Secret.make()
            let hash = Secret.hash(secret)
            let now = Timestamp(milliseconds: 1_000)
            try await database.write { tx in
                try tx.execute(
                    "INSERT INTO host_token (hash, person, made, expires) VALUES (\(hash), 'kari', \(now), \(now.adding(seconds: 60)))"
                )
            }
            try await database.migrate(Foundations.migrations)
            let sessions = Sessions(database: database)
            let token = try #require(try await sessions.tokens(of: "kari", now: now).first)
            #expect(token.scope == .write && token.usedOn == nil && !token.id.isEmpty && token.id != hash)
            #expect(try await sessions.revokeToken(token.id, of: "ola") == false)
            #expect(try await sessions.revokeToken(token.id, of: "kari"))
            #expect(try await sessions.tokens(now: now).isEmpty)
        }
    }
}
