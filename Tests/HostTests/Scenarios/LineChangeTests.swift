import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// Point 5 while posts change: who comes to lead a reporter is kept from their case from then on.
@Suite struct LineChangeTests {
    /// A report by an employee of IDI who has no role.
    private func reported(_ host: HostHarness) async throws -> String {
        try await host.base.database.write { tx in
            try Directory.put(
                Person(
                    id: "alma", name: "Alma Ansatt", email: "alma@ntnu.test", language: .nb, affiliation: .employee,
                    unit: "ie-idi", campus: "trondheim"), in: tx)
        }
        return try await host.report(by: "alma")
    }

    private func assigned(_ host: HostHarness) async throws -> String {
        let id = try await reported(host)
        try await host.act(
            "triage", on: id, by: "ingrid", #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#)
        try await host.act("assignments", on: id, by: "ingrid", #"{"handler":"hamid"}"#)
        return id
    }

    private func midnight(_ host: HostHarness) -> Timestamp { Oslo.endOfDay(Oslo.date(at: host.clock.now)) }

    private func expectNothing(of id: String, for person: String, _ host: HostHarness) async throws {
        let (client, browser) = (try await host.api(person), try await host.browser(person))
        #expect(try await client.get("/api/v1/deviations/\(id)").status == .notFound)
        #expect(try await !client.get("/api/v1/deviations").text.contains(id))
        #expect(try await browser.get("/deviations/\(id)").status == .notFound)
        #expect(try await !browser.get("/deviations?view=open").text.contains(id))
    }

    @Test(arguments: Engine.all)
    func
        `given a handler who leads the reporter's department from midnight, then the case is not theirs from that moment, and the intake officer has it, its clock unchanged`(
            _ engine: Engine
        ) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await assigned(host)
            let before = try await host.load(id)
            try await host.grant(.lineManager, to: "hamid", at: "ie-idi", from: midnight(host))
            let cases = host.openCases()
            try await cases.keepFromLine()
            #expect(try await host.api("hamid").get("/api/v1/deviations/\(id)").status == .ok)
            host.advance(toMidnightBut: 60)
            try await cases.keepFromLine()
            host.advance(toMidnightBut: 0)
            try await expectNothing(of: id, for: "hamid", host)
            let after = try #require(try await host.load(id))
            #expect(after.handler == nil && after.status == .received && after.dueOn == before?.dueOn)
            #expect(try await host.api("ingrid").get("/api/v1/deviations/\(id)").text.contains("\"kept-away\""))
            #expect(try await host.browser("ingrid").get("/deviations/\(id)").text.contains("fått et nytt verv"))
            // Once is enough.
            try await cases.keepFromLine()
            #expect(try await host.load(id) == after)
        }
    }

    @Test func `an intake officer who comes to lead the reporter loses the case to the central reception`() async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await reported(host)
            try await host.grant(.lineManager, to: "ingrid", at: "ie-idi")
            try await host.openCases().keepFromLine()
            try await expectNothing(of: id, for: "ingrid", host)
            let seen = try await host.api("tone").get("/api/v1/deviations/\(id)")
            #expect(seen.status == .ok && seen.text.contains("\"unit\":\"sentralmottak\""))
        }
    }

    @Test func `a deputy of whoever leads the reporter is kept away as well`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await assigned(host)
            try await host.base.database.write { [now = host.clock.now] in
                try Directory.add(
                    Deputyship(id: Identifier.make(at: now), person: "dagny", deputy: "hamid", from: now, to: nil),
                    by: "anders", at: now, in: $0)
            }
            try await host.openCases().keepFromLine()
            try await expectNothing(of: id, for: "hamid", host)
        }
    }

    @Test func `a reporter who becomes intake officer sees the case as its reporter only`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await reported(host)
            try await host.act("notes", on: id, by: "ingrid", #"{"text":"Bare for oss"}"#)
            try await host.grant(.intakeOfficer, to: "alma", at: "ie")
            try await host.openCases().keepFromLine()
            let own = try await host.api("alma").get("/api/v1/deviations/\(id)")
            #expect(own.status == .ok && !own.text.contains("Bare for oss"))
            #expect(try await host.browser("alma").get("/deviations/\(id)").location == "/deviations/mine/\(id)")
        }
    }

    @Test func `whoever comes to lead a student's department is not in the student's line`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await host.grant(.lineManager, to: "hamid", at: "ie-idi")
            try await host.openCases().keepFromLine()
            #expect(try await host.api("hamid").get("/api/v1/deviations/\(id)").status == .ok)
        }
    }

    @Test func `a case kept from every intake officer raises the alarm until somebody may have it`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            let (notices, metrics) = (PostedNotices(), PrometheusMetrics())
            let cases = host.openCases(
                notices, alarm: Alarm(OpenCases.nobody.name, path: "/admin/deputies", factory: metrics))
            try await cases.passOn()
            #expect(metrics.text().contains("trivsel_alarms{alarm=\"deviations-nobody\"} 0") && notices.all.isEmpty)
            // At once to the central reception, then to nobody.
            try await host.act("recusal", on: id, by: "ingrid", #"{"reason":"Min venn"}"#)
            #expect(try await host.api("tone").get("/api/v1/deviations/\(id)").status == .ok)
            try await cases.passOn()
            #expect(notices.all.isEmpty)
            try await host.act("recusal", on: id, by: "tone", #"{"reason":"Min venn også"}"#)
            try await cases.passOn()
            #expect(metrics.text().contains("trivsel_alarms{alarm=\"deviations-nobody\"} 1"))
            #expect(Set(notices.all.map(\.recipient)) == ["anders"] && notices.all.allSatisfy(\.facts.isEmpty))
            let notice = try #require(notices.all.first)
            let module = try host.base.make(Deviations.self, clock: host.clock.clock)
            for language in Language.allCases {
                let mail = try #require(module.mail(for: notice, language: language))
                #expect(!mail.subject.isEmpty && !"\(mail)".contains(id))
            }
            try await host.grant(.intakeOfficer, to: "berit", at: "sentralmottak")
            try await cases.passOn()
            #expect(metrics.text().contains("trivsel_alarms{alarm=\"deviations-nobody\"} 0"))
        }
    }
}

extension HostHarness {
    /// The case as it is stored.
    fileprivate func load(_ id: String) async throws -> Deviation? {
        let cases = CaseVault(base.vault, database: base.database)
        guard let key = try await cases.key(of: id) else { return nil }
        return try await cases.load(id, by: key)?.deviation
    }
}
