import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting

/// What the API says of a case beside what was written, and to whom.
@Suite struct CaseFieldTests {
    private struct Fields: Decodable {
        struct Triage: Decodable, Equatable { let isDeviation, holdsSensitiveData, isCensurable: Bool }
        let threshold, guidelineVersion, recipient: String?
        let triage: Triage?
    }

    private func fields(_ id: String, for person: String, _ host: HostHarness) async throws -> Fields {
        try await host.api(person).get("/api/v1/deviations/\(id)").json(Fields.self)
    }

    @Test(arguments: Engine.all)
    func `the threshold that an employee named is there for the reporter and for who handles it`(_ engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let body = HostHarness.reportBody().replacing(
                "\"campus\"", with: "\"threshold\":\"lasting-over-time\",\"campus\"")
            let id = try await host.api("hamid").post("/api/v1/deviations", body).json(CaseReceipt.self).id
            for person in ["hamid", "ingrid"] {
                #expect(try await fields(id, for: person, host).threshold == "lasting-over-time", "\(person)")
            }
            let other = try await host.report()
            #expect(try await fields(other, for: "kari", host).threshold == nil)
            #expect(
                try await host.api("kari").get("/api/v1/deviations/\(other)").text.contains("\"threshold\":null"))
        }
    }

    @Test(arguments: Engine.all)
    func `a case names the version of the guideline that applied when it came, also when there is a newer one`(
        _ engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            struct Versions: Decodable {
                struct Item: Decodable { let validFrom: String }
                let items: [Item]
            }
            let unni = try await host.api("unni")
            let versions = try await unni.get("/api/v1/guideline-versions").json(Versions.self)
            let first = try #require(versions.items.first).validFrom
            let early = try await host.report()
            let body = #"{"validFrom":"2026-12-01","owner":"Rektor","norwegian":"Ny","english":"New"}"#
            #expect(try await unni.post("/api/v1/guideline-versions", body).status == .created)
            #expect(try await fields(early, for: "kari", host).guidelineVersion == first)
            host.clock.advance(seconds: 30 * 86_400)
            let late = try await host.report()
            for person in ["kari", "ingrid"] {
                #expect(try await fields(early, for: person, host).guidelineVersion == first, "\(person)")
                #expect(try await fields(late, for: person, host).guidelineVersion == "2026-12-01", "\(person)")
            }
        }
    }

    @Test func `the answers of triage are for those who handle the case, and not for its reporter`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            #expect(try await fields(id, for: "ingrid", host).triage == nil)
            try await host.act(
                "triage", on: id, by: "ingrid", #"{"isDeviation":true,"holdsSensitiveData":true,"isCensurable":false}"#)
            try await host.act("assignments", on: id, by: "ingrid", #"{"handler":"hamid"}"#)
            let given = Fields.Triage(isDeviation: true, holdsSensitiveData: true, isCensurable: false)
            for person in ["ingrid", "hamid"] {
                #expect(try await fields(id, for: person, host).triage == given, "\(person)")
            }
            #expect(try await !host.api("kari").get("/api/v1/deviations/\(id)").text.contains("triage\":"))
        }
    }

    @Test func `to whom a report belongs that is not ours is told its reporter, until it has been passed on`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            #expect(try await fields(id, for: "kari", host).recipient == nil)
            try await host.act(
                "rejection", on: id, by: "ingrid",
                #"{"isDeviation":false,"holdsSensitiveData":false,"isCensurable":false,"reason":"Dette er bolig","recipient":"sit"}"#
            )
            for person in ["kari", "ingrid"] {
                #expect(try await fields(id, for: person, host).recipient == "sit", "\(person)")
            }
            try await host.grant(.intakeOfficer, to: "rune", at: "sit")
            let sent = try await host.api("kari").post(
                "/api/v1/deviations/\(id)/reporter-acts", #"{"act":"pass-on"}"#)
            #expect(sent.status == .noContent)
            #expect(try await fields(id, for: "kari", host).recipient == nil)
        }
    }
}
