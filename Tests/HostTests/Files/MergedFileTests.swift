import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting

/// Files of reports that have become one case.
@Suite(.timeLimit(.minutes(5)))
struct MergedFileTests {
    private func links(_ page: Answer) -> [String] {
        page.text.matches(of: /href="([^"]+\/files\/[^"\/]+)" download/).map { String($0.1) }
    }

    private func attach(_ name: String, to id: String, by person: String, _ host: HostHarness) async throws -> String {
        let sent = try await host.api(person).post(
            "/api/v1/deviations/\(id)/files", bytes: Array(name.utf8), type: "application/octet-stream",
            headers: [.contentDisposition: "attachment; filename=\"\(name)\""])
        #expect(sent.status == .created, "\(sent.text)")
        return sent.location ?? ""
    }

    @Test(arguments: Engine.all)
    func `handlers see with which report a file came, each reporter only their own and what was sent to all`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let (main, part) = (try await host.report(by: "kari"), try await host.report(by: "ola"))
            let first = try await attach("karis.txt", to: main, by: "kari", host)
            let second = try await attach("olas.txt", to: part, by: "ola", host)
            _ = try await attach("for.txt", to: main, by: "ingrid", host)
            host.clock.advance(seconds: 60)
            try await host.act("merges", on: main, by: "ingrid", #"{"cases":["\#(part)"]}"#)
            host.clock.advance(seconds: 60)
            let shared = try await attach("til alle.txt", to: main, by: "ingrid", host)

            let ingrid = try await host.browser("ingrid")
            let own = try await ingrid.get("/deviations/\(main)")
            #expect(links(own).count == 3 && !own.text.contains("olas.txt"))
            #expect(try await ingrid.get("/deviations/\(main)/reports").text.contains("1 fil<"))
            let report = try await ingrid.get("/deviations/\(main)/reports/\(part)")
            let link = try #require(links(report).first)
            #expect(report.text.contains("olas.txt") && !report.text.contains("karis.txt"))
            #expect(try await ingrid.get(link).text == "olas.txt")
            let list = try await host.api("ingrid").get("/api/v1/deviations/\(main)/reports/\(part)/files").text
            #expect(list.contains("olas.txt") && list.contains("\"by\":\"ola\""))
            #expect(try await host.api("ingrid").get("/api" + "/v1" + link).text == "olas.txt")

            let (kari, ola) = (try await host.browser("kari"), try await host.browser("ola"))
            let olas = try await ola.get("/deviations/mine/\(part)")
            #expect(olas.text.contains("olas.txt") && olas.text.contains("til alle.txt"))
            #expect(!olas.text.contains("karis.txt") && !olas.text.contains("for.txt") && !olas.text.contains("Ingrid"))
            for link in links(olas) { #expect(try await ola.get(link).status == .ok, "\(link)") }
            let karis = try await kari.get("/deviations/mine/\(main)").text
            #expect(karis.contains("karis.txt") && karis.contains("til alle.txt") && !karis.contains("olas.txt"))
            for path in [second, link, "/deviations/\(main)/reports/\(part)"] {
                #expect(try await kari.get(path.replacing("/api/v1", with: "")).status == .notFound, "\(path)")
            }
            for path in [first, shared, link] {
                #expect(try await ola.get(path.replacing("/api/v1", with: "")).status == .notFound, "\(path)")
            }
            for person in ["ragnhild", "dagny"] {
                let other = try await host.browser(person)
                #expect(try await other.get(link).status == (person == "dagny" ? .ok : .notFound), "\(person)")
            }
        }
    }

    @Test func `who is kept from a case gets none of its files, though they hold every role`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let body = HostHarness.reportBody().dropLast() + ",\"people\":[\"ingrid\"]}"
            let id = try await host.api("kari").post("/api/v1/deviations", String(body)).json(CaseReceipt.self).id
            let file = try await attach("notat.txt", to: id, by: "kari", host)
            try await host.grant(.intakeOfficer, to: "ingrid", at: "ntnu")
            #expect(try await host.api("ingrid").get(file).status == .notFound)
            #expect(try await host.api("ingrid").get("/api/v1/deviations/\(id)/files").status == .notFound)
            let page = try await host.browser("ingrid").get(file.replacing("/api/v1", with: ""))
            #expect(page.status == .notFound)
            let sent = try await host.api("ingrid").post(
                "/api/v1/deviations/\(id)/files", bytes: Array("x".utf8), type: "application/octet-stream")
            #expect(sent.status == .notFound)
            #expect(try await host.api("tone").get(file).text == "notat.txt")
        }
    }
}
