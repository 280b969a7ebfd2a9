import EventKit
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// Scenario 13: people who are asked.
@Suite struct ConsultationTests {
    private struct List: Decodable {
        struct Item: Decodable { let id: String }
        let items: [Item]
    }

    private static let extract = "Studentene savner tilbakemelding før fristen."

    private func open(_ host: HostHarness, people: String = #""marit","turid@ntnu.test","sissel""#) async throws -> (
        id: String, consultation: String
    ) {
        let id = try await host.assignedCase()
        try await host.act(
            "consultations", on: id, by: "hamid",
            """
            {"people":[\(people)],"question":"Hva er praksis hos dere?","extract":"\(Self.extract)","deadline":"2026-12-04"}
            """)
        let list = try await host.api("marit").get("/api/v1/consultations").json(List.self)
        return (id, try #require(list.items.first?.id))
    }

    @Test(arguments: Engine.all)
    func
        `given a consultation with three people, then each sees only the released extract, not the reporter, cannot forward, and loses access at the deadline; one who declares partiality sees nothing more`(
            _ engine: Engine
        ) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let (id, consultation) = try await open(host)
            let path = "/deviations/consultations/\(consultation)"
            for person in ["marit", "turid", "sissel"] {
                let browser = try await host.browser(person)
                let closed = try await browser.get(path)
                #expect(closed.status == .ok && !closed.text.contains(Self.extract), "first the declaration")
                let declared = try await browser.post("\(path)/declaration", ["isImpartial": "yes"])
                #expect(declared.location == path)
                let page = try await browser.get(path).text
                #expect(page.contains(Self.extract) && page.contains("Hva er praksis hos dere?"))
                for hidden in ["kari", "Solbakken", "Sensuren er tre uker", id, "hamid"] {
                    #expect(!page.contains(hidden), "\(person) \(hidden)")
                }
                // Nothing but the extract, and nobody to pass it on to.
                #expect(try await browser.get("/deviations/\(id)").status == .notFound)
                let onwards = try await host.api(person).post(
                    "/api/v1/deviations/\(id)/consultations",
                    #"{"people":["berit"],"question":"a","extract":"b","deadline":"2026-12-04"}"#,
                    headers: [.ifMatch: "\"4\""])
                #expect(onwards.status == .notFound)
            }
            #expect(try await host.browser("berit").get(path).status == .notFound)
            let answered = try await host.browser("turid")
            try await answered.get(path)
            #expect(try await answered.post("\(path)/answer", ["text": "Vi svarer på to uker."]).status == .seeOther)
            #expect(try await host.browser("hamid").get("/deviations/\(id)").text.contains("Vi svarer på to uker."))

            let partial = try await host.browser("marit")
            try await partial.get(path)
            try await partial.post("\(path)/declaration", ["isImpartial": "no"])
            #expect(try await partial.get(path).status == .notFound)
            #expect(try await host.api("marit").get("/api/v1/consultations/\(consultation)").status == .notFound)
            #expect(try await partial.post("\(path)/answer", ["text": "Likevel"]).status == .notFound)

            // The last second of 4 December in Norway, and the next.
            host.clock.advance(seconds: 86_400 * 7 + 14 * 3600 - 1)
            #expect(try await host.browser("sissel").get(path).status == .ok)
            host.clock.advance(seconds: 1)
            #expect(try await host.browser("sissel").get(path).status == .notFound)
            #expect(try await host.api("sissel").get("/api/v1/consultations").json(List.self).items.isEmpty)
        }
    }

    @Test func `an extract that names the reporter is refused, and what was typed is kept`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let browser = try await host.browser("hamid")
            try await browser.get("/deviations/\(id)")
            let answer = try await browser.post(
                "/deviations/\(id)/consultations",
                [
                    "people": "marit@ntnu.test", "question": "Hva nå?", "deadline": "2026-12-04", "version": "3",
                    "extract": "Kari Moen Solbakken skriver at ingen svarer.",
                ])
            #expect(answer.status == .unprocessableContent && answer.text.contains("røper hvem melderen er"))
            #expect(answer.text.contains("skriver at ingen svarer") && answer.text.contains("marit@ntnu.test"))
            let byAPI = try await host.api("hamid").post(
                "/api/v1/deviations/\(id)/consultations",
                #"{"people":["marit"],"question":"Hva nå?","extract":"Kari Moen Solbakken sier fra","deadline":"2026-12-04"}"#,
                headers: [.ifMatch: "\"3\""])
            #expect(byAPI.status == .unprocessableContent && byAPI.wrongFields == ["extract"], "\(byAPI.text)")
            #expect(try await host.rows("deviations_consultation") == 0)
        }
    }

    @Test func `a stranger, a student, the reporter or somebody the case is kept from cannot be asked`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await host.act("exclusions", on: id, by: "ingrid", #"{"people":["dagny"]}"#)
            for person in ["nobody@ntnu.test", "mai", "kari", "dagny"] {
                let answer = try await host.api("hamid").post(
                    "/api/v1/deviations/\(id)/consultations",
                    "{\"people\":[\"\(person)\"],\"question\":\"a\",\"extract\":\"b\",\"deadline\":\"2026-12-04\"}",
                    headers: [.ifMatch: "\"4\""])
                #expect(answer.status == .unprocessableContent, "\(person): \(answer.text)")
                let page = try await host.send(
                    "consultations", on: id, by: "hamid", .page,
                    ["people": person, "question": "a", "extract": "b", "deadline": "2026-12-04"])
                #expect(page.status == .unprocessableContent, "\(person)")
                #expect(page.text.contains("href=\"#consultations-people\""), "\(person)")
            }
            #expect(try await host.rows("deviations_consultation") == 0)
        }
    }

    @Test func `who says through the API to be partial sees nothing more, and the case's handler is told`() async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (id, consultation) = try await open(host)
            let (marit, path) = (try await host.api("marit"), "/api/v1/consultations/\(consultation)")
            #expect(try await marit.post("\(path)/declaration", "{}").wrongFields == ["isImpartial"])
            #expect(try await marit.post("\(path)/declaration", #"{"isImpartial":false}"#).status == .ok)
            #expect(try await marit.get(path).status == .notFound)
            #expect(try await marit.post("\(path)/answer", #"{"text":"Likevel"}"#).status == .notFound)
            #expect(try await marit.get("/api/v1/consultations").json(List.self).items.isEmpty)
            let page = try await host.browser("marit").get("/deviations/consultations/\(consultation)")
            #expect(page.status == .notFound)
            #expect(try await host.api("hamid").get("/api/v1/deviations/\(id)").text.contains("consultation-declined"))
        }
    }

    @Test func `those who are asked are told, without the case's number or id`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (id, consultation) = try await open(host)
            #expect(consultation != id)
            try await eventually("marit is told") {
                let jobs = try await host.base.database.read {
                    try $0.query("SELECT payload FROM bus_job") { $0.text(0) }
                }
                return jobs.contains { $0.contains("\"marit\"") && $0.contains(consultation) && !$0.contains(id) }
            }
        }
    }
}
