import CalendarKit
import DeviationsCore
import EventKit
import Testing

@Suite struct ReminderPlanTests {
    static let plan = ReminderPlan()

    @Test(arguments: [
        ("2026-12-17", nil), ("2026-12-18", -5), ("2026-12-22", -5), ("2026-12-23", -5), ("2026-12-24", -1),
        ("2026-12-28", 0), ("2026-12-29", 1), ("2027-01-04", 1), ("2027-01-05", 5), ("2027-01-12", 10),
        ("2027-06-01", 10),
    ])
    func `each working day has its reminder, the latest that has come`(day: String, step: Int?) throws {
        let due = try #require(CivilDate("2026-12-28"))
        #expect(Self.plan.latest(for: due, on: try #require(CivilDate(day))) == step)
    }

    @Test(arguments: [
        ("2026-12-18T06:59:59Z", false), ("2026-12-18T07:00:00Z", true), ("2026-12-18T15:59:59Z", true),
        ("2026-12-18T16:00:00Z", false), ("2026-12-19T10:00:00Z", false), ("2026-12-25T10:00:00Z", false),
        ("2026-07-01T05:59:59Z", false), ("2026-07-01T06:00:00Z", true),
    ])
    func `reminders go out in working hours as clocks in Norway show them`(moment: String, isTime: Bool) throws {
        #expect(Self.plan.isWorkingTime(try #require(Timestamp(moment))) == isTime)
    }

    @Test(arguments: [
        (-5, ReminderPlan.Level.handler), (-1, .handler), (0, .intakeOfficer), (1, .lineManager), (5, .managerAbove),
        (10, .centralReception),
    ])
    func `the ladder goes up`(step: Int, level: ReminderPlan.Level) {
        #expect(Self.plan.level(of: step) == level)
    }

    @Test func `what is overdue is told the next working day, also when the line manager is told later`() throws {
        let plan = ReminderPlan(lineManagerAfter: 3)
        let due = try #require(CivilDate("2026-11-27"))
        #expect(plan.latest(for: due, on: try #require(CivilDate("2026-11-30"))) == 1)
        #expect(plan.level(of: 1) == .intakeOfficer && plan.level(of: 3) == .lineManager)
    }

    @Test(arguments: ["2026-12-18", "2026-12-23", "2026-04-01", "2026-05-13", "2026-11-27"])
    func `the horizon is the last deadline that can have a reminder`(day: String) throws {
        let today = try #require(CivilDate(day))
        let horizon = Self.plan.horizon(on: today)
        #expect(Self.plan.latest(for: horizon, on: today) != nil)
        #expect(Self.plan.latest(for: horizon.adding(days: 1), on: today) == nil)
    }

    @Test func `a preliminary reply starts a clock of its own, one that is sooner than the limit does not`() throws {
        let due = try #require(CivilDate("2026-12-28"))
        let later = try #require(CivilDate("2027-01-20"))
        #expect(DeadlineClock(dueOn: due, expectedOn: nil).name == "limit")
        #expect(DeadlineClock(dueOn: due, expectedOn: due.adding(days: -3)).deadline == due)
        let second = DeadlineClock(dueOn: due, expectedOn: later)
        #expect(second.deadline == later && second.name == "2027-01-20")
    }

    @Test func `a day closed later moves an open due date, not a past one`() throws {
        let deviation = try Sample.receivedDeviation()
        let closed = WorkingDays(closedDays: [.once(deviation.dueOn)])
        let moved = try deviation.after(MoveDueDate(workingDays: closed), by: TimelineEntry.system)
        #expect(moved.dueOn.description == "2026-12-29")
        expectRefused(MoveDueDate(workingDays: WorkingDays()), on: deviation, .notPossible(.received))
        let afterwards = Oslo.startOfDay(deviation.dueOn.adding(days: 1))
        #expect(throws: DeviationError.notPossible(.received)) {
            try deviation.after(MoveDueDate(workingDays: closed), at: afterwards)
        }
        expectRefused(MoveDueDate(workingDays: closed), on: try Sample.closed(), .notPossible(.closed))
    }
}
