import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// A case with several reports that belongs to whistleblowing: one act on the page or through the API.
@Suite struct DepartTogetherTests {
    private static let both: [any FeatureModule.Type] = [Deviations.self, Whistleblowing.self]
    private static let reason = "Dette er et varsel"

    /// Kari's case, with a report of Ola's and one of Priya's taken into it; their ids.
    private func merged(_ host: HostHarness) async throws -> [String] {
        var ids: [String] = []
        for person in ["kari", "ola", "priya"] { ids.append(try await host.report(by: person)) }
        try await host.act("merges", on: ids[0], by: "ingrid", "{\"cases\":[\"\(ids[1])\",\"\(ids[2])\"]}")
        return ids
    }

    private func expectParted(_ ids: [String], _ host: HostHarness) async throws {
        try await eventually("the reports that go are gone") {
            try await host.base.database.read {
                try $0.first("SELECT COUNT(*) FROM deviations_case WHERE ending = 'outside-scope'") { $0.int(0) }
            } == 2
        }
        let cases = try await host.base.database.read {
            try $0.first("SELECT COUNT(*) FROM whistleblowing_case") { $0.int(0) }
        }
        #expect(cases == 2)
        let ingrid = try await host.api("ingrid")
        for id in ids.prefix(2) { #expect(try await ingrid.get("/api/v1/deviations/\(id)").status == .notFound) }
        let stays = try await ingrid.get("/api/v1/deviations/\(ids[2])")
        #expect(stays.status == .ok && stays.text.contains("\"status\":\"received\""))
        for (person, id) in [("kari", ids[0]), ("ola", ids[1])] {
            let page = try await host.browser(person).get("/deviations/mine/\(id)").text
            #expect(page.contains(Self.reason) && page.contains("Slik kommer du inn"), "\(person)")
        }
        let other = try await host.browser("priya").get("/deviations/mine/\(ids[2])")
        #expect(other.status == .ok && !other.text.contains(Self.reason))
    }

    @Test func `on the case's page the officer ticks the reports that go along, and the others are cases again`()
        async throws
    {
        try await HostHarness.with(modules: Self.both) { host in
            let ids = try await merged(host)
            let browser = try await host.browser("ingrid")
            let page = try await browser.get("/deviations/\(ids[0])")
            for id in ids.dropFirst() { #expect(page.text.contains("name=\"along\" value=\"\(id)\"")) }
            let version = try #require(page.value(ofHidden: "version"))
            func send(_ reason: String) async throws -> Answer {
                try await browser.post(
                    "/deviations/\(ids[0])/triage",
                    [
                        "isDeviation": "no", "holdsSensitiveData": "yes", "isCensurable": "yes", "reason": reason,
                        "along": ids[1], "version": version,
                    ])
            }
            // What was ticked is kept when something is missing.
            let again = try await send("")
            #expect(again.status == .unprocessableContent)
            #expect(again.text.contains("name=\"along\" value=\"\(ids[1])\" checked"))
            #expect(try await send(Self.reason).status == .seeOther)
            try await expectParted(ids, host)
        }
    }

    @Test func `through the API the officer names the reports that go along`() async throws {
        try await HostHarness.with(modules: Self.both) { host in
            let ids = try await merged(host)
            let ingrid = try await host.api("ingrid")
            let tag = try await ingrid.get("/api/v1/deviations/\(ids[0])").headers[.eTag] ?? ""
            func confirm(_ along: String) async throws -> Answer {
                try await ingrid.post(
                    "/api/v1/deviations/\(ids[0])/triage",
                    """
                    {"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"\(Self.reason)",\
                    "along":["\(along)"]}
                    """, headers: [.ifMatch: tag])
            }
            let wrong = try await confirm(ids[0])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("along"))
            #expect(try await confirm(ids[1]).status == .ok)
            try await expectParted(ids, host)
        }
    }

    @Test func `on the triage desk the same is asked`() async throws {
        try await HostHarness.with(modules: Self.both) { host in
            let ids = try await merged(host)
            let browser = try await host.browser("ingrid")
            let page = try await browser.get("/deviations/triage?case=\(ids[0])")
            #expect(page.text.contains("name=\"along\" value=\"\(ids[1])\""))
            let sent = try await browser.post(
                "/deviations/triage/\(ids[0])",
                [
                    "isDeviation": "no", "holdsSensitiveData": "yes", "outcome": "triage",
                    "whistleReason": Self.reason, "along": ids[1],
                    "version": try #require(page.value(ofHidden: "version")),
                ])
            #expect(sent.status == .seeOther)
            try await expectParted(ids, host)
        }
    }
}
