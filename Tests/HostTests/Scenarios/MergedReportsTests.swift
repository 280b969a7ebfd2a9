import DeviationsCore
import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault

@testable import DeviationsModule

/// Scenario 17: one failure, many reporters.
@Suite struct MergedReportsTests {
    private struct Seen: Decodable {
        let status: String
        let reports: Int?
    }

    private struct Listed: Decodable {
        struct Item: Decodable {
            let id: String
            let reports: Int?
        }
        let items: [Item]
    }

    private func student(_ number: Int) -> String { "student\(number)" }

    /// Reports by as many students, each with words of their own.
    private func reports(_ count: Int, _ host: HostHarness) async throws -> [String] {
        try await host.base.database.write { tx in
            for number in 0..<count {
                try Directory.put(
                    Person(
                        id: student(number), name: "Student \(number)", email: "s\(number)@ntnu.test", language: .nb,
                        affiliation: .student, unit: "ie-idi", campus: "trondheim"), in: tx)
            }
        }
        let vault = CaseVault(host.base.vault, database: host.base.database)
        let acts = DeviationActs(database: host.base.database, cases: vault, handlingTime: HandlingTime())
        var ids: [String] = []
        for number in 0..<count {
            let report = Report(
                title: "Eksamen falt ut \(number)", description: "Egne ord fra plass \(number)x", unit: "ie-idi",
                campus: "trondheim", category: "exam", environment: .digital, occurredOn: nil, threshold: nil,
                ordinaryChannels: .notTried(reason: "Det hastet"))
            ids.append(try await acts.receive(report, from: student(number), at: host.clock.now).deviation.id)
        }
        return ids
    }

    private func merge(_ ids: [String], _ host: HostHarness) async throws {
        let others = ids.dropFirst().map { "\"\($0)\"" }.joined(separator: ",")
        try await host.act("merges", on: ids[0], by: "ingrid", "{\"cases\":[\(others)]}")
    }

