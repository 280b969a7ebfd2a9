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
