import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// Who may read whistleblows, and what keepers do with them.
@Suite struct KeeperTests {
    @Test func `nobody but the keepers learns that there is a case`() async throws {
        try await HostHarness.with(modules: [Deviations.self, Whistleblowing.self]) { host in
            _ = try await Whistle.report(host.visitor())
            let address = try #require(try await Whistle.cases(try await host.browser("vigdis")).first)
            for person in ["kari", "ingrid", "hamid", "dagny", "unni", "sissel", "anders", "magnhild", "torstein"] {
                let browser = try await host.browser(person)
                let there = try await browser.get(address)
                let nowhere = try await browser.get("/whistleblowing/cases/nothing")
                #expect(there.status == .notFound && there.text == nowhere.text, "\(person)")
                #expect(try await Whistle.act(browser, address, "notes", [("text", "x")]).status == .notFound)
                #expect(try await Whistle.cases(browser).isEmpty)
            }
            #expect(try await host.visitor().get(address).location?.hasPrefix("/sign-in") == true)
        }
    }

    @Test func `a keeper whom the reporter leaves out sees no line, and the next one has it`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            _ = try await Whistle.report(host.visitor(), excluded: "vigdis")
            #expect(try await Whistle.cases(try await host.browser("vigdis")).isEmpty)
            #expect(try await Whistle.cases(try await host.browser("torstein")).count == 1)
        }
    }

    @Test func `a keeper who withdraws has no access from that moment on`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            _ = try await Whistle.report(host.visitor())
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            let answer = try await Whistle.act(
                keeper, address, "exclusions", [("person", "vigdis"), ("reason", "Kjenner ham.")])
            #expect(answer.location == "/whistleblowing/cases?done=1")
            #expect(try await keeper.get(address).status == .notFound)
            let other = try await host.browser("torstein").get(address).text
            #expect(other.contains("Kjenner ham.") && other.contains("Tatt av saken: Vigdis Holmen"))
        }
    }

    @Test func `a keeper whose role ends has no access from that moment on, and the institution's keeper does`()
        async throws
    {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            _ = try await Whistle.report(host.visitor())
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            let start = host.base.directory.chart.grants(of: "vigdis", at: host.clock.now)[0].from
            try await host.grant(.vaultKeeper, to: "vigdis", at: "trondheim", from: start, to: host.clock.now)
            #expect(try await keeper.get(address).status == .notFound)
            #expect(try await Whistle.cases(try await host.browser("torstein")) == [address])
        }
    }

    @Test func `both deadlines are shown, and what is overdue is marked`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            _ = try await Whistle.report(host.visitor())
            let address = try #require(try await Whistle.cases(try await host.browser("vigdis")).first)
            let page = try await host.browser("vigdis").get(address).text
            #expect(
                page.contains("fredag 4. desember") && page.contains("torsdag 4. mars 2027")
                    && !page.contains("over fristen"))
            host.clock.advance(seconds: 8 * 86_400)
            #expect(try await host.browser("vigdis").get(address).text.contains("over fristen"))
        }
    }

    @Test func `acts are refused in words, with what was typed kept`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            _ = try await Whistle.report(host.visitor())
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            let empty = try await Whistle.act(keeper, address, "notes", [("text", " ")])
            #expect(empty.status == .unprocessableContent && empty.text.contains("Skriv noe først"))
            let early = try await Whistle.act(keeper, address, "conclusion", [("text", "Ferdig.")])
            #expect(
                early.text.contains("Saken er ny, så dette steget er ikke mulig.") && early.text.contains("Ferdig."))
            let stale = try await keeper.post("\(address)/notes", ["text": "Notat", "version": "0"])
            #expect(stale.status == .unprocessableContent && stale.text.contains("Notat"))
        }
    }
}
