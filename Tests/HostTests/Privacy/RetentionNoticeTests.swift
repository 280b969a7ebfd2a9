import CalendarKit
import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault

@testable import DeviationsModule

/// Before what somebody has written is deleted, they are told, and may still take it along.
@Suite(.timeLimit(.minutes(5))) struct RetentionNoticeTests {
    /// Looks for what is due, as the service does.
    private func look(_ host: HostHarness) async throws {
        let services = HostServices(
            database: host.base.database, vault: host.base.vault, directory: host.base.directory,
            clock: host.clock.clock, workingDays: WorkingDays(), logger: host.base.logger,
            notices: PostedNotices().post)
        let cases = CaseVault(host.base.vault, database: host.base.database)
        try await Retention(host: services, cases: cases, months: 12, warningDays: 30).look()
    }

    @Test(arguments: Way.allCases)
    func `who is warned keeps the case as long again, with a reason that stays in its history`(way: Way) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (id, other) = (try await host.closedCase(), try await host.closedCase())
            host.clock.advance(seconds: 345 * 86_400)
            try await look(host)
            let empty = try await host.send("keeping", on: id, by: "dagny", way, ["reason": ""])
            #expect(empty.status == .unprocessableContent)
            #expect(way == .page ? empty.text.contains("href=\"#keeping-reason\"") : empty.wrongFields == ["reason"])
            let kept = try await host.send("keeping", on: id, by: "dagny", way, ["reason": "Arkivet venter på den"])
            #expect(kept.isTaken, "\(kept.text)")
            let page = try await host.seen(id, by: "dagny", .page).text
            #expect(page.contains("Arkivet venter på den") && page.contains("lenger"))
            let told = try await host.seen(id, by: "dagny", .api).text
            #expect(told.contains("Arkivet venter på den") && told.contains("\"kept\""))
            // When its day comes the other one goes alone.
            host.clock.advance(seconds: 40 * 86_400)
            try await look(host)
            #expect(try await host.seen(id, by: "dagny", way).text.contains("Fristen gikk ut"))
            #expect(try await host.seen(other, by: "dagny", way).status == .notFound)
        }
    }

    @Test
    func `the reporter is told of the deletion beside those who may keep the case, and it says nothing of the case`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.closedCase()
            host.clock.advance(seconds: 345 * 86_400)
            try await look(host)
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
