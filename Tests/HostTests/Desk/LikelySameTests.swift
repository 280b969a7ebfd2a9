import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// A case suggests what to merge with it, and never what is kept from whoever looks.
@Suite struct LikelyCaseTests {
    private struct Rows: Decodable {
        struct Row: Decodable { let id: String }
        let items: [Row]
    }

    private func likely(_ id: String, _ host: HostHarness, for person: String = "ingrid") async throws -> [String] {
        try await host.api(person).get("/api/v1/deviations/\(id)/likely-same").json(Rows.self).items.map(\.id)
    }

    private func other(_ host: HostHarness, by person: String = "ola") async throws -> String {
        let body = HostHarness.reportBody(title: "Stolene i auditoriet er ødelagt")
            .replacing("Fristen gikk ut 6. november, og ingen svarer.", with: "Halvparten mangler skrivebrett.")
        return try await host.api(person).post("/api/v1/deviations", body).json(CaseReceipt.self).id
    }

    @Test(arguments: Engine.all)
    func `a case shows open ones likely about the same, and merges a later one with one press`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let first = try await host.report()
            host.clock.advance(seconds: 3600)
            let same = try await host.report(by: "ola")
            _ = try await other(host)
            #expect(try await likely(first, host) == [same])
            let ingrid = try await host.browser("ingrid")
            let page = try await ingrid.get("/deviations/\(first)")
            #expect(page.text.contains("Kan gjelde det samme"))
            #expect(page.text.contains("name=\"cases\" value=\"\(same)\""))
            // The older one stays, and its clock.
            let later = try await ingrid.get("/deviations/\(same)").text
            #expect(later.contains("eldre: slå sammen derfra") && !later.contains("name=\"cases\" value=\"\(first)\""))

            let version = try await ingrid.get("/deviations/\(first)").value(ofHidden: "version") ?? ""
            let merged = try await ingrid.post(
                "/deviations/\(first)/merges", ["version": version, "cases": same])
            #expect(merged.location == "/deviations/\(first)/reports")
            #expect(try await likely(first, host) == [])
            #expect(try await ingrid.get("/deviations/\(first)").text.contains("Kan gjelde det samme") == false)
        }
    }

    @Test(arguments: Engine.all)
    func `what is kept from somebody, or is nobody's to merge, is never suggested`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            // Else a case kept from Ingrid would leave the unit.
            try await host.grant(.intakeOfficer, to: "lars", at: "ie")
            let first = try await host.assignedCase()
            let same = try await host.report(by: "ola")
            // A handler merges only what they handle; a reporter nothing.
            #expect(try await likely(first, host, for: "hamid") == [])
            #expect(try await likely(first, host, for: "kari") == [])
            #expect(try await host.api("ola").get("/api/v1/deviations/\(first)/likely-same").status == .notFound)
            try await host.act(
                "triage", on: same, by: "ingrid",
                #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#)
            try await host.act("assignments", on: same, by: "ingrid", #"{"handler":"hamid"}"#)
            #expect(try await likely(first, host, for: "hamid") == [same])

            let own = try await host.report(by: "ingrid")
            #expect(try await likely(first, host).contains(own) == false)
            try await host.act("exclusions", on: same, by: "hamid", #"{"people":["ingrid"]}"#)
            #expect(try await likely(first, host) == [])
            #expect(try await host.browser("ingrid").get("/deviations/\(first)").text.contains(same) == false)
            #expect(try await likely(first, host, for: "hamid").contains(same))
        }
    }
}
