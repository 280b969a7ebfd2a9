import CalendarKit
import EventKit
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault

@testable import DeviationsModule

/// Before what somebody has written is deleted, they are told, and may still take it along.
@Suite(.timeLimit(.minutes(5))) struct RetentionNoticeTests {
    @Test
    func `the reporter is told of the deletion beside those who may keep the case, and it says nothing of the case`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await host.act("cause", on: id, by: "hamid", #"{"whatHappened":"a","why":"b"}"#)
            try await host.act("closing", on: id, by: "hamid", #"{"outcome":"Ferdig"}"#)
            host.clock.advance(seconds: 345 * 86_400)
            let services = HostServices(
                database: host.base.database, vault: host.base.vault, directory: host.base.directory,
                clock: host.clock.clock, workingDays: WorkingDays(), logger: host.base.logger,
                notices: PostedNotices().post)
            let cases = CaseVault(host.base.vault, database: host.base.database)
            try await Retention(host: services, cases: cases, months: 12, warningDays: 30).look()
            try await eventually("all are told") {
                let jobs = try await host.base.database.read {
                    try $0.query("SELECT payload FROM bus_job WHERE payload LIKE '%\"retention%'") { $0.text(0) }
                }
                return jobs.contains { $0.contains("\"retention-own\"") && $0.contains("\"kari\"") }
                    && jobs.contains { $0.contains("\"retention\"") && $0.contains("\"dagny\"") }
            }
            let module = try host.base.make(Deviations.self, clock: host.clock.clock)
            let notice = Notice(
                to: "kari", template: "retention-own", path: "/deviations/mine/\(id)",
                facts: ["number": "2026-000001", "date": "2027-11-27"], required: false)
            for language in Language.allCases {
                let mail = try #require(module.mail(for: notice, language: language))
                #expect(mail.subject.contains("2026-000001") && !mail.paragraphs.joined().contains("Sensuren"))
            }
        }
    }
}
