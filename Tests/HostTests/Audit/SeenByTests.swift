import EventKit
import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting

/// People see who has looked at what they reported: by role and unit, never by name.
@Suite(.timeLimit(.minutes(5))) struct SeenByTests {
    /// What stands in the fold, without markup.
    private func seen(_ id: String, _ host: HostHarness, by person: String = "kari") async throws -> [String] {
        let page = try await host.browser(person).get("/deviations/mine/\(id)").text
        let fold = try #require(page.firstMatch(of: /<details id="seen">(.*?)<\/details>/)).1
        return fold.matches(of: /<li>(.*?)<\/li>/).map { String($0.1) }
    }

    @Test(arguments: Engine.all)
    func `the reporter reads who has seen the case, each role once a day, the latest first`(engine: Engine) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.report()
            let empty = try await host.browser("kari").get("/deviations/mine/\(id)").text
            #expect(empty.contains("Ingen har åpnet saken ennå"))
            for _ in 0..<2 {
                try await host.browser("ingrid").get("/deviations/\(id)")
                host.clock.advance(seconds: 700)
            }
            host.clock.advance(seconds: 86_400)
            try await host.browser("dagny").get("/deviations/\(id)")
            let told = try await seen(id, host)
            #expect(told.count == 2, "\(told)")
            #expect(told.first?.contains("lørdag 28. november: linjeleder, ") == true, "\(told)")
            #expect(told.last?.contains("fredag 27. november: meldingsansvarlig, ") == true)
            let page = try await host.browser("kari").get("/deviations/mine/\(id)").text
            for name in ["ingrid", "Tangvik", "dagny", "Overhalden"] { #expect(!page.contains(name), "\(name)") }
            // The same in the copy of their own data.
            let data = try await host.api("kari").get("/api/v1/me/data").text
            #expect(data.contains("deviations.seen") && data.contains("\"line-manager\""))
            #expect(data.contains("\"intake-officer\"") && !data.contains("ingrid"))
        }
    }

    @Test func `a role that has ended since is told as it was`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            try await host.grant(.lineManager, to: "knut", at: "ie", to: host.clock.now.adding(seconds: 3_600))
            let id = try await host.report()
            #expect(try await host.browser("knut").get("/deviations/\(id)").status == .ok)
            host.clock.advance(seconds: 7_200)
            #expect(try await host.browser("knut").get("/deviations/\(id)").status == .notFound)
            #expect(try await seen(id, host).first?.contains("linjeleder") == true)
        }
    }

    @Test func `whose report is part of a case reads who has seen the case since then`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (first, second) = (try await host.report(), try await host.report(by: "ola"))
            try await host.browser("dagny").get("/deviations/\(first)")
            host.clock.advance(seconds: 86_400)
            try await host.act("merges", on: first, by: "ingrid", #"{"cases":["\#(second)"]}"#)
            host.clock.advance(seconds: 700)
            try await host.browser("ingrid").get("/deviations/\(first)")
            let told = try await seen(second, host, by: "ola")
            #expect(told.count == 1 && told.first?.contains("meldingsansvarlig") == true, "\(told)")
        }
    }

    @Test func `everybody reads in each language that looks are noted, for how long, and by which law`() async throws {
        try await HostHarness.with(modules: [Deviations.self], environment: ["TRIVSEL_AUDIT_KEPT_MONTHS": "48"]) {
            host in
            for (language, words) in [
                ("nb", "slettes etter 48 måneder"), ("nn", "sletta etter 48 månader"),
                ("en", "deleted after 48 months"),
            ] {
                let page = try await host.visitor(language: language).get("/privacy").text
                #expect(page.contains(words) && page.contains(language == "en" ? "5 (2)" : "5 nr. 2"), "\(language)")
            }
        }
    }

    @Test func `of a whistleblow nothing is told of who has seen it`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let visitor = host.visitor()
            let code = try await Whistle.report(visitor)
            let keeper = try await host.browser("vigdis")
            for address in try await Whistle.cases(keeper) { try await keeper.get(address) }
            #expect(!(try await Whistle.open(visitor, code).text.contains("Hvem har sett")))
        }
    }
}
