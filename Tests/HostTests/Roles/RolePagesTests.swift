import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// `/people`: roles are given and ended by those who answer for them.
@Suite struct RolePagesTests {
    private func run(_ engine: Engine = .sqlite, _ body: (HostHarness) async throws -> Void) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { try await body($0) }
    }

    private func give(
        _ role: String, to person: String, at unit: String, from: String = "2026-11-27", chosen: String = "",
        _ browser: Browser
    ) async throws -> Answer {
        try await browser.get("/people")
        return try await browser.post(
            "/people", ["person": person, "chosen": chosen, "role": role, "unit": unit, "from": from, "to": ""])
    }

    /// The address at which the page ends somebody's role.
    private func ending(_ name: String, _ browser: Browser) async throws -> String {
        let page = try await browser.get("/people").text
        let rows = page.split(separator: "<tr>").filter { $0.contains("<b>\(name)</b>") }
        return String(try #require(rows.first?.firstMatch(of: /\/people\/[0-9a-f-]+\/end/)).output)
    }

    @Test(arguments: Engine.all)
    func `a line manager gives and ends the roles by which the unit's cases are read`(_ engine: Engine) async throws {
        try await run(engine) { host in
            let id = try await host.report()
            let (dagny, gunn) = (try await host.browser("dagny"), try await host.browser("gunn"))
            #expect(try await gunn.get("/deviations/\(id)").status == .notFound)
            #expect(
                try await give("intake-officer", to: "gunn@ntnu.test", at: "ie", dagny).location == "/people?done=given"
            )
            #expect(try await gunn.get("/deviations/\(id)").status == .ok)
            host.clock.advance(seconds: 60)
            let path = try await ending("Gunn Ellingsen", dagny)
            #expect(try await dagny.get(path).text.contains("Åpne saker går til Ingrid Tangvik."))
            #expect(try await dagny.post(path).location == "/people?done=ended")
            #expect(try await gunn.get("/deviations/\(id)").status == .notFound)
            let all = try await host.base.database.read { try Directory.grants(GrantFilter(person: "gunn"), in: $0) }
            let mine = try #require(all.first { $0.grant.unit == "ie" })
            #expect((mine.madeBy, mine.endedBy, mine.grant.to) == ("dagny", "dagny", host.clock.now))
            #expect(try await dagny.post(path).status == .notFound)
        }
    }

    @Test(arguments: [
        ("dagny", "intake-officer", "hf"), ("dagny", "line-manager", "ie"), ("dagny", "administrator", "ntnu"),
        ("dagny", "vault-keeper", "ie"), ("anders", "vault-keeper", "ntnu"), ("anders", "ombud", "ntnu"),
        ("magnhild", "administrator", "ntnu"), ("magnhild", "case-handler", "ie"),
    ])
    func `nobody gives a role that is not theirs to give`(person: String, role: String, unit: String) async throws {
        try await run { host in
            let browser = try await host.browser(person)
            _ = try await browser.get("/people")
            let before = try await host.snapshot()
            let answer = try await give(role, to: "gunn", at: unit, browser)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("Denne rollen gir du ikke ved denne enheten."))
            #expect(try await host.snapshot() == before)
        }
    }

    @Test func `nobody gives a role to themselves, and no student reads cases`() async throws {
        try await run { host in
            let (anders, magnhild) = (try await host.browser("anders"), try await host.browser("magnhild"))
            #expect(try await give("case-handler", to: "anders", at: "ie", anders).text.contains("Ingen gir seg selv"))
            #expect(try await give("ombud", to: "magnhild", at: "ntnu", magnhild).text.contains("Ingen gir seg selv"))
            #expect(try await give("case-handler", to: "kari", at: "ie", anders).text.contains("Studenter kan ikke"))
            #expect(try await give("lmu-member", to: "kari", at: "ntnu", anders).status == .seeOther)
            #expect(try await give("vault-keeper", to: "gunn", at: "ntnu", magnhild).status == .seeOther)
        }
    }

    @Test(arguments: Engine.all)
    func `a name that several people have asks which of them it is`(_ engine: Engine) async throws {
        try await run(engine) { host in
            try await host.base.database.write { tx in
                for (id, name) in [("u1", "Åse Øverås"), ("u2", "Åse Marie Øverås"), ("u3", "Åse Berg")] {
                    let person = Person(
                        id: id, name: name, email: "\(id)@ntnu.test", language: .nb, affiliation: .employee, unit: "ie",
                        campus: nil)
                    try Directory.put(person, in: tx)
                }
            }
            let dagny = try await host.browser("dagny")
            let asked = try await give("case-handler", to: "åse øverås", at: "ie", dagny)
            #expect(asked.status == .unprocessableContent && asked.text.contains("u1@ntnu.test"))
            #expect(asked.text.contains("u2@ntnu.test") && !asked.text.contains("u3@ntnu.test"))
            #expect(try await give("case-handler", to: "åse øverås", at: "ie", chosen: "u3", dagny).status != .seeOther)
            #expect(try await give("case-handler", to: "åse øverås", at: "ie", chosen: "u2", dagny).status == .seeOther)
            #expect(try await host.base.directory.freshChart().grants(of: "u2", at: host.clock.now).count == 1)
        }
    }

    @Test func `what nobody else sees to cannot be ended, until somebody else does`() async throws {
        try await run { host in
            let anders = try await host.browser("anders")
            let refused = try await anders.post(try await ending("Anders Lillevik", anders))
            #expect(refused.status == .unprocessableContent && refused.text.contains("Gi rollen til en annen først"))
            #expect(try await give("administrator", to: "gunn", at: "ntnu", anders).status == .seeOther)
            host.clock.advance(seconds: 60)
            #expect(try await anders.post(try await ending("Anders Lillevik", anders)).location == "/people?done=ended")
            #expect(try await anders.get("/people").status == .forbidden)
            #expect(try await host.browser("gunn").get("/people").status == .ok)
        }
    }

    @Test func `who gives no role has no such page, and sees no other unit's roles`() async throws {
        try await run { host in
            for person in ["kari", "ingrid", "hamid", "unni", "vigdis"] {
                let browser = try await host.browser(person)
                #expect(try await browser.get("/people").status == .forbidden, "\(person)")
                #expect(try await !browser.get("/").text.contains("href=\"/people\""), "\(person)")
            }
            let dagny = try await host.browser("dagny")
            let page = try await dagny.get("/people?ended=yes").text
            #expect(page.contains("Hamid Rostami") || page.contains("Berit Nordengen"))
            #expect(!page.contains("Nils Fjellstad") && !page.contains("Torstein Brekke"))
            let other = try await host.base.database.read { try Directory.grants(GrantFilter(person: "nils"), in: $0) }
            let id = try #require(other.first?.id)
            #expect(try await dagny.get("/people/\(id)/end").status == .notFound)
            #expect(try await dagny.post("/people/\(id)/end").status == .notFound)
            #expect(try await dagny.get("/people/x/end").status == .notFound)
        }
    }
}
