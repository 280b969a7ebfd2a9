import Foundation
import HTTPTypes
import Storage
import Testing
import TrivselTesting

/// What is one institution's is nothing at another on the same host.
@Suite(.timeLimit(.minutes(5))) struct TenantIsolationTests {
    private struct Page: Decodable {
        struct Item: Decodable { let id: String }
        let items: [Item]
    }

    @Test(arguments: Engine.all)
    func `a session and a token of one open nothing in the other`(engine: Engine) async throws {
        try await Tenancy.with(engine) { host in
            let kari = try await host.north.browser("kari")
            let cookies = kari.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            for (place, status) in [(host.north, HTTPResponse.Status.ok), (host.south, .seeOther)] {
                let answer = try await place.client.send(.get, "/me/sessions", headers: [.cookie: cookies])
                #expect(answer.status == status)
            }
            let token = try await host.north.token("ingrid")
            #expect(try await host.north.api(token: token).get("/api/v1/deviations").status == .ok)
            #expect(try await host.south.api(token: token).get("/api/v1/deviations").status == .unauthorized)
        }
    }

    @Test(arguments: Engine.all)
    func `a form's token of one counts for nothing in the other`(engine: Engine) async throws {
        try await Tenancy.with(engine) { host in
            let (north, south) = (try await host.north.browser("kari"), try await host.south.browser("kari"))
            let strange = try await north.get("/").formToken ?? ""
            #expect(!strange.isEmpty)
            try await south.get("/")
            #expect(try await south.post("/language", ["language": "en"], token: .other(strange)).status.code >= 400)
            #expect(try await south.post("/language", ["language": "en"]).status == .seeOther)
            #expect(try await north.post("/language", ["language": "en"], token: .other(strange)).status == .seeOther)
        }
    }

    @Test(arguments: Engine.all)
    func `an idempotency key is known where it was used, and nowhere else`(engine: Engine) async throws {
        try await Tenancy.with(engine) { host in
            let name = try #require(HTTPField.Name("Idempotency-Key"))
            let key: HTTPFields = [name: "one"]
            func post(_ place: Tenancy.Place, _ title: String) async throws -> Answer {
                let body = HostHarness.reportBody(title: title)
                return try await place.api("kari").post("/api/v1/deviations", body, headers: key)
            }
            let first = try await post(host.north, "Nord")
            #expect(first.status == .created)
            #expect(try await post(host.north, "Nord").text == first.text)
            let other = try await post(host.south, "Sør")
            #expect(other.status == .created)
            #expect(try other.json(CaseReceipt.self).id != first.json(CaseReceipt.self).id)
        }
    }

    @Test(arguments: Engine.all)
    func `a case and a file of one are answered by the other like what never was`(engine: Engine) async throws {
        try await Tenancy.with(engine) { host in
            let id = try await host.north.report()
            let sent = try await host.north.api("kari").post(
                "/api/v1/deviations/\(id)/files", bytes: Array("støy".utf8), type: "application/octet-stream",
                headers: [.contentDisposition: "attachment; filename=\"notat.txt\""])
            #expect(sent.status == .created, "\(sent.text)")
            let file = try #require(sent.location?.split(separator: "/").last.map(String.init))
            let own = try await host.south.report()
            let never = "01890000-0000-7000-8000-000000000000"
            for person in ["kari", "ingrid", "anders"] {
                let api = try await host.south.api(person)
                for (path, foreign) in [
                    ("/api/v1/deviations/ID", id), ("/api/v1/deviations/ID/files", id),
                    ("/api/v1/deviations/ID/dialogue", id), ("/api/v1/deviations/\(own)/files/ID", file),
                ] {
                    let there = try await api.get(path.replacing("ID", with: foreign))
                    let unknown = try await api.get(path.replacing("ID", with: never))
                    #expect(there.status == unknown.status && there.status.code >= 400, "\(person) \(path)")
                    #expect(there.text.replacing(foreign, with: "ID") == unknown.text.replacing(never, with: "ID"))
                }
            }
            #expect(try await host.north.api("kari").get("/api/v1/deviations/\(id)").status == .ok)
        }
    }

    @Test(arguments: Engine.all)
    func `a search finds what is written here and nothing of elsewhere`(engine: Engine) async throws {
        try await Tenancy.with(engine) { host in
            let id = try await host.north.report(title: "Kvernstein i heisen")
            _ = try await host.south.report(title: "Trekk i lesesalen")
            let body = #"{"limit":100,"q":"kvernstein"}"#
            let (north, south) = (try await host.north.api("ingrid"), try await host.south.api("ingrid"))
            #expect(try await north.search(body).json(Page.self).items.map(\.id) == [id])
            #expect(try await south.search(body).json(Page.self).items.isEmpty)
            #expect(try await south.get("/api/v1/deviations").json(Page.self).items.count == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `a reader of one's events is told by the other that this is another log`(engine: Engine) async throws {
        try await Tenancy.with(engine) { host in
            let id = try await host.north.report()
            let log = EventLog(database: host.north.database, installation: "north", site: "http://127.0.0.2")
            try await log.waitUntilHead(isAt: 1)
            let place = try await log.bounds()
            let name = try #require(HTTPField.Name("Last-Event-ID"))
            let last: HTTPFields = [name: "\(place.head)@\(place.epoch)"]
            let answer = try await host.south.api("anders").get("/api/v1/events", headers: last)
            #expect(answer.text.contains("event: epoch") && !answer.text.contains(id))
            let subjects = try await host.south.database.read {
                try $0.query("SELECT subject FROM event_log") { $0.text(0) }
            }
            #expect(!subjects.contains(id))
        }
    }

    /// How often reports were sent, as a page of figures says, with that label too; nil when it says nothing of it.
    private func reports(_ page: Client, labelled label: String = "http_route") async throws -> String? {
        let lines = try await page.send(.get, "/metrics").text.split(separator: "\n")
        let line = lines.first { line in
            line.hasPrefix("hb_requests_total") && line.contains(#"http_route="/api/v1/deviations""#)
                && line.contains(label)
        }
        return line?.split(separator: " ").last.map(String.init)
    }

    @Test func `each shows its own figures alone, and the machine's page those of all, by tenant`() async throws {
        try await Tenancy.with { host in
            _ = try await host.north.report()
            try await eventually("the report is counted") { try await reports(host.north.client) == "1" }
            #expect(try await reports(host.south.client) == nil)
            #expect(try await reports(host.status, labelled: #"tenant="north""#) == "1")
            #expect(try await reports(host.status, labelled: #"tenant="south""#) == nil)
            let north = try await host.north.client.send(.get, "/metrics").text
            #expect(!north.contains("tenant=") && !north.contains("process_"))
            let all = try await host.status.send(.get, "/metrics").text
            #expect(all.contains(#"trivsel_alarms{tenant="south",alarm="tenant-down"} 0"#))
            #expect(all.contains("process_resident_memory_bytes"))
            #expect(all.matches(of: /# TYPE hb_requests_total counter/).count == 1)
        }
    }

    @Test func `a host name that is nobody's is told nothing`() async throws {
        try await Tenancy.with { host in
            for name in ["127.0.0.1", "localhost", "north", "127.0.0.2.example.org", "127.0.0.20", "[::1]"] {
                for path in ["/", "/health/ready", "/metrics", "/api/v1/openapi.json", "/sign-in"] {
                    let answer = try await Client(port: host.port, name: "\(name):\(host.port)").send(.get, path)
                    #expect(answer.status == .misdirectedRequest && answer.body.isEmpty, "\(name) \(path)")
                }
            }
            #expect(try await Client(port: host.port, name: "127.0.0.2").send(.get, "/sign-in").status == .ok)
            #expect(try await Client(port: host.port, name: "127.0.0.2:443").send(.get, "/health/ready").status == .ok)
        }
    }
}
