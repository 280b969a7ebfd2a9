import CalendarKit
import DeviationsCore
import EventKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// Scenario 8.
@Suite struct DeadlineScenarioTests {
    @Test(arguments: Engine.all)
    func
        `received Fri 2026-11-27: day 28 is 25 Dec, due Mon 2026-12-28. No reminder goes out on 25–27 Dec`(
            engine: Engine
        ) async throws
    {
        try await withCases(engine) { cases in
            let stored = try await cases.acts.receive(Sample.report(), from: "kari", at: Sample.now)
            #expect(stored.deviation.dueOn.description == "2026-12-28")
            var sent: [String] = []
            // Every ten minutes from Wednesday to Tuesday, as the service looks.
            let reminders = cases.reminders()
            var now = Oslo.startOfDay(try #require(CivilDate("2026-12-23")))
            while now < Oslo.startOfDay(try #require(CivilDate("2026-12-30"))) {
                let before = try await cases.sentReminders()
                try await reminders.remind(at: now)
                if try await cases.sentReminders() > before { sent.append(Oslo.date(at: now).description) }
                now = now.adding(seconds: 3600)
            }
            #expect(sent == ["2026-12-23", "2026-12-24", "2026-12-28", "2026-12-29"])
        }
    }

    @Test(arguments: Engine.all)
    func `a closed day added later moves open due dates, not past breaches, and is logged`(engine: Engine)
        async throws
    {
        try await withCases(engine) { cases in
            let open = try await cases.acts.receive(Sample.report(), from: "kari", at: Sample.now).deviation.id
            let past = try await cases.acts.receive(
                Sample.report(), from: "kari", at: Sample.now.adding(seconds: -30 * 86_400)
            ).deviation.id
            let breach = try #require(try await cases.load(past)).deviation.dueOn
            let closed: Set<ClosedDay> = [.once(try #require(CivilDate("2026-12-28"))), .once(breach)]
            let today = try morning("2026-12-07")
            try #require(breach < Oslo.date(at: today))
            for _ in 1...2 { try await cases.reminders(closed: closed).moveDueDates(at: today) }

            let moved = try #require(try await cases.load(open))
            #expect(moved.deviation.dueOn.description == "2026-12-29")
            #expect(try await cases.load(past)?.deviation.dueOn == breach)
            let entries = try await cases.timeline(of: moved, forReporter: true)
            #expect(entries.map(\.kind) == [.received, .dueDateMoved])
            #expect(entries.last?.date == moved.deviation.dueOn && entries.last?.author == TimelineEntry.system)
            // The list by deadline goes by the new one.
            let page = try await cases.list(scope: Scope(all: true, person: "unni"))
            #expect(page.rows.first { $0.id == open }?.dueOn == moved.deviation.dueOn)
        }
    }
}

extension Bed {
    func sentReminders() async throws -> Int {
        try await database.read { try $0.first("SELECT COUNT(*) FROM deviations_reminder") { $0.int(0) } ?? 0 }
    }
}
