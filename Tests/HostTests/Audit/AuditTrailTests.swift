import DeviationsCore
import EventKit
import Foundation
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// Every look at a case and every decision on it is noted: who, what and when, and nothing of what the case says.
@Suite(.timeLimit(.minutes(5))) struct AuditTrailTests {
    private static let both: [any FeatureModule.Type] = [Deviations.self, Whistleblowing.self]

    @Test(arguments: Engine.all)
    func `a look is noted before the case is shown, and not again for ten minutes`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.report()
            let desk = try await host.browser("ingrid")
            #expect(try await host.trail() == [])
            for _ in 0..<3 { #expect(try await desk.get("/deviations/\(id)").status == .ok) }
            #expect(try await host.trail() == ["look deviations.read deviations/\(id) ingrid page"])
            host.clock.advance(seconds: 599)
            try await desk.get("/deviations/\(id)")
            #expect(try await host.trail().count == 1)
            host.clock.advance(seconds: 1)
            try await desk.get("/deviations/\(id)")
            #expect(try await host.trail().count == 2)
            // Somebody else's look is another one; one that is refused is none.
            #expect(try await host.api("dagny").get("/api/v1/deviations/\(id)").status == .ok)
            #expect(try await host.api("nils").get("/api/v1/deviations/\(id)").status == .notFound)
            let last = try #require(try await host.trail().last)
            let token = try await host.base.sessions.tokens(of: "dagny", now: host.clock.now).first?.id ?? ""
            #expect(last == "look deviations.read deviations/\(id) dagny \(token)")
        }
    }

    @Test(arguments: Engine.all)
    func `a case whose look cannot be noted is not shown`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.report()
            try await host.base.database.write { try $0.execute("ALTER TABLE audit_entry RENAME TO audit_gone") }
            let page = try await host.browser("ingrid").get("/deviations/\(id)")
            let answer = try await host.api("ingrid").get("/api/v1/deviations/\(id)")
            for shown in [page, answer] {
                #expect(shown.status.code >= 500 && !shown.text.contains("ingen svarer"), "\(shown.status)")
            }
            // Lists are no looks.
            #expect(try await host.api("ingrid").get("/api/v1/deviations").text.contains(id))
            try await host.base.database.write { try $0.execute("ALTER TABLE audit_gone RENAME TO audit_entry") }
        }
    }

    @Test func `all of 1,000 cases that are read are in the trail, and no word of them`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let vault = CaseVault(host.base.vault, database: host.base.database)
            let acts = DeviationActs(database: host.base.database, cases: vault, handlingTime: HandlingTime())
            var ids: Set<String> = []
            for index in 1...1_000 {
                let report = Report(
                    title: "Kvernknurr \(index)", description: "Snirkelgang", unit: "ie-idi", campus: "trondheim",
                    category: "grading", environment: .organisational, occurredOn: nil, threshold: nil,
                    ordinaryChannels: .notTried(reason: "Glefsing"))
                ids.insert(
                    try await acts.receive(report, from: "kari", at: host.clock.now).deviation.id)
            }
            let client = try await host.api("ingrid")
            for id in ids { #expect(try await client.get("/api/v1/deviations/\(id)").status == .ok) }
            let (objects, text) = try await host.base.database.read { reader in
                let rows = try reader.query("SELECT object, act || way || actor FROM audit_entry") {
                    ($0.text(0), $0.text(1))
                }
                return (rows.map(\.0), rows.map(\.1).joined())
            }
            #expect(objects.count == 1_000 && Set(objects) == Set(ids.map { "deviations/\($0)" }))
            for word in ["Kvernknurr", "Snirkelgang", "Glefsing", "kari", "Tangvik"] { #expect(!text.contains(word)) }
        }
    }

    @Test func `every way to a case's content is a look, and no list is one`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let file = try await host.sendFile("bilde.gif", Browser.File.picture.bytes, to: id)
            let other = try await host.report(by: "ola")
            let ways = [
                "/deviations/\(id)", "/deviations/\(id)/files/\(file)", "/deviations/\(id)/files/\(file)/preview",
                "/deviations/\(id)/reports", "/deviations/\(id)/reports/\(id)", "/api/v1/deviations/\(id)",
                "/api/v1/deviations/\(id)/files", "/api/v1/deviations/\(id)/files/\(file)",
                "/api/v1/deviations/\(id)/reports",
            ]
            for way in ways {
                // Long enough after the last one.
                host.clock.advance(seconds: 700)
                let before = try await host.trail().count
                let answer =
                    way.hasPrefix("/api")
                    ? try await host.api("ingrid").get(way) : try await host.browser("ingrid").get(way)
                #expect(answer.status == .ok, "\(way)")
                let new = try await host.trail().dropFirst(before)
                #expect(
                    new.count == 1 && new.allSatisfy { $0.contains("look deviations.read deviations/\(id)") }, "\(way)")
            }
            host.clock.advance(seconds: 700)
            let before = try await host.trail().count
            for way in ["/deviations", "/deviations?view=all", "/deviations/overview", "/deviations/measures"] {
                #expect(try await host.browser("ingrid").get(way).status == .ok)
            }
            #expect(try await host.api("ingrid").search(#"{"q":"sensuren"}"#).status == .ok)
            #expect(try await host.api("ingrid").get("/api/v1/deviations/\(id)/likely-same").status == .ok)
            #expect(try await host.trail().count == before)
            // The first of the untriaged ones is shown whole.
            try await host.browser("ingrid").get("/deviations/triage")
            #expect(try await host.trail().last == "look deviations.read deviations/\(other) ingrid page")
            // A file that is taken out: one line for each case, each time.
            for _ in 0..<2 {
                #expect(try await host.browser("ingrid").get("/deviations/export?view=all").status == .ok)
                let last = try await host.trail().suffix(2)
                #expect(
                    Set(last) == Set([id, other].map { "look deviations.export deviations/\($0) ingrid page" }))
            }
        }
    }

    @Test func `who reads an extract, or answers what somebody asks about their data, has looked`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await host.act(
                "consultations", on: id, by: "hamid",
                #"{"people":["marit"],"question":"Hva er praksis?","extract":"Studentene savner svar.","deadline":"2026-12-04"}"#
            )
            let marit = try await host.browser("marit")
            let list = try await marit.get("/deviations/consultations").text
            let path = String(try #require(list.firstMatch(of: /\/deviations\/consultations\/[0-9a-f-]{36}/)).0)
            let before = try await host.trail().count
            #expect(!(try await marit.get(path).text.contains("savner svar")))
            #expect(try await host.trail().count == before)
            try await marit.post("\(path)/declaration", ["isImpartial": "yes"])
            #expect(try await marit.get(path).text.contains("savner svar"))
            #expect(
                try await host.trail().dropFirst(before) == ["look deviations.consulted deviations/\(id) marit page"])

            let unni = try await host.answering()
            let request = try await unni.register()
            #expect(try await unni.add(id, to: request).status == .ok)
            #expect(try await unni.extract(id, of: request).status == .ok)
            #expect(try await unni.decide(request).status == .ok)
            let told = try await host.trail().filter { $0.contains(" unni ") }.map { $0.prefix { $0 != "0" } }
            #expect(
                told == [
                    "decision host.case-added deviations/", "look host.answer-privacy-requests deviations/",
                    "decision host.extracted deviations/", "decision host.granted privacy-requests/",
                ])
        }
    }

    @Test(arguments: Engine.all)
    func `each decision lies in the transaction of its change, under the name of its event`(engine: Engine) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await host.act("notes", on: id, by: "hamid", #"{"text":"Internt"}"#)
            try await host.act("cause", on: id, by: "hamid", #"{"whatHappened":"a","why":"b"}"#)
            try await host.act("closing", on: id, by: "hamid", #"{"outcome":"Løst"}"#)
            let refused = try await host.api("hamid").post(
                "/api/v1/deviations/\(id)/notes", #"{"text":""}"#, headers: [.ifMatch: "\"6\""])
            #expect(!(200..<300).contains(refused.status.code))
            let (events, decisions) = try await host.base.database.read { reader in
                (
                    try reader.query(
                        "SELECT type, time FROM event_log WHERE type <> 'deviations.received.v1' ORDER BY time, id"
                    ) {
                        "\($0.text(0).replacing(".v1", with: "")) \($0.int64(1))"
                    },
                    try reader.query("SELECT act, at FROM audit_entry WHERE is_look = 0 ORDER BY id") {
                        "\($0.text(0)) \($0.int64(1))"
                    }
                )
            }
            #expect(Set(events) == Set(decisions) && decisions.count == 5)
        }
    }

    @Test(arguments: Engine.all)
    func `what reporters do with what they have told names nobody`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await host.sendFile("a.txt", Array("a".utf8), to: id)
            let kari = try await host.browser("kari")
            try await kari.get("/deviations/mine/\(id)")
            #expect(try await host.api("kari").get("/api/v1/deviations/\(id)").status == .ok)
            try await kari.post("/deviations/mine/\(id)", ["act": "answer", "text": "Det var i mai."])
            let answered = try await host.api("kari").post(
                "/api/v1/deviations/\(id)/reporter-acts", #"{"act":"answer","text":"Og i juni."}"#)
            #expect(answered.status == .noContent)
            try await kari.post("/deviations/mine/\(id)", ["act": "withdraw"])
            let own = try await host.trail().filter { $0.contains("reporter") }
            #expect(
                own
                    == ["files-added", "reporter-answered", "reporter-answered", "withdrawn"].map {
                        "decision deviations.\($0) deviations/\(id) - reporter"
                    })
            #expect(try await host.rows("audit_entry", where: "actor = 'kari'") == 0)
            let tokens = try await host.base.sessions.tokens(of: "kari", now: host.clock.now).map(\.id)
            #expect(!tokens.isEmpty)
            for token in tokens { #expect(try await host.rows("audit_entry", where: "way = '\(token)'") == 0) }
        }
    }

    @Test(arguments: Engine.all)
    func `a re-registration lies there as a rejection does`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: Self.both) { host in
            let ids = [try await host.report(), try await host.report()]
            let tokens = try await host.api("ingrid")
            for (id, censurable) in zip(ids, [false, true]) {
                let tag = try await tokens.get("/api/v1/deviations/\(id)").header("ETag") ?? ""
                let sent = try await tokens.post(
                    "/api/v1/deviations/\(id)/\(censurable ? "triage" : "rejection")",
                    #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":\#(censurable),"reason":"Nei"}"#,
                    headers: [.ifMatch: tag])
                #expect(sent.status == .ok, "\(sent.text)")
            }
            try await eventually("it has left") {
                try await host.rows("deviations_case", where: "ending = 'outside-scope'") == 1
            }
            func lines(_ id: String) async throws -> [String] {
                try await host.trail().filter { $0.contains(id) }.map { $0.replacing(id, with: "ID") }
            }
            let (rejected, left) = (try await lines(ids[0]), try await lines(ids[1]))
            #expect(
                rejected == left && left.last?.hasPrefix("decision deviations.rejected deviations/ID ingrid ") == true)
            let times = try await host.base.database.read { reader in
                try reader.query(
                    """
                    SELECT COUNT(*) FROM event_log JOIN audit_entry ON at = time AND act || '.v1' = type
                    WHERE type = 'deviations.rejected.v1' AND object = 'deviations/' || subject
                    """
                ) { $0.int(0) }
            }
            #expect(times == [2])
            #expect(try await host.rows("audit_entry", where: "object LIKE 'whistle%'") == 0)
        }
    }

    @Test(arguments: Engine.all)
    func
        `when a case has left, the log of a request no longer says when it was read: the trail does, and would tell for whom`(
            engine: Engine
        ) async throws
    {
        try await HostHarness.with(engine, modules: Self.both) { host in
            let id = try await host.report()
            let unni = try await host.answering()
            let request = try await unni.register()
            let asked = host.clock.now
            host.clock.advance(seconds: 5_000)
            #expect(try await unni.add(id, to: request).status == .ok)
            _ = try await unni.review(id, of: request)
            func times(_ acts: String) async throws -> Set<Int64> {
                try await host.base.database.read { reader in
                    Set(try reader.query("SELECT at FROM privacy_act WHERE act IN (\(raw: acts))") { $0.int64(0) })
                }
            }
            #expect(try await times("'case-added', 'case-read'") == [host.clock.now.milliseconds])
            try await host.act(
                "triage", on: id, by: "ingrid",
                #"{"isDeviation":false,"holdsSensitiveData":true,"isCensurable":true,"reason":"Nei"}"#)
            try await eventually("it has left") {
                try await host.rows("deviations_case", where: "ending = 'outside-scope'") == 1
            }
            #expect(try await times("'case-added', 'case-read'") == [asked.milliseconds])
            #expect(try await host.trail().contains { $0.contains("deviations/\(id) unni") })
        }
    }

    @Test func `nothing tells when a whistleblower was here, but what keepers read and decide`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            let visitor = host.visitor()
            let code = try await Whistle.report(visitor)
            _ = try await Whistle.open(visitor, code)
            _ = try await Whistle.write(visitor, code, "Mer")
            let named = try await host.api("kari").post(
                "/api/v1/whistleblowing",
                #"{"named":true,"category":"threats","campus":"trondheim","title":"a","description":"b"}"#)
            #expect(named.status == .created)
            // With a token beside the code, too.
            let back = try await host.api("kari").post(
                "/api/v1/whistleblowing/dialogue", #"{"code":"\#(code)","text":"Enda mer"}"#)
            #expect(back.status == .ok && back.text.contains("Enda mer"))
            #expect(try await host.trail() == [])
            let keeper = try await host.browser("vigdis")
            let addresses = try await Whistle.cases(keeper)
            #expect(try await host.trail() == [])
            let address = try #require(addresses.first)
            let object = "whistleblowing/\(address.split(separator: "/").last ?? "")"
            _ = try await Whistle.act(keeper, address, "acknowledgement", [("text", "Takk")])
            #expect(
                try await host.trail() == [
                    "look whistleblowing.handle \(object) vigdis page",
                    "decision whistleblowing.acknowledgement \(object) vigdis page",
                ])
        }
    }

    @Test(arguments: Engine.all)
    func `what keepers read and decide through the API is noted with their token, and their list is not`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Whistleblowing.self]) { host in
            let visitor = host.visitor()
            let code = try await Whistle.report(visitor)
            _ = try await Whistle.attach(visitor, code, [.picture])
            let client = try await host.api("vigdis")
            let cases = "/api/v1/whistleblowing/cases"
            let list = try await client.get(cases).text
            let id = String(try #require(list.firstMatch(of: /"id":"([^"]+)"/)).1)
            #expect(try await host.api("kari").get("\(cases)/\(id)").status == .notFound)
            #expect(try await host.trail() == [])
            let seen = try await client.get("\(cases)/\(id)")
            #expect(seen.status == .ok)
            let token = try await host.base.sessions.tokens(of: "vigdis", now: host.clock.now).first?.id ?? ""
            let look = "look whistleblowing.handle whistleblowing/\(id) vigdis \(token)"
            #expect(try await host.trail() == [look])
            host.clock.advance(seconds: 700)
            let file = try #require(seen.text.firstMatch(of: /"files":\[{"id":"([^"]+)"/)).1
            #expect(try await client.get("\(cases)/\(id)/files/\(file)").status == .ok)
            #expect(try await host.trail() == [look, look])
            let sent = try await client.post(
                "\(cases)/\(id)/acknowledgement", #"{"text":"Takk"}"#,
                headers: [.ifMatch: seen.header("ETag") ?? ""])
            #expect(sent.status == .ok, "\(sent.text)")
            #expect(
                try await host.trail().last
                    == "decision whistleblowing.acknowledgement whistleblowing/\(id) vigdis \(token)")
        }
    }

    @Test func `a whistleblow whose look cannot be noted is not given out`() async throws {
        try await HostHarness.with(modules: [Whistleblowing.self]) { host in
            _ = try await Whistle.report(host.visitor())
            let keeper = try await host.browser("vigdis")
            let page = try #require(try await Whistle.cases(keeper).first)
            try await host.base.database.write { try $0.execute("ALTER TABLE audit_entry RENAME TO audit_gone") }
            for shown in [try await keeper.get(page), try await host.api("vigdis").get("/api/v1\(page)")] {
                #expect(shown.status.code >= 500 && !shown.text.contains(Whistle.text), "\(shown.status)")
            }
            try await host.base.database.write { try $0.execute("ALTER TABLE audit_gone RENAME TO audit_entry") }
        }
    }

    @Test func `numbers, central measures, deputies and sessions are about no case, and not in the trail`() async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            _ = try await host.report()
            let (unni, ingrid) = (try await host.api("unni"), try await host.api("ingrid"))
            let started = try await unni.post(
                "/api/v1/measures",
                #"{"unit":"ntnu","action":"Kurs","cause":"Ulik praksis","dueOn":"2027-02-01"}"#)
            #expect(started.status == .created)
            for path in ["deviation-overview", "you-said-we-did", "measures", "deputies", "me/sessions"] {
                #expect(try await ingrid.get("/api/v1/\(path)").status == .ok, "\(path)")
            }
            #expect(try await host.trail() == [])
        }
    }
}

extension HostHarness {
    /// The lines of the trail in order: kind, act, object, person, way.
    func trail() async throws -> [String] {
        try await base.database.read { reader in
            try reader.query("SELECT is_look, act, object, actor, way FROM audit_entry ORDER BY id") { row in
                "\(row.bool(0) ? "look" : "decision") \(row.text(1)) \(row.text(2)) \(row.textOrNil(3) ?? "-") \(row.text(4))"
            }
        }
    }
}
