import CalendarKit
import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// How long an answer may take is said as it is set.
@Suite struct PeriodTests {
    @Test(arguments: [
        (28, "fire uker", "fire veker", "four weeks"), (7, "én uke", "éi veke", "one week"),
        (10, "ti dager", "ti dagar", "ten days"), (1, "én dag", "éin dag", "one day"),
        (84, "tolv uker", "tolv veker", "twelve weeks"),
        (91, "13 uker", "13 veker", "13 weeks"), (30, "30 dager", "30 dagar", "30 days"),
    ])
    func `days are said in weeks where that comes out even`(days: Int, nb: String, nn: String, en: String) {
        #expect(Language.allCases.map { Period.text(days: days, $0) } == [nb, nn, en])
    }

    @Test func `pages promise an answer within the time that is set`() async throws {
        try await HostHarness.with(
            modules: [Deviations.self], environment: ["TRIVSEL_DEVIATIONS_LIMIT_DAYS": "10"]
        ) { host in
            let visitor = host.visitor()
            let front = try await visitor.get("/").text
            #expect(front.contains("Du får svar innen ti dager.") && front.contains("Innen ti dager vet du"))
            #expect(try await visitor.get("/accessibility").text.contains("Du får svar innen ti dager."))
            #expect(!front.contains("fire uker"))
        }
    }

    @Test(arguments: [
        ([:], "2026-12-28", "28. desember"),
        (["TRIVSEL_DEVIATIONS_LIMIT_DAYS": "10"], "2026-12-07", "7. desember"),
        (["TRIVSEL_CALENDAR_CLOSED_DAYS": "12-28"], "2026-12-29", "29. desember"),
    ])
    func `the due date follows the days and the closed days that are set, and the reporter reads it`(
        environment: [String: String], due: String, words: String
    ) async throws {
        try await HostHarness.with(modules: [Deviations.self], environment: environment) { host in
            let id = try await host.report()
            let kari = try await host.api("kari")
            #expect(try await kari.get("/api/v1/deviations/\(id)").text.contains("\"dueOn\":\"\(due)\""))
            #expect(try await host.browser("kari").get("/deviations/mine/\(id)").text.contains(words))
        }
    }

    @Test(arguments: Engine.all)
    func `a closed day added later moves the due date that page and API show, and stands in the history`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.report()
            let closed: Set<ClosedDay> = [.once(try #require(CivilDate("2026-12-28")))]
            let services = HostServices(
                database: host.base.database, vault: host.base.vault, directory: host.base.directory,
                clock: host.clock.clock, workingDays: WorkingDays(closedDays: closed), logger: host.base.logger,
                notices: NoticePost { _, _, _ in })
            // The host as it is when it has been started again with the day in its settings.
            try await DeviationsModule(settings: host.base.settings.values, host: services).following.reminders
                .moveDueDates(at: host.clock.now)
            for person in ["kari", "ingrid"] {
                let read = try await host.api(person).get("/api/v1/deviations/\(id)").text
                #expect(read.contains("\"dueOn\":\"2026-12-29\"") && read.contains("due-date-moved"), "\(person)")
            }
            for (person, path) in [("kari", "/deviations/mine/\(id)"), ("ingrid", "/deviations/\(id)")] {
                let page = try await host.browser(person).get(path).text
                #expect(page.contains("29. desember") && page.contains("Fristen er flyttet fordi dagen ble stengt"))
            }
        }
    }

    @Test func `nobody is promised an answer, or sent to sign in, when there is nothing to report to`() async throws {
        try await HostHarness.with(modules: [Deviations.self, Whistleblowing.self], enabled: ["whistleblowing"]) {
            host in
            let visitor = host.visitor()
            let front = try await visitor.get("/").text
            #expect(!front.contains("Du får svar innen") && !front.contains("Logg inn for å melde fra"))
            #expect(!(try await visitor.get("/accessibility").text.contains("Du får svar innen")))
        }
    }
}
