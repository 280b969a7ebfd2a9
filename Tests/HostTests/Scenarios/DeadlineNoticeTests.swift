import CalendarKit
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

/// Who is told of deadlines and measures, from the clock to the waiting mail.
@Suite struct DeadlineNoticeTests {
    @Test(arguments: Engine.all)
    func
        `given day 28 nears, then the handler is warned in working days; a preliminary reply without cause or expected date is refused`(
            engine: Engine
        ) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await host.remind(on: "2026-12-17")
            #expect(try await host.mails("near") == [])
            try await host.remind(on: "2026-12-18")
            try await host.remind(on: "2026-12-18")
            try await eventually("a warning") { try await host.mails("near") == ["hamid"] }
            try await host.remind(on: "2026-12-23")
            try await eventually("a second warning") { try await host.mails("near") == ["hamid", "hamid"] }

            let hamid = try await host.browser("hamid")
            let client = try await host.api("hamid")
            for (field, json) in [
                ("cause", #"{"expectedOn":"2027-01-20"}"#), ("expectedOn", #"{"cause":"Venter på sensor"}"#),
            ] {
                let version = try await client.get("/api/v1/deviations/\(id)").headers[.eTag] ?? ""
                let answer = try await client.post(
                    "/api/v1/deviations/\(id)/preliminary-replies", json, headers: [.ifMatch: version])
                #expect(answer.status == .unprocessableContent)
                #expect(try answer.json(ProblemBody.self).errors?.map(\.field) == [field])
                let page = try await hamid.get("/deviations/\(id)")
                let typed: KeyValuePairs =
                    field == "cause"
                    ? ["version": page.value(ofHidden: "version") ?? "", "expectedOn": "2027-01-20"]
                    : ["version": page.value(ofHidden: "version") ?? "", "cause": "Venter på sensor"]
                let refused = try await hamid.post("/deviations/\(id)/preliminary-replies", typed)
                #expect(refused.status == .unprocessableContent)
                #expect(refused.text.contains("href=\"#preliminary-replies-\(field)\""))
            }
        }
    }

    @Test(arguments: Engine.all)
    func `the education quality department is reminded of a measure without a case, until it is done`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let unni = try await host.api("unni")
            for action in ["Kurs", "Felles sensorpool"] {
                let started = try await unni.post(
                    "/api/v1/measures",
                    #"{"unit":"ie","action":"\#(action)","cause":"Ulik praksis","dueOn":"2027-02-01"}"#)
                #expect(started.status == .created)
                if action == "Kurs" {
                    let id = try started.json(Started.self).id
                    #expect(try await unni.post("/api/v1/measures/\(id)/completion", "{}").status == .ok)
                }
            }
            try await host.remind(on: "2027-01-25")
            try await eventually("a reminder") { try await host.mails("measure-due") == ["unni"] }
            try await host.remind(on: "2027-02-02")
            try await eventually("it was due") { try await host.mails("measure-overdue") == ["unni"] }
            #expect(try await host.mails("measure-due") == ["unni"])
            #expect(try await host.takenMails(waitingFor: 2).map(\.to) == ["unni@ntnu.test", "unni@ntnu.test"])
        }
    }

    private struct Started: Decodable { let id: String }

    @Test func `an untriaged case is the intake officer's, and what is overdue goes up the line`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            try await host.remind(on: "2026-12-18")
            try await eventually("a warning") { try await host.mails("near") == ["ingrid"] }
            try await host.remind(on: "2026-12-29")
            try await eventually("the alarm") { try await host.mails("overdue") == ["dagny", "ingrid"] }
            try await host.remind(on: "2027-01-13")
            try await eventually("the central reception") { try await host.mails("overdue-at") == ["tone"] }
            let blind = try await host.notices("overdue-at")
            #expect(blind.map(\.path) == ["/deviations"] && !blind.contains { $0.path.contains(id) })
            let number = try await host.number(of: id)
            for notice in try await host.notices("overdue") {
                let mail = try #require(try host.base.make(Deviations.self).mail(for: notice, language: .nb))
                #expect(mail.subject == "Over fristen (\(number))" && notice.path == "/deviations/\(id)")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a preliminary reply is taken by page and API: the expected day counts, the due date stays`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            for isPage in [true, false] {
                let id = try await host.assignedCase()
                if isPage {
                    let sent = try await host.browser("hamid").act(
                        "preliminary-replies", on: id, ["cause": "Venter på sensor", "expectedOn": "2027-01-20"])
                    #expect(sent.status == .seeOther)
                } else {
                    let sent = try await host.api("hamid").act(
                        "preliminary-replies", on: id, #"{"cause":"Venter på sensor","expectedOn":"2027-01-20"}"#)
                    #expect(sent.status == .ok)
                }
                let read = try await host.api("hamid").get("/api/v1/deviations/\(id)").json(Clocks.self)
                #expect(read == Clocks(status: "assigned", dueOn: "2026-12-28", expectedOn: "2027-01-20"))
                let page = try await host.browser("kari").get("/deviations/mine/\(id)").text
                #expect(page.contains("20. januar 2027") && page.contains("Venter på sensor"))
            }
            try await host.remind(on: "2026-12-29")
            #expect(try await host.events("deviations.overdue.v1") == 0)
            try await host.remind(on: "2027-01-21")
            #expect(try await host.events("deviations.overdue.v1") == 2)
        }
    }

    @Test func `overdue notices skip a dean whom the report names`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let body = HostHarness.reportBody().replacing("{\"serious\"", with: "{\"people\":[\"dagny\"],\"serious\"")
            let sent = try await host.api("kari").post("/api/v1/deviations", body)
            #expect(sent.status == .created)
            try await host.remind(on: "2026-12-29")
            try await eventually("the alarm") { try await host.mails("overdue").contains("ingrid") }
            #expect(try await host.mails("overdue") == ["ingrid"])
            #expect(try await !host.notices("overdue-at").contains { $0.recipient == "dagny" })
        }
    }

    @Test func `a manager who reported the case is skipped, and so is one without a post`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            _ = try await host.report(by: "dagny")
            try await host.remind(on: "2026-12-29")
            // The dean leads the officer, too: the central reception has the case from the start.
            try await eventually("the alarm") { try await host.mails("overdue") == ["tone"] }
            #expect(try await host.mails("overdue-at").isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func
        `given an unfinished measure, when closing, then refused unless the measure moves to an owner with a date`(
            engine: Engine
        ) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await host.act(
                "cause", on: id, by: "hamid", #"{"whatHappened":"Sensor ble syk","why":"Ingen reserve"}"#)
            try await host.act(
                "measures", on: id, by: "hamid",
                #"{"action":"Oppnevn reserve","cause":"Sårbart","owner":"dagny","dueOn":"2027-02-01"}"#)
            try await eventually("word to the owner") { try await host.mails("measure") == ["dagny"] }
            let hamid = try await host.api("hamid")
            func close() async throws -> Answer {
                let tag = try await hamid.get("/api/v1/deviations/\(id)").headers[.eTag] ?? ""
                return try await hamid.post(
                    "/api/v1/deviations/\(id)/closing", #"{"outcome":"Ordnet"}"#, headers: [.ifMatch: tag])
            }
            #expect(try await close().status == .conflict)
            let page = try await host.browser("hamid").get("/deviations/\(id)")
            let browser = try await host.browser("hamid")
            let refused = try await browser.post(
                "/deviations/\(id)/closing", ["version": page.value(ofHidden: "version") ?? "", "outcome": "Ordnet"])
            #expect(refused.status == .unprocessableContent && refused.text.contains("Et tiltak er ikke utført"))

            let measure = try #require(
                try await host.api("dagny").get("/api/v1/measures").json(OwnMeasures.self).items.first)
            try await host.act(
                "measures/\(measure.id)/move", on: id, by: "hamid", #"{"owner":"berit","dueOn":"2027-03-01"}"#)
            #expect(try await close().status == .ok)
            try await checkOwner(host, id, measure.id)
        }
    }

    @Test(arguments: Engine.all)
    func `a case closes after its cause is written, and a measure says what, why, who and when, on page and API`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let (hamid, client) = (try await host.browser("hamid"), try await host.api("hamid"))
            let early = try await client.act("closing", on: id, #"{"outcome":"Ordnet"}"#)
            #expect(early.status == .conflict && early.text.contains("cause-missing"))
            let page = try await hamid.act("closing", on: id, ["outcome": "Ordnet"])
            #expect(page.status == .unprocessableContent && page.text.contains("Skriv årsaken før saken avsluttes."))

            let fields = ["action", "cause", "owner", "dueOn"]
            let empty = try await client.act("measures", on: id, "{}")
            #expect(empty.status == .unprocessableContent)
            #expect(try empty.json(ProblemBody.self).errors?.map(\.field) == fields)
            let blank = try await hamid.act("measures", on: id)
            #expect(blank.status == .unprocessableContent)
            for field in fields { #expect(blank.text.contains("href=\"#measures-\(field)\""), "\(field)") }

            try await host.act(
                "measures", on: id, by: "hamid",
                #"{"action":"Oppnevn reserve","cause":"Sårbart","owner":"dagny","dueOn":"2027-02-01"}"#)
            let measure = try #require(
                try await host.api("dagny").get("/api/v1/measures").json(OwnMeasures.self).items.first?.id)
            let move = "measures/\(measure)/move"
            let undated = try await client.act(move, on: id, #"{"owner":"berit","dueOn":""}"#)
            #expect(undated.status == .unprocessableContent)
            #expect(try undated.json(ProblemBody.self).errors?.map(\.field) == ["dueOn"])
            let unsaid = try await hamid.act(move, on: id, ["owner": "berit", "dueOn": ""])
            #expect(unsaid.status == .unprocessableContent)
            #expect(unsaid.text.contains("href=\"#measures-\(measure)-move-dueOn\""))
            let moved = try await hamid.act(move, on: id, ["owner": "berit", "dueOn": "2027-03-01"])
            #expect(moved.status == .seeOther)
            #expect(try await host.browser("berit").get("/deviations/measures").text.contains("Oppnevn reserve"))
        }
    }

    @Test(arguments: Engine.all)
    func `before it is closed one is warned that nothing keeps it from happening again, and what does is recorded`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let warning = "det står ikke under årsaken hva som hindrer at det skjer igjen"
            let (hamid, client) = (try await host.browser("hamid"), try await host.api("hamid"))
            for isMeasure in [true, false] {
                let id = try await host.assignedCase()
                let before = try await client.get("/api/v1/deviations/\(id)").json(Recorded.self)
                #expect(before.warnings == ["prevention-missing"])
                #expect(try await hamid.get("/deviations/\(id)").text.contains(warning))
                if isMeasure {
                    try await host.act(
                        "measures", on: id, by: "hamid",
                        #"{"action":"Oppnevn reserve","cause":"Sårbart","owner":"dagny","dueOn":"2027-02-01"}"#)
                    #expect(
                        try await hamid.get("/deviations/\(id)").text.contains(
                            "Årsaken det skal fjerne:</p><p>Sårbart</p>"))
                } else {
                    let sent = try await hamid.act(
                        "cause", on: id,
                        ["whatHappened": "Syk", "why": "Ingen reserve", "prevention": "To sensorer fra nå av"])
                    #expect(sent.status == .seeOther)
                }
                let after = try await client.get("/api/v1/deviations/\(id)").json(Recorded.self)
                #expect(after.warnings == [] && after.cause?.prevention == (isMeasure ? nil : "To sensorer fra nå av"))
                let page = try await hamid.get("/deviations/\(id)").text
                #expect(!page.contains(warning) && page.contains("To sensorer fra nå av") != isMeasure)
            }
            let id = try await host.assignedCase()
            try await host.act(
                "cause", on: id, by: "hamid",
                #"{"whatHappened":"Syk","why":"Ingen reserve","prevention":"To sensorer fra nå av"}"#)
            let read = try await client.get("/api/v1/deviations/\(id)").json(Recorded.self)
            #expect(read.cause?.prevention == "To sensorer fra nå av")
        }
    }

    /// Berit owns the measure and sees nothing of its case.
    private func checkOwner(_ host: HostHarness, _ id: String, _ measure: String) async throws {
        try await host.base.database.write { try $0.execute("DELETE FROM directory_grant WHERE person = 'berit'") }
        try await host.base.database.write { try $0.execute("UPDATE directory_version SET version = version + 1") }
        _ = try await host.base.directory.freshChart()
        let berit = try await host.browser("berit")
        #expect(try await berit.get("/deviations/\(id)").status == .notFound)
        let list = try await berit.get("/deviations/measures")
        let number = try await host.number(of: id)
        #expect(list.text.contains("Oppnevn reserve") && !list.text.contains(id) && !list.text.contains(number))
        let empty = try await berit.post("/deviations/measures/\(measure)/effect", ["effect": ""])
        #expect(empty.status == .unprocessableContent)
        let done = try await berit.post("/deviations/measures/\(measure)/completion", ["effect": ""])
        #expect(done.location == "/deviations/measures?done=1")
        // Not twice, and not by others.
        let again = try await host.api("berit").post("/api/v1/measures/\(measure)/completion", "{}")
        #expect(again.status == .conflict)
        let other = try await host.api("dagny").post("/api/v1/measures/\(measure)/effect", #"{"effect":"x"}"#)
        #expect(other.status == .notFound)
        let checked = try await host.api("berit").post(
            "/api/v1/measures/\(measure)/effect", #"{"effect":"Ingen forsinkelser siden."}"#)
        #expect(checked.status == .ok && checked.text.contains("Ingen forsinkelser siden."))
    }
}

/// How far a case has come, and when it is to be answered.
private struct Clocks: Decodable, Equatable {
    let status, dueOn: String
    let expectedOn: String?
}

/// What handling has found, and what it lacks.
private struct Recorded: Decodable {
    struct Cause: Decodable { let prevention: String? }
    let cause: Cause?
    let warnings: [String]
}

private struct OwnMeasures: Decodable {
    struct Item: Decodable { let id: String }
    let items: [Item]
}

extension HostHarness {
    private struct Waiting: Decodable { let notice: Notice }

    /// Looks at the clocks at nine on this day, as the service does.
    func remind(on day: String) async throws {
        let date = try #require(CivilDate(day))
        let now = Oslo.moment(of: LocalTime(date: date, hour: 9, minute: 0))
        let module = try #require(try base.make(Deviations.self, clock: Clock { now }) as? Deviations)
        try await module.following.reminders.remind(at: now)
    }

    /// How many events of this type there are.
    func events(_ type: String) async throws -> Int {
        try await base.database.read {
            try $0.first("SELECT COUNT(*) FROM event_log WHERE type = \(type)") { $0.int(0) }
        } ?? -1
    }

    /// The waiting mails of this kind.
    func notices(_ template: String) async throws -> [Notice] {
        let payloads = try await base.database.read {
            try $0.query("SELECT payload FROM bus_job ORDER BY id") { $0.text(0) }
        }
        return try payloads.map { try JSONDecoder().decode(Waiting.self, from: Data($0.utf8)).notice }
            .filter { $0.template == template }
    }

    /// Who gets them, in order.
    func mails(_ template: String) async throws -> [String] { try await notices(template).map(\.recipient).sorted() }
}
