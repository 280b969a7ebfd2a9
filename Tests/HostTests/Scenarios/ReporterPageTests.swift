import DeviationsCore
import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// What reporters do with what has ended, and what they are told before they send.
@Suite struct ReporterPageTests {
    @Test func `day and clock tell the same date once a preliminary reply has put the deadline off`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let before = try await host.browser("kari").get("/deviations/mine/\(id)").text
            #expect(before.contains("<dt>Frist</dt><dd>mandag 28. desember <span class=\"tag\">om "))
            try await host.act(
                "preliminary-replies", on: id, by: "hamid", #"{"cause":"Venter på sensor","expectedOn":"2027-01-20"}"#)
            host.clock.advance(seconds: 33 * 86_400)
            for (person, path) in [("kari", "/deviations/mine/\(id)"), ("hamid", "/deviations/\(id)")] {
                let page = try await host.browser(person).get(path).text
                let row = try #require(
                    page.firstMatch(of: /<dt>Nytt svar ventes<\/dt><dd>([^<]*) <span class="tag">([^<]*)</))
                #expect(row.1.hasPrefix("onsdag 20. januar") && row.2 == "om 13 virkedager")
                #expect(page.contains("<dt>Første frist</dt><dd>mandag 28. desember"))
                #expect(!page.contains("<dt>Frist</dt>"))
            }
        }
    }

    @Test(arguments: Engine.all)
    func `the reporter says whether a closed case solved it, and who had the case reads and is told`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.closedCase()
            let kari = try await host.browser("kari")
            #expect(try await kari.get("/deviations/mine/\(id)").text.contains("Ble det løst?"))
            let empty = try await kari.post("/deviations/mine/\(id)", ["act": "feedback", "text": "Min mening"])
            #expect(empty.status == .unprocessableContent && empty.text.contains("Min mening"))
            #expect(empty.text.contains("href=\"#answer\""))
            let sent = try await kari.post(
                "/deviations/mine/\(id)", ["act": "feedback", "answer": "partly", "text": "Nesten"])
            #expect(sent.location == "/deviations/mine/\(id)?done=1")
            #expect(try await kari.get("/deviations/mine/\(id)").text.contains("delvis løst"))
            let byAPI = try await host.api("kari").post(
                "/api/v1/deviations/\(id)/reporter-acts", #"{"act":"feedback","answer":"unsolved"}"#)
            #expect(byAPI.status == .noContent)
            let seen = try await host.browser("hamid").get("/deviations/\(id)").text
            #expect(seen.contains("Nesten") && seen.contains("ikke er løst"))
            try await eventually("the handler is told") {
                try await host.base.database.read { try $0.query("SELECT payload FROM bus_job") { $0.text(0) } }
                    .contains { $0.contains("\"feedback\"") && $0.contains("hamid") }
            }
            let foreign = try await host.api("ola").post(
                "/api/v1/deviations/\(id)/reporter-acts", #"{"act":"feedback","answer":"solved"}"#)
            #expect(foreign.status == .notFound)
        }
    }

    @Test(arguments: Engine.all)
    func `asked for more, the reporter answers in writing by page and client, and who has the case reads and is told`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await host.act("replies", on: id, by: "hamid", #"{"text":"Hvilket emne gjelder det?"}"#)
            let (kari, client) = (try await host.browser("kari"), try await host.api("kari"))
            let path = "/api/v1/deviations/\(id)/reporter-acts"
            #expect(try await kari.get("/deviations/mine/\(id)").text.contains("Skriv til dem som har saken"))
            let empty = try await kari.post("/deviations/mine/\(id)", ["act": "answer", "text": " "])
            #expect(empty.status == .unprocessableContent && empty.text.contains("href=\"#text\""))
            #expect(try await client.post(path, #"{"act":"answer"}"#).status == .unprocessableContent)
            let sent = try await kari.post("/deviations/mine/\(id)", ["act": "answer", "text": "TDT4100 <vår>"])
            #expect(sent.location == "/deviations/mine/\(id)?done=1")
            #expect(try await client.post(path, #"{"act":"answer","text":"Og TDT4120"}"#).status == .noContent)
            let foreign = try await host.api("ola").post(path, #"{"act":"answer","text":"Hei"}"#)
            #expect(foreign.status == .notFound)
            for (person, page) in [("hamid", "/deviations/\(id)"), ("kari", "/deviations/mine/\(id)")] {
                let seen = try await host.browser(person).get(page).text
                #expect(seen.contains("TDT4100 &lt;vår&gt;") && seen.contains("Og TDT4120"), "\(person)")
            }
            #expect(try await host.api("hamid").get("/api/v1/deviations/\(id)").text.contains("\"answered\""))
            try await eventually("the handler is told") { try await host.mails("answered") == ["hamid", "hamid"] }
            #expect(try await host.notices("answered").allSatisfy { $0.path == "/deviations/\(id)" })
            let ended = try await host.closedCase()
            let late = try await client.post(
                "/api/v1/deviations/\(ended)/reporter-acts", #"{"act":"answer","text":"Hei"}"#)
            #expect(late.status == .conflict)
            #expect(try await !kari.get("/deviations/mine/\(ended)").text.contains("Skriv til dem som har saken"))
        }
    }

    @Test(arguments: Engine.all)
    func `a reporter who has not said it is asked once, four weeks after the end`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let (asked, said) = (try await host.closedCase(), try await host.closedCase())
            let answer = try await host.api("kari").post(
                "/api/v1/deviations/\(said)/reporter-acts", #"{"act":"feedback","answer":"solved"}"#)
            #expect(answer.status == .noContent)
            func due(_ days: Int64) async throws -> [String] {
                let moment = host.clock.now.adding(seconds: days * 86_400)
                return try await host.base.database.read {
                    try ReminderStore.closed(before: moment.adding(seconds: -28 * 86_400), in: $0).map(\.id)
                }
            }
            #expect(try await due(27).isEmpty)
            #expect(try await due(29) == [asked])
            // Who has long been left in peace is not asked.
            #expect(try await due(90).isEmpty)
            let vault = CaseVault(host.base.vault, database: host.base.database)
            let acts = DeviationActs(database: host.base.database, cases: vault, handlingTime: HandlingTime())
            let reminders = Reminders(
                acts: acts, clock: host.clock.clock, logger: host.base.logger, plan: ReminderPlan(), effectDays: 90)
            // Monday 4 January 2027 at ten.
            let monday = try #require(Timestamp("2027-01-04T09:00:00Z"))
            for _ in 0..<2 { try await reminders.remind(at: monday) }
            try await eventually("the reporter is asked") {
                let jobs = try await host.base.database.read {
                    try $0.query("SELECT payload FROM bus_job") { $0.text(0) }
                }
                return jobs.filter { $0.contains("feedback-due") && $0.contains("kari") && $0.contains(asked) }.count
                    == 1
            }
        }
    }

    @Test(arguments: Engine.all)
    func
        `a report that is not ours names the right recipient and offers to pass it on; nothing is passed on without the reporter's consent`(
            engine: Engine
        ) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.report()
            let refused = try await host.api("ingrid").post(
                "/api/v1/deviations/\(id)/rejection",
                #"{"isDeviation":false,"holdsSensitiveData":false,"isCensurable":false,"reason":"x","recipient":"hf"}"#,
                headers: [.ifMatch: "\"1\""])
            #expect(refused.status == .unprocessableContent && refused.text.contains("recipient"))
            try await host.act(
                "rejection", on: id, by: "ingrid",
                #"{"isDeviation":false,"holdsSensitiveData":false,"isCensurable":false,"reason":"Dette er bolig","recipient":"sit"}"#
            )
            let kari = try await host.browser("kari")
            // Nobody there receives reports: the reporter is told whom to ask.
            let told = try await kari.get("/deviations/mine/\(id)").text
            #expect(told.contains("Dette hører hjemme hos Studentsamskipnaden") && told.contains("Ta kontakt med"))
            try await host.grant(.intakeOfficer, to: "rune", at: "sit")
            #expect(try await host.api("rune").get("/api/v1/deviations/\(id)").status == .notFound)
            let page = try await kari.get("/deviations/mine/\(id)").text
            #expect(page.contains("Send videre til Studentsamskipnaden"))
            let other = try await host.api("ingrid").post(
                "/api/v1/deviations/\(id)/reporter-acts", #"{"act":"pass-on"}"#)
            #expect(other.status == .notFound)
            let sent = try await kari.post("/deviations/mine/\(id)", ["act": "pass-on"])
            #expect(sent.location == "/deviations/mine/\(id)?done=1")
            let seen = try await host.api("rune").get("/api/v1/deviations/\(id)")
            #expect(seen.status == .ok && seen.text.contains("\"status\":\"received\""))
            #expect(try await host.api("ingrid").get("/api/v1/deviations/\(id)").status == .notFound)
            #expect(try await kari.get("/deviations/mine/\(id)").text.contains("Sendt videre til Studentsamskipnaden"))
            try await host.act(
                "triage", on: id, by: "rune",
                #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#)
        }
    }

    @Test(arguments: Engine.all)
    func `a report rejected by page as another's is passed on by its reporter's client, and then read there`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            try await host.grant(.intakeOfficer, to: "rune", at: "sit")
            let id = try await host.report()
            let rejected = try await host.browser("ingrid").act(
                "rejection", on: id,
                [
                    "isDeviation": "no", "holdsSensitiveData": "no", "isCensurable": "no",
                    "reason": "Dette er bolig", "recipient": "sit",
                ])
            #expect(rejected.status == .seeOther)
            let rune = try await host.api("rune")
            #expect(try await rune.get("/api/v1/deviations/\(id)").status == .notFound)
            let passed = try await host.api("kari").post(
                "/api/v1/deviations/\(id)/reporter-acts", #"{"act":"pass-on"}"#)
            #expect(passed.status == .noContent)
            let read = try await rune.get("/api/v1/deviations/\(id)")
            #expect(read.status == .ok && read.text.contains("Fristen gikk ut 6. november"))
        }
    }

    @Test func `the desk for triage names the recipient of a report that is not ours, too`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            let ingrid = try await host.browser("ingrid")
            let desk = try await ingrid.get("/deviations/triage")
            #expect(desk.text.contains("name=\"recipient\"") && desk.text.contains("<option value=\"sit\""))
            func rejection(_ recipient: String) -> KeyValuePairs<String, String> {
                [
                    "version": "1", "isDeviation": "no", "holdsSensitiveData": "no", "isCensurable": "no",
                    "outcome": "rejection", "reason": "Dette er bolig", "recipient": recipient,
                ]
            }
            let refused = try await ingrid.post("/deviations/triage/\(id)", rejection("hf"))
            #expect(refused.status == .unprocessableContent && refused.text.contains("href=\"#recipient\""))
            #expect(try await ingrid.post("/deviations/triage/\(id)", rejection("sit")).status == .seeOther)
            let told = try await host.browser("kari").get("/deviations/mine/\(id)").text
            #expect(told.contains("Dette hører hjemme hos Studentsamskipnaden"))
        }
    }

    @Test func `who has an open case about the same is told of it before sending, and of nobody else's`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let own = try await host.report()
            let other = try await host.report(by: "ola")
            let kari = try await host.browser("kari")
            try await kari.get("/deviations/report")
            func check(
                _ category: String, title: String = "Sensuren er fortsatt forsinket",
                _ description: String = "Fristen gikk ut 6. november, og ingen svarer."
            ) async throws -> String {
                try await kari.post(
                    "/deviations/report",
                    [
                        "step": "4", "go": "next", "case": Identifier.make(at: host.clock.now), "unit": "ie-idi",
                        "campus": "trondheim", "category": category, "environment": "digital", "serious": "none",
                        "ordinaryChannels.tried": "no", "ordinaryChannels.reason": "Det haster",
                        "title": title, "description": description,
                    ]
                ).text
            }
            let page = try await check("grading")
            #expect(page.contains("Har du meldt fra om dette før?") && page.contains("/deviations/mine/\(own)"))
            #expect(!page.contains(other) && page.contains("value=\"send\""))
            #expect(try await !check("exam").contains("Har du meldt fra om dette før?"))
            // Of the same category, and about something else.
            let another = try await check("grading", title: "Gal karakter på vitnemålet", "Den skulle vært bedre.")
            #expect(!another.contains("Har du meldt fra om dette før?"))
        }
    }
}
