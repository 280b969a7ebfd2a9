import CalendarKit
import EventKit
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// Mails that wait while somebody is kept from what they tell of: a worker gets none of them.
@Suite struct MailAfterExclusionTests {
    private func expect(_ sent: [WaitingMail], of id: String, to people: Set<String>, but left: String) {
        let told = Set(sent.filter { $0.link.url.hasSuffix("/deviations/\(id)") }.map { $0.to.prefix { $0 != "@" } })
        for person in people { #expect(told.contains(Substring(person)), "\(person)") }
        #expect(!told.contains(Substring(left)))
    }

    /// Dropped jobs say nothing of whom or what they were about.
    private func expectSilent(_ host: HostHarness, dropped count: Int) async throws {
        let dropped = try await host.mailJobs().filter { $0.state == "dropped" }
        #expect(dropped.count == count)
        #expect(dropped.allSatisfy { $0.payload.isEmpty && $0.reason == "no longer wanted" })
    }

    @Test(arguments: Engine.all)
    func `a mail that waits for somebody who is kept from the case meanwhile is dropped`(_ engine: Engine) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            // Of the receipt, to Ingrid, to Hamid.
            let id = try await host.assignedCase()
            try await eventually("three mails wait") { try await host.mailJobs().count == 3 }
            try await host.act("exclusions", on: id, by: "ingrid", #"{"people":["hamid"],"names":""}"#)
            let sent = try await host.takenMails(waitingFor: 4)
            expect(sent, of: id, to: ["ingrid"], but: "hamid")
            #expect(sent.contains { $0.to.hasPrefix("kari") && $0.link.url.contains("/deviations/mine/\(id)") })
            try await expectSilent(host, dropped: 1)
        }
    }

    @Test(arguments: Engine.all)
    func `so is one to somebody who said that they are partial`(_ engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await eventually("three mails wait") { try await host.mailJobs().count == 3 }
            try await host.act("recusal", on: id, by: "hamid", #"{"reason":"Min søster"}"#)
            expect(try await host.takenMails(waitingFor: 4), of: id, to: ["ingrid"], but: "hamid")
            try await expectSilent(host, dropped: 1)
        }
    }

    @Test func `so is one to somebody whose role has ended`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            try await eventually("two mails wait") { try await host.mailJobs().count == 2 }
            let now = host.clock.now
            for grant in host.base.directory.chart.grants(of: "ingrid", at: now) {
                try await host.grant(grant.role, to: "ingrid", at: grant.unit, from: grant.from, to: now)
            }
            expect(try await host.takenMails(waitingFor: 2), of: id, to: [], but: "ingrid")
        }
    }

    @Test func `a measure's owner whom the case is kept from gets no mail of it`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await host.act("cause", on: id, by: "hamid", #"{"whatHappened":"a","why":"b"}"#)
            try await host.act(
                "measures", on: id, by: "hamid",
                #"{"action":"Ny rutine","cause":"b","owner":"dagny","dueOn":"2026-12-10"}"#)
            try await eventually("four mails wait") { try await host.mailJobs().count == 4 }
            try await host.act("exclusions", on: id, by: "ingrid", #"{"people":["dagny"],"names":""}"#)
            let sent = try await host.takenMails(waitingFor: 4)
            #expect(sent.allSatisfy { !$0.to.hasPrefix("dagny") })
            #expect(sent.contains { $0.to.hasPrefix("hamid") })
        }
    }
}
