import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// A unit's numbers, for its part of the quality report.
@Suite struct OverviewTests {
    private struct Overview: Decodable, Equatable {
        struct Status: Decodable, Equatable {
            let status: String
            let cases: Int
        }
        struct Answers: Decodable, Equatable {
            let answered, inTime, asExpected, late: Int
            let medianDays, longestDays: Int?
        }
        struct Measures: Decodable, Equatable { let all, done, overdue, effectChecked: Int }
        struct Month: Decodable, Equatable {
            let month: String
            let received: Int
        }
        let unit: String
        let cases: Int
        let byStatus: [Status]
        let answers: Answers
        let measures: Measures
        let months: [Month]
    }

    private func read(
        _ host: HostHarness, _ query: String = "", by person: String = "dagny", unit: String = "ie"
    ) async throws -> Overview {
        try await host.api(person).get("/api/v1/deviation-overview?unit=\(unit)\(query)").json(Overview.self)
    }

    /// Withdrawn by its reporter, and stopped.
    private func stop(_ id: String, by person: String, _ host: HostHarness) async throws {
        let act = try await host.api("kari").post("/api/v1/deviations/\(id)/reporter-acts", #"{"act":"withdraw"}"#)
        try #require(act.status == .noContent)
        try await host.act("after-withdrawal", on: id, by: person, #"{"goesOn":false}"#)
    }

    @Test(arguments: Engine.all)
    func `it counts what came in a period: cases, answers in time and late, measures, and what was withdrawn`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            _ = try await host.closedCase()
            try await stop(try await host.report(), by: "ingrid", host)
            let late = try await host.assignedCase()
            try await host.act(
                "measures", on: late, by: "hamid",
                #"{"action":"Oppnevn reserve","cause":"Sårbart","owner":"dagny","dueOn":"2026-12-20"}"#)
            #expect(try await read(host).measures == .init(all: 1, done: 0, overdue: 0, effectChecked: 0))
            host.clock.advance(seconds: 40 * 86_400)
            #expect(try await read(host).measures == .init(all: 1, done: 0, overdue: 1, effectChecked: 0))
            let measure = try #require(try await host.firstMeasure(of: late))
            try await host.act("measures/\(measure)/completion", on: late, by: "hamid", #"{"effect":"Det virket"}"#)
            try await host.act("cause", on: late, by: "hamid", #"{"whatHappened":"Syk","why":"Ingen reserve"}"#)
            try await host.act("closing", on: late, by: "hamid", #"{"outcome":"Ordnet"}"#)

            let all = try await read(host)
            #expect(all.unit == "ie" && all.cases == 3 && all.months.count == 12)
            #expect(all.byStatus == [.init(status: "closed", cases: 2), .init(status: "withdrawn", cases: 1)])
            #expect(
                all.answers == .init(answered: 2, inTime: 1, asExpected: 0, late: 1, medianDays: 0, longestDays: 40))
            #expect(all.measures == .init(all: 1, done: 1, overdue: 0, effectChecked: 1))
            let year = try await read(host, "&from=2026-11-27&to=2026-12-31")
            #expect(year.cases == 3 && year.months.map(\.month) == ["2026-11", "2026-12"])
            #expect(try await read(host, "&from=2027-01-01").cases == 0)

            let dagny = try await host.browser("dagny")
            let page = try await dagny.get("/deviations/overview?unit=ie&from=2026-01-01&to=2026-12-31").text
            #expect(page.contains("trukket</th><td>1</td>") && page.contains("For sent</th><td>1</td>"))
            #expect(page.contains("40 dager") && page.contains("Utført</th><td>1</td>"))
            #expect(page.contains("value=\"2026-12-31\""))
            let none = try await dagny.get("/deviations/overview?unit=ie&from=2027-01-01").text
            #expect(none.contains("Enheten har ingen saker i tidsrommet."))
        }
    }

    @Test(arguments: Engine.all)
    func `what was kept from somebody moves no figure of theirs when it is withdrawn either`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            try await host.grant(.intakeOfficer, to: "ingrid", at: "ntnu")
            let before = try await read(host, by: "ingrid", unit: "ntnu")
            let body = HostHarness.reportBody().dropLast() + ",\"people\":[\"ingrid\"]}"
            let id = try await host.api("kari").post("/api/v1/deviations", String(body)).json(CaseReceipt.self).id
            #expect(try await read(host, by: "ingrid", unit: "ntnu") == before)
            try await stop(id, by: "tone", host)
            #expect(try await read(host, by: "ingrid", unit: "ntnu") == before)
        }
    }

    @Test func `days that are none, or in the wrong order, are refused, and who has no unit sees nothing`() async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (dagny, client) = (try await host.browser("dagny"), try await host.api("dagny"))
            for (query, field) in [("from=i-går", "from"), ("from=2026-12-31&to=2026-01-01", "to")] {
                let path = query.replacing("å", with: "%C3%A5")
                let page = try await dagny.get("/deviations/overview?\(path)")
                #expect(page.status == .unprocessableContent && page.text.contains("href=\"#\(field)\""))
                let refused = try await client.get("/api/v1/deviation-overview?\(path)")
                #expect(refused.status == .badRequest)
                #expect(try refused.json(ProblemBody.self).errors?.map(\.field) == [field])
            }
            for person in ["kari", "hamid", "unni"] {
                let answer = try await host.api(person).get("/api/v1/deviation-overview")
                #expect(answer.status == .forbidden, "\(person)")
            }
        }
    }
}

extension HostHarness {
    private struct Measured: Decodable {
        struct Measure: Decodable { let id: String }
        let measures: [Measure]
    }

    /// The id of a case's first measure.
    fileprivate func firstMeasure(of id: String) async throws -> String? {
        try await api("hamid").get("/api/v1/deviations/\(id)").json(Measured.self).measures.first?.id
    }
}