    @Test(arguments: Engine.all)
    func
        `given 180 students report the same exam failure, then one case with 180 reporters; counts show 1 case and 180 reports`(
            _ engine: Engine
        ) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let ids = try await reports(180, host)
            try await merge(ids, host)
            let ingrid = try await host.api("ingrid")
            let list = try await ingrid.get("/api/v1/deviations?limit=200").json(Listed.self)
            #expect(list.items.map(\.id) == [ids[0]] && list.items.first?.reports == 180)
            #expect(try await host.browser("ingrid").get("/deviations?view=open").text.contains("180 meldinger"))
            // What is done to the case reaches everybody's page, in its own words for each.
            try await host.act(
                "triage", on: ids[0], by: "ingrid",
                #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#)
            try await host.act("assignments", on: ids[0], by: "ingrid", #"{"handler":"hamid"}"#)
            try await host.act("replies", on: ids[0], by: "hamid", #"{"text":"Til dere alle"}"#)
            try await host.act("cause", on: ids[0], by: "hamid", #"{"whatHappened":"a","why":"b"}"#)
            try await host.act("closing", on: ids[0], by: "hamid", #"{"outcome":"Ny eksamen i januar"}"#)
            for number in [0, 1, 90, 179] {
                let client = try await host.api(student(number))
                let seen = try await client.get("/api/v1/deviations/\(ids[number])")
                #expect(try seen.json(Seen.self).status == "closed")
                #expect(seen.text.contains("Til dere alle") && seen.text.contains("Ny eksamen i januar"))
                #expect(seen.text.contains("plass \(number)x") && !seen.text.contains("hamid"))
                let mine = try await client.get("/api/v1/deviations").json(Listed.self)
                #expect(mine.items.map(\.id) == [ids[number]])
                let page = try await host.browser(student(number)).get("/deviations/mine/\(ids[number])").text
                #expect(page.contains("Ny eksamen i januar") && page.contains("plass \(number)x"))
                #expect(!page.contains("plass \(number + 1)x") && !page.contains("Student \(number + 1)"))
            }
        }
    }

    @Test func `none of the reporters sees another's report or replies, and the handler sees all`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let ids = try await reports(3, host)
            try await merge(ids, host)
            let browser = try await host.browser("ingrid")
            try await browser.get("/deviations/\(ids[0])/reports/\(ids[1])")
            let own = try await browser.post(
                "/deviations/\(ids[0])/reports/\(ids[1])/replies", ["text": "Bare til deg"])
            #expect(own.status == .seeOther)
            let first = try await host.api("ingrid").post(
                "/api/v1/deviations/\(ids[0])/reports/\(ids[0])/replies", #"{"text":"Bare til den første"}"#)
            #expect(first.status == .ok, "\(first.text)")
            for (number, id) in ids.enumerated() {
                let page = try await host.browser(student(number)).get("/deviations/mine/\(id)").text
                #expect(
                    page.contains("Bare til deg") == (number == 1)
                        && page.contains("Bare til den første") == (number == 0))
                for other in ids where other != id {
                    let client = try await host.api(student(number))
                    #expect(try await client.get("/api/v1/deviations/\(other)").status == .notFound)
                    #expect(try await client.get("/api/v1/deviations/\(other)/reports").status == .notFound)
                }
            }
            let all = try await host.api("ingrid").get("/api/v1/deviations/\(ids[0])/reports").text
            for number in 0..<3 { #expect(all.contains("plass \(number)x")) }
            let page = try await browser.get("/deviations/\(ids[0])/reports").text
            #expect(page.contains("3 meldinger") && page.contains("Student 2"))
            // A merged report is read through its case only.
            #expect(try await browser.get("/deviations/\(ids[2])").status == .notFound)
        }
    }

    @Test func `each reporter is told on their own, with the number of their own report`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let ids = try await reports(3, host)
            try await merge(ids, host)
            try await host.act("replies", on: ids[0], by: "ingrid", #"{"text":"Til dere alle"}"#)
            #expect(ids.count == 3)
            try await eventually("all three are told of the reply") {
                let jobs = try await host.base.database.read {
                    try $0.query("SELECT payload FROM bus_job ORDER BY id") { $0.text(0) }
                }
                return (0..<3).allSatisfy { number in
                    jobs.contains {
                        $0.contains("replied") && $0.contains("\"\(student(number))\"") && $0.contains(ids[number])
                    }
                }
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `each reporter can withdraw their own report: it is gone, and the case goes on for the others`(way: Way)
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let ids = try await reports(3, host)
            try await merge(ids, host)
            func withdraw(_ number: Int) async throws {
                let answer = try await host.reporterAct("withdraw", on: ids[number], by: student(number), way)
                #expect(answer.isTaken, "\(answer.text)")
            }
            try await withdraw(1)
            for seenBy in Way.allCases {
                let gone = try await host.seen(ids[1], by: student(1), seenBy, mine: true)
                #expect(gone.status == .notFound, "\(seenBy)")
            }
            let all = try await host.api("ingrid").get("/api/v1/deviations/\(ids[0])/reports").text
            #expect(!all.contains("plass 1x") && all.contains("plass 0x") && all.contains("plass 2x"))
            let main = try await host.api("ingrid").get("/api/v1/deviations/\(ids[0])")
            #expect(main.text.contains("\"reports\":2"))
            // The one whose report the case began with: the others still have it.
            try await withdraw(0)
            let stop = try await host.api("ingrid").post(
                "/api/v1/deviations/\(ids[0])/after-withdrawal", #"{"goesOn":false}"#,
                headers: [
                    .ifMatch: try await host.api("ingrid").get("/api/v1/deviations/\(ids[0])").headers[.eTag] ?? ""
                ])
            #expect(stop.status == .conflict && stop.text.contains("has-other-reports"), "\(stop.text)")
            let ingrid = try await host.browser("ingrid")
            let page = try await ingrid.get("/deviations/\(ids[0])")
            #expect(page.text.contains("Melderen har trukket") && !page.text.contains("name=\"goesOn\" value=\"no\""))
            #expect(!page.text.contains("Student 0"))
            let listed = try await ingrid.get("/deviations/\(ids[0])/reports").text
            #expect(listed.contains("Student 2") && !listed.contains("/reports/\(ids[0])\""))
            try await host.act(
                "after-withdrawal", on: ids[0], by: "ingrid",
                #"{"goesOn":true,"reason":"De andre","keptTitle":"Eksamen falt ut","keptText":"Se meldingene"}"#)
            let goesOn = try await host.api("ingrid").get("/api/v1/deviations/\(ids[0])").text
            #expect(goesOn.contains("\"reports\":1") && !goesOn.contains("plass 0x"))
            try await host.act("replies", on: ids[0], by: "ingrid", #"{"text":"Til dere andre"}"#)
            let other = try await host.api(student(2)).get("/api/v1/deviations/\(ids[2])").text
            #expect(other.contains("Til dere andre") && other.contains("plass 2x"))
            #expect(try await host.api(student(2)).get("/api/v1/deviations/\(ids[2])").status == .ok)
        }
    }

    @Test func `a report can be taken out of its case again, with the clock it had`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let ids = try await reports(3, host)
            try await merge(ids, host)
            let browser = try await host.browser("ingrid")
            try await browser.get("/deviations/\(ids[0])/reports/\(ids[1])")
            let done = try await browser.post("/deviations/\(ids[0])/reports/\(ids[1])/separation")
            #expect(done.location == "/deviations/\(ids[1])")
            let own = try await host.api("ingrid").get("/api/v1/deviations/\(ids[1])").text
            #expect(own.contains("\"status\":\"received\"") && own.contains("\"dueOn\":\"2026-12-28\""))
            #expect(try await host.api("ingrid").get("/api/v1/deviations/\(ids[0])").text.contains("\"reports\":2"))
            let again = try await host.api("ingrid").post(
                "/api/v1/deviations/\(ids[0])/reports/\(ids[1])/separation", "{}")
            #expect(again.status == .notFound)
        }
    }

    @Test func `whom the case was kept from does not see a report that is taken out of it, nor that there is one`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let ids = try await reports(2, host)
            try await merge(ids, host)
            try await host.grant(.intakeOfficer, to: "knut", at: "ie")
            try await host.act("exclusions", on: ids[0], by: "ingrid", #"{"people":["knut"],"names":""}"#)
            let knut = try await host.api("knut")
            #expect(try await knut.get("/api/v1/deviations/\(ids[0])").status == .notFound)
            let taken = try await host.api("ingrid").post(
                "/api/v1/deviations/\(ids[0])/reports/\(ids[1])/separation", "{}")
            #expect(taken.status == .ok, "\(taken.text)")
            #expect(try await host.api("ingrid").get("/api/v1/deviations/\(ids[1])").status == .ok)
            #expect(try await knut.get("/api/v1/deviations/\(ids[1])").status == .notFound)
            #expect(try await knut.get("/api/v1/deviations").json(Listed.self).items.isEmpty)
            #expect(try await host.browser("knut").get("/deviations/overview").text.contains("plass 1x") == false)
        }
    }

    @Test func `what is not there, is not one's own to write in, or came before the case is not merged`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let ids = try await reports(2, host)
            let foreign = try await host.report(by: "ola", unit: "hf-isl")
            let client = try await host.api("ingrid")
            for other in [foreign, "2026-000000", "019ac000-0000-7000-8000-000000000000", ids[0]] {
                let answer = try await client.post(
                    "/api/v1/deviations/\(ids[0])/merges", "{\"cases\":[\"\(other)\"]}", headers: [.ifMatch: "\"1\""])
                #expect(answer.status == .conflict, "\(other): \(answer.text)")
            }
            let browser = try await host.browser("ingrid")
            try await browser.get("/deviations/\(ids[0])")
            let page = try await browser.post("/deviations/\(ids[0])/merges", ["cases": "2026-999999", "version": "1"])
            #expect(page.status == .unprocessableContent && page.text.contains("2026-999999"))
        }
    }
}
