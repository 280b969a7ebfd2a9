import DeviationsCore
import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// What somebody tries who knows the product, has a role, and means ill.
@Suite(.timeLimit(.minutes(5))) struct HostileTests {
    private static let unknown = "019ac000-0000-7000-8000-000000000000"

    private struct Listed: Decodable {
        struct Item: Decodable { let id: String }
        let items: [Item]
        let next: String?
    }

    /// Ids of the rows of a table.
    private func ids(_ sql: SQL, _ host: HostHarness) async throws -> [String] {
        try await host.base.database.read { try $0.query(sql) { $0.text(0) } }
    }

    @Test(arguments: ["knut", "dagny"])
    func `whom a case is kept from is answered on every address as if it did not exist, whatever roles they hold`(
        _ person: String
    ) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            try await host.grant(.intakeOfficer, to: "knut", at: "ie")
            let id = try await host.assignedCase()
            try await host.act("exclusions", on: id, by: "ingrid", "{\"people\":[\"\(person)\"],\"names\":\"\"}")
            let routes = try await host.routes([Deviations.self]).filter { $0.path.contains("{id}") }
            try #require(routes.count > 40)
            let (client, browser) = (try await host.api(person), try await host.browser(person))
            func seen(_ route: HostHarness.Route, _ id: String) async throws -> String {
                let path = route.address(id: id)
                let answer =
                    switch (route.isForAPI, route.method) {
                    case (true, .post): try await client.post(path, #"{"text":"a"}"#, headers: [.ifMatch: "\"3\""])
                    case (true, _): try await client.get(path)
                    case (false, .post): try await browser.post(path, ["text": "a", "version": "3"])
                    case (false, _): try await browser.get(path)
                    }
                return "\(answer.status.code) \(answer.text.replacing(id, with: "ID"))"
            }
            for route in routes where route.method != .head {
                let foreign = try await seen(route, id)
                #expect(foreign.hasPrefix("4"), "\(route)")
                #expect(foreign == (try await seen(route, Self.unknown)), "\(route)")
            }
        }
    }

    @Test func `what belongs to one case is not reached through another that one may see`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (mine, other) = (try await host.assignedCase(), try await host.report(by: "ola", unit: "hf-isl"))
            let nils = try await host.api("nils")
            let hidden = try await host.act(
                "masks", on: other, by: "nils", #"{"passage":"ingen svarer","reason":"navn"}"#)
            #expect(hidden.id == other)
            let file = try await nils.post(
                "/api/v1/deviations/\(other)/files", bytes: Array("hemmelig".utf8), type: "application/octet-stream",
                headers: [.contentDisposition: "attachment; filename=\"a.txt\""])
            #expect(file.status == .created)
            let foreign = String((file.location ?? "").split(separator: "/").last ?? "")
            let mask = try #require(try await ids("SELECT uid FROM deviations_mask", host).first)
            let ingrid = try await host.api("ingrid")
            #expect(try await ingrid.get("/api/v1/deviations/\(mine)/files/\(foreign)").status == .notFound)
            #expect(
                try await ingrid.get("/api/v1/deviations/\(mine)/reports/\(other)/files/\(foreign)").status == .notFound
            )
            let unmasked = try await ingrid.post(
                "/api/v1/deviations/\(mine)/masks/\(mask)/unmasking", #"{"reason":"vil se"}"#)
            #expect(unmasked.status == .notFound, "\(unmasked.text)")
            for act in ["replies", "separation"] {
                let answer = try await ingrid.post(
                    "/api/v1/deviations/\(mine)/reports/\(other)/\(act)", #"{"text":"a"}"#)
                #expect(answer.status == .notFound, "\(act): \(answer.text)")
            }
            let page = try await host.browser("ingrid")
            #expect(try await page.get("/deviations/\(mine)/reports/\(other)").status == .notFound)
            #expect(try await page.get("/deviations/\(mine)/files/\(foreign)").status == .notFound)
            #expect(try await page.get("/deviations/\(mine)/files/\(foreign)/preview").status == .notFound)
        }
    }

    @Test func `after the deadline nothing of a consultation is left for who was asked, on any address`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let asked = try await host.act(
                "consultations", on: id, by: "hamid",
                #"{"people":["sunniva"],"question":"Hva mener dere?","extract":"Sensuren er forsinket","deadline":"2026-12-04"}"#
            )
            #expect(asked.id == id)
            let consultation = try #require(try await ids("SELECT uid FROM deviations_consultation", host).first)
            let sunniva = try await host.api("sunniva")
            let path = "/api/v1/consultations/\(consultation)"
            #expect(try await sunniva.post("\(path)/declaration", #"{"isImpartial":true}"#).status == .ok)
            #expect(try await sunniva.get(path).text.contains("Sensuren er forsinket"))
            host.clock.advance(seconds: 40 * 86_400)
            let (late, page) = (try await host.api("sunniva"), try await host.browser("sunniva"))
            #expect(try await late.get(path).status == .notFound)
            #expect(try await late.post("\(path)/answer", #"{"text":"for sent"}"#).status == .notFound)
            #expect(try await late.post("\(path)/declaration", #"{"isImpartial":true}"#).status == .notFound)
            #expect(try await late.get("/api/v1/consultations").json(Listed.self).items.isEmpty)
            #expect(try await page.get("/deviations/consultations/\(consultation)").status == .notFound)
            // That they were asked is theirs to know; what it was about is not.
            let own = try await late.get("/api/v1/me/data").text
            #expect(own.contains("deviations.consultations") && !own.contains("Sensuren") && !own.contains(id))
        }
    }

    @Test func `a deputy has nothing more the moment it ends, not even with a session and a key from before`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            let now = host.clock.now
            try await host.base.database.write { tx in
                try Directory.add(
                    Deputyship(
                        id: "d-1", person: "ingrid", deputy: "sunniva", from: now, to: now.adding(seconds: 1800)),
                    by: "ingrid", at: now, in: tx)
            }
            let (client, browser) = (try await host.api("sunniva"), try await host.browser("sunniva"))
            #expect(try await client.get("/api/v1/deviations/\(id)").status == .ok)
            #expect(try await browser.get("/deviations/\(id)").status == .ok)
            host.clock.advance(seconds: 1800)
            #expect(try await client.get("/api/v1/deviations/\(id)").status == .notFound)
            #expect(try await client.get("/api/v1/deviations").json(Listed.self).items.isEmpty)
            #expect(try await browser.get("/deviations/\(id)").status == .notFound)
            #expect(try await browser.get("/deviations/export").status == .forbidden)
            #expect(
                try await client.post("/api/v1/deviations/\(id)/notes", #"{"text":"a"}"#, headers: [.ifMatch: "\"1\""])
                    .status == .notFound)
        }
    }

    @Test func `the place in a long list of reports does not tell how many rows there are`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let vault = CaseVault(host.base.vault, database: host.base.database)
            let acts = DeviationActs(database: host.base.database, cases: vault, handlingTime: HandlingTime())
            var ids: [String] = []
            for number in 0..<102 {
                let report = Report(
                    title: "Eksamen \(number)", description: "Ord", unit: "ie-idi", campus: "trondheim",
                    category: "exam", environment: .digital, occurredOn: nil, threshold: nil,
                    ordinaryChannels: .notTried(reason: "Det hastet"))
                ids.append(try await acts.receive(report, from: "kari", at: host.clock.now).deviation.id)
            }
            let others = ids.dropFirst().map { "\"\($0)\"" }.joined(separator: ",")
            try await host.act("merges", on: ids[0], by: "ingrid", "{\"cases\":[\(others)]}")
            let ingrid = try await host.browser("ingrid")
            let path = "/deviations/\(ids[0])/reports"
            let first = try await ingrid.get(path).text
            let next = try #require(first.firstMatch(of: /reports\?after=(\d+)"/)?.1)
            let last = try await host.base.database.read {
                try $0.first("SELECT MAX(id) FROM deviations_case") { $0.int(0) }
            }
            #expect((Int(next) ?? 0) > (last ?? .max))
            let rest = try await ingrid.get("\(path)?after=\(next)").text
            #expect(ids.allSatisfy { (first + rest).contains($0) } && !rest.contains("after="))
        }
    }

    @Test func `a reply template of another unit is not sent, whoever knows its id`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let now = host.clock.now
            try await host.base.database.write { tx in
                try TemplateStore.put(
                    StoredTemplate(
                        id: "t-hf", unit: "hf",
                        template: ReplyTemplate(name: "Fra HF", bokmaal: "Ord fra HF", nynorsk: "Ord", english: "Words")
                    ),
                    by: "knut", at: now, in: tx)
            }
            let hamid = try await host.browser("hamid")
            try await hamid.get("/deviations/\(id)")
            let version =
                try await host.api("hamid").get("/api/v1/deviations/\(id)").json(CaseReceipt.self).version ?? 0
            let answer = try await hamid.post(
                "/deviations/bulk/replies", ["case": "\(id).\(version)", "template": "t-hf"])
            #expect(answer.status == .unprocessableContent, "\(answer.text)")
            #expect(!(try await host.browser("kari").get("/deviations/mine/\(id)").text.contains("Ord fra HF")))
        }
    }
}
