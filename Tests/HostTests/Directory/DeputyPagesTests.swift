import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting

/// People choose who stands in for them; an administrator sees to all.
@Suite struct DeputyPagesTests {
    private func run(_ body: (HostHarness) async throws -> Void) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { try await body($0) }
    }

    private func choose(_ deputy: String, from: String = "2026-11-27", to: String = "2026-11-29", _ browser: Browser)
        async throws -> Answer
    {
        try await browser.post("/deputy", ["deputy": deputy, "role": "", "unit": "", "from": from, "to": to])
    }

    @Test func `a handler's deputy sees the case from the next request on, until the end of the last day`() async throws
    {
        try await run { host in
            let id = try await host.report()
            let (ingrid, gunn) = try await (host.browser("ingrid"), host.browser("gunn"))
            #expect(try await gunn.get("/deviations/\(id)").status == .notFound)
            try await ingrid.get("/deputy")
            #expect(try await choose("Gunn@ntnu.test", ingrid).location == "/deputy?done=1")
            #expect(try await gunn.get("/deviations/\(id)").status == .ok)
            // From 10 on Friday to the midnight after Sunday.
            for _ in 1...61 {
                host.clock.advance(seconds: 3600)
                try await gunn.get("/")
            }
            host.clock.advance(seconds: 3599)
            #expect(try await host.browser("gunn").get("/deviations/\(id)").status == .ok)
            host.clock.advance(seconds: 1)
            #expect(try await host.browser("gunn").get("/deviations/\(id)").status == .notFound)
        }
    }

    @Test func `ended early, it counts no more on the next request`() async throws {
        try await run { host in
            let id = try await host.report()
            let (ingrid, gunn) = try await (host.browser("ingrid"), host.browser("gunn"))
            _ = try await choose("gunn@ntnu.test", ingrid)
            #expect(try await gunn.get("/deviations/\(id)").status == .ok)
            host.clock.advance(seconds: 60)
            let page = try await ingrid.get("/deputy").text
            let path = try #require(page.firstMatch(of: /\/deputy\/[0-9a-f-]+\/end/)).output
            #expect(try await gunn.post(String(path)).status == .notFound)
            #expect(try await ingrid.post(String(path)).status == .seeOther)
            #expect(try await gunn.get("/deviations/\(id)").status == .notFound)
        }
    }

    @Test func `what is wrong is marked, what was typed stays, and nothing is stored`() async throws {
        try await run { host in
            let ingrid = try await host.browser("ingrid")
            let before = try await host.snapshot()
            for (deputy, from, to) in [
                ("nobody@ntnu.test", "2026-11-27", ""), ("kari@ntnu.test", "2026-11-27", ""),
                ("ingrid@ntnu.test", "2026-11-27", ""),
                ("gunn@ntnu.test", "2026-11-26", ""), ("gunn@ntnu.test", "x", ""),
                ("gunn@ntnu.test", "2026-11-28", "2026-11-27"),
            ] {
                let answer = try await choose(deputy, from: from, to: to, ingrid)
                #expect(
                    answer.status == .unprocessableContent && answer.text.contains("class=\"summary\""),
                    "\(deputy) \(from) \(to)")
                #expect(answer.text.contains("value=\"\(deputy)\""))
            }
            #expect(try await host.snapshot() == before)
        }
    }

    @Test func `a circle is refused with the reason`() async throws {
        try await run { host in
            let (ingrid, gunn) = try await (host.browser("ingrid"), host.browser("gunn"))
            _ = try await choose("gunn@ntnu.test", ingrid)
            let answer = try await choose("ingrid@ntnu.test", gunn)
            #expect(answer.status == .unprocessableContent && answer.text.contains("går i ring"))
        }
    }

    @Test func `an administrator sets and ends anybody's, but cannot become a deputy that way`() async throws {
        try await run { host in
            let id = try await host.report()
            let anders = try await host.browser("anders")
            try await anders.get("/admin/deputies")
            func set(_ deputy: String) async throws -> Answer {
                try await anders.post(
                    "/admin/deputies",
                    [
                        "person": "ingrid@ntnu.test", "deputy": deputy, "role": "intake-officer", "unit": "ie",
                        "from": "2026-11-27", "to": "",
                    ])
            }
            #expect(try await set("anders@ntnu.test").status == .unprocessableContent)
            #expect(try await set("gunn@ntnu.test").status == .seeOther)
            let page = try await anders.get("/admin/deputies").text
            #expect(page.contains("Gunn Ellingsen → Ingrid Tangvik"))
            #expect(try await host.browser("gunn").get("/deviations/\(id)").status == .ok)
            #expect(try await anders.get("/deviations/\(id)").status == .notFound)
        }
    }

    @Test func `who has no role that can have a deputy has no such page`() async throws {
        try await run { host in
            for person in ["kari", "anders", "thea", "vigdis"] {
                let browser = try await host.browser(person)
                #expect(try await browser.get("/deputy").status == .forbidden, "\(person)")
                #expect(try await !browser.get("/").text.contains("href=\"/deputy\""), "\(person)")
            }
            for person in ["kari", "hamid", "unni"] {
                #expect(try await host.browser(person).get("/admin/deputies").status == .forbidden, "\(person)")
            }
        }
    }
}
