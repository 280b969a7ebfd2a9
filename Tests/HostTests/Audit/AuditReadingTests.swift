import EventKit
import Foundation
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// Who reads the trail, and what they read of it.
@Suite(.timeLimit(.minutes(5))) struct AuditReadingTests {
    private struct Lines: Decodable {
        struct Line: Decodable, Hashable {
            let at, kind, act, object, way: String
            let person: String?
        }
        let items: [Line]
        let next: String?
    }

    private struct Report: Decodable {
        struct Fault: Decodable {
            let kind: String
            let position: Int64
        }
        let isWhole, isAnchorMissing: Bool
        let fault: Fault?
    }

    private static let path = "/api/v1/audit"

    @Test(arguments: ["kari", "ingrid", "dagny", "unni", "anders", "vigdis"])
    func `nobody but an auditor reads it`(_ person: String) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (browser, client) = (try await host.browser(person), try await host.api(person))
            for path in ["", "/export", "/verification"] {
                #expect(try await client.get(Self.path + path).status == .forbidden)
                let page =
                    path == "/verification"
                    ? try await browser.post("/audit\(path)") : try await browser.get("/audit\(path)")
                #expect(page.status == .forbidden, "\(path)")
            }
            #expect(!(try await browser.get("/").text.contains("href=\"/audit\"")))
            #expect(try await host.stranger().get(Self.path).status == .unauthorized)
        }
    }

    @Test(arguments: Engine.all)
    func `an auditor reads who did what and when, part by part, by object, person and day, and no case`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            host.clock.advance(seconds: 86_400)
            try await host.browser("dagny").get("/deviations/\(id)")
            let astrid = try await host.api("astrid")
            #expect(try await astrid.get("/api/v1/deviations/\(id)").status == .notFound)
            let all = try await astrid.get(Self.path).json(Lines.self)
            // Reading it is noted too.
            #expect(all.items.first?.object == "audit" && all.items.first?.person == "astrid" && all.next == nil)
            var (parts, after): ([Lines.Line], String?) = ([], nil)
            repeat {
                let part = try await astrid.get("\(Self.path)?limit=2" + (after.map { "&after=\($0)" } ?? "")).json(
                    Lines.self)
                parts += part.items
                after = part.next
            } while after != nil
            #expect(parts == all.items && parts.count >= 5)
            func found(_ query: String) async throws -> [Lines.Line] {
                try await astrid.get("\(Self.path)?\(query)").json(Lines.self).items
            }
            #expect(try await found("object=deviations/\(id)") == all.items.filter { $0.object == "deviations/\(id)" })
            #expect(try await found("person=dagny").map(\.act) == ["deviations.read"])
            #expect(try await found("to=2026-11-27") == all.items.filter { $0.at < "2026-11-27T23" })
            #expect(try await found("from=2026-11-28&person=dagny").count == 1)
            #expect(try await found("from=2026-11-29") == [])
            for wrong in ["from=i%20dag", "limit=0", "limit=201", "after=1_a", "after=x"] {
                #expect(try await astrid.get("\(Self.path)?\(wrong)").status == .badRequest, "\(wrong)")
            }

            let browser = try await host.browser("astrid")
            let page = try await browser.get("/audit?person=dagny").text
            #expect(
                page.contains("Dagny Overhalden") && page.contains("deviations/\(id)") && !page.contains("assigned"))
            #expect(!page.contains("Sensuren er tre uker") && page.contains("Innsynslogg"))
            #expect(try await browser.get("/").text.contains("href=\"/audit\""))
            let csv = try await browser.get("/audit/export?person=dagny").text
            #expect(
                csv.split(separator: "\r\n").count == 2 && csv.contains("deviations.read;deviations/\(id);dagny;page"))
            #expect(try await astrid.get("\(Self.path)/export").text.contains("deviations.assigned"))
        }
    }

    @Test(arguments: Engine.all)
    func `an auditor from whom a case is kept finds no line about it, nor a gap, also when the case is long gone`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self, Whistleblowing.self]) { host in
            try await host.grant(.auditor, to: "dagny", at: "ntnu")
            try await host.grant(.auditor, to: "vigdis", at: "ntnu")
            let (kept, other) = (try await host.report(), try await host.report(by: "ola"))
            let desk = try await host.browser("ingrid")
            // Looked at before she is kept from it, and after.
            try await desk.get("/deviations/\(kept)")
            try await host.act("exclusions", on: kept, by: "ingrid", #"{"people":["dagny"],"names":""}"#)
            try await desk.get("/deviations/\(other)")
            let (dagny, astrid) = (try await host.api("dagny"), try await host.api("astrid"))
            func about(_ id: String, for client: APIClient) async throws -> Int {
                try await client.get("\(Self.path)?limit=200").json(Lines.self).items.filter { $0.object.contains(id) }
                    .count
            }
            #expect(try await about(kept, for: astrid) == 2)
            #expect(try await about(kept, for: dagny) == 0)
            #expect(try await about(other, for: dagny) == 1)
            let unknown = try await dagny.get("\(Self.path)?object=deviations/unknown").text
            #expect(try await dagny.get("\(Self.path)?object=deviations/\(kept)").text == unknown)
            #expect(!(try await dagny.get("\(Self.path)/export").text.contains(kept)))
            // No number counts on through what is not shown.
            let text = try await dagny.get("\(Self.path)?limit=1").text
            #expect(!text.contains("position") && !text.contains("\"id\""))

            try await host.act(
                "triage", on: kept, by: "ingrid",
                #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"Nei"}"#)
            try await eventually("it has left") {
                try await host.rows("deviations_case", where: "ending = 'outside-scope'") == 1
            }
            #expect(try await host.rows("deviations_exclusion") == 0)
            #expect(try await about(kept, for: astrid) >= 3)
            #expect(try await about(kept, for: dagny) == 0)

            // A keeper whom a whistleblow is kept from.
            _ = try await Whistle.report(host.visitor(), excluded: "vigdis")
            let torstein = try await host.browser("torstein")
            let cases = try await Whistle.cases(torstein)
            for address in cases { try await torstein.get(address) }
            #expect(!cases.isEmpty)
            #expect(try await about("whistleblowing/", for: astrid) == cases.count)
            #expect(try await about("whistleblowing/", for: try await host.api("vigdis")) < cases.count)
        }
    }

    @Test(arguments: Engine.all)
    func `the auditor's page says that the chain is whole, or which line is not as it was`(engine: Engine) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            _ = try await host.assignedCase()
            let astrid = try await host.browser("astrid")
            try await astrid.get("/audit")
            try await eventually("all is tied") { try await host.rows("audit_entry", where: "position IS NULL") == 0 }
            #expect(try await astrid.post("/audit/verification").text.contains("Kjeden er hel fra"))
            let client = try await host.api("astrid")
            #expect(try await client.get("\(Self.path)/verification").json(Report.self).isWhole)
            let unknown = String(repeating: "0", count: 63) + "1"
            #expect(
                try await client.get("\(Self.path)/verification?anchor=\(unknown)").json(Report.self).isAnchorMissing)
            try await host.base.database.write {
                try $0.execute("UPDATE audit_entry SET actor = 'unni' WHERE position = 2")
            }
            let page = try await astrid.post("/audit/verification").text
            #expect(page.contains("Linje 2 er endret") && page.contains("role=\"alert\""))
            let report = try await client.get("\(Self.path)/verification").json(Report.self)
            #expect(!report.isWhole && report.fault?.kind == "changed" && report.fault?.position == 2)
        }
    }
}
