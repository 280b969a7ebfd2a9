import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// What becomes of a case's files when the case leaves.
@Suite(.timeLimit(.minutes(5)))
struct FileHandOverTests {
    private static let both: [any FeatureModule.Type] = [Deviations.self, Whistleblowing.self]

    private func count(_ table: String, _ host: HostHarness) async throws -> Int {
        try await host.base.database.read { try $0.first("SELECT count(*) FROM \(raw: table)") { $0.int(0) } ?? -1 }
    }

    /// A reported case with one file.
    private func reported(_ host: HostHarness) async throws -> (id: String, file: String) {
        let id = try await host.report()
        let sent = try await host.api("kari").post(
            "/api/v1/deviations/\(id)/files", bytes: Array("Snirkelgang".utf8), type: "application/octet-stream",
            headers: [.contentDisposition: "attachment; filename=\"kvernknurr.txt\""])
        #expect(sent.status == .created, "\(sent.text)")
        return (id, sent.location ?? "")
    }

    @Test(arguments: Engine.all)
    func `the files of a report that is re-registered go along, and nothing of them is left`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: Self.both) { host in
            let (id, file) = try await reported(host)
            let ingrid = try await host.api("ingrid")
            let tag = try await ingrid.get("/api/v1/deviations/\(id)").headers[.eTag] ?? ""
            let left = try await ingrid.post(
                "/api/v1/deviations/\(id)/triage",
                #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"Hører ikke hjemme her"}"#,
                headers: [.ifMatch: tag])
            #expect(left.status == .ok, "\(left.text)")
            try await eventually("the deviation has no file") { try await count("deviations_file", host) == 0 }
            #expect(try await host.api("kari").get(file).status == .notFound)
            let keeper = try await host.browser("vigdis")
            let address = try #require(try await Whistle.cases(keeper).first)
            let page = try await keeper.get(address).text
            #expect(page.contains("kvernknurr.txt"))
            let link = try #require(page.firstMatch(of: /href="([^"]+\/files\/[^"]+)"/)).1
            #expect(try await keeper.get(String(link)).text == "Snirkelgang")
            try await eventually("only the keepers' copy is stored") { try await count("vault_file", host) == 1 }
        }
    }

    @Test func `no file is added to a case that is on its way, or has ended`() async throws {
        // Whistleblowing is off: what is handed over waits.
        try await HostHarness.with(modules: Self.both, enabled: ["deviations"]) { host in
            let (id, _) = try await reported(host)
            let ingrid = try await host.api("ingrid")
            let tag = try await ingrid.get("/api/v1/deviations/\(id)").headers[.eTag] ?? ""
            _ = try await ingrid.post(
                "/api/v1/deviations/\(id)/triage",
                #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"Hører ikke hjemme her"}"#,
                headers: [.ifMatch: tag])
            let late = try await host.api("kari").post(
                "/api/v1/deviations/\(id)/files", bytes: Array("mer".utf8), type: "application/octet-stream",
                headers: [.contentDisposition: "attachment; filename=\"mer.txt\""])
            #expect(late.status == .conflict, "\(late.text)")
            #expect(try await count("deviations_file", host) == 1)
        }
    }
}
