import CalendarKit
import DeviationsContract
import DeviationsCore
import EventKit
import Logging
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

@Suite struct RemindersTests {
    @Test(arguments: Engine.all)
    func `each reminder is announced once, also when several hosts look at the same time`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            let id = try await cases.acts.receive(Sample.report(), from: "kari", at: Sample.now).deviation.id
            let reminders = cases.reminders()
            for day in ["2026-12-17", "2026-12-18", "2026-12-21", "2026-12-24", "2026-12-28", "2026-12-29"] {
                let now = try morning(day)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 { group.addTask { try await reminders.remind(at: now) } }
                    try await group.waitForAll()
                }
            }
            let announced = try await cases.reminded(5)
            #expect(announced.allSatisfy { $0.subject == id })
            #expect(
                announced.map(\.type) == [
                    "deviations.deadline-near.v1", "deviations.deadline-near.v1", "deviations.deadline-near.v1",
                    "deviations.overdue.v1",
                ])
        }
    }

    @Test(arguments: Engine.all)
    func `after a time without a host only the latest reminder comes`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            _ = try await cases.acts.receive(Sample.report(), from: "kari", at: Sample.now)
            try await cases.reminders().remind(at: try morning("2027-01-29"))
            try await cases.reminders().remind(at: try morning("2027-02-01"))
            let announced = try await cases.reminded(2)
            #expect(announced.map(\.type) == ["deviations.overdue.v1"])
            #expect(announced.first?.data.contains(#""level":4"#) == true)
        }
    }

    @Test(arguments: Engine.all)
    func `an answered case is not reminded of, and a preliminary reply starts its own warnings`(engine: Engine)
        async throws
    {
        try await withCases(engine) { cases in
            let one = try await cases.acts.receive(Sample.report(), from: "kari", at: Sample.now).deviation.id
            let other = try await cases.acts.receive(Sample.report(), from: "kari", at: Sample.now).deviation.id
            _ = try await cases.acts.perform(
                AnswerTriage(answers: Sample.answers), RejectReport(reason: "Gjelder bolig"), on: one, by: "ingrid",
                at: Sample.now)
            _ = try await cases.acts.perform(
                SendPreliminaryReply(cause: "Venter på svar", expectedOn: "2027-01-20"), on: other, by: "ingrid",
                at: Sample.now)
            for day in ["2026-12-18", "2026-12-28", "2026-12-30", "2027-01-13", "2027-01-19", "2027-01-21"] {
                try await cases.reminders().remind(at: try morning(day))
            }
            let announced = try await cases.reminded(8)
            #expect(announced.allSatisfy { $0.subject == other })
            #expect(announced.map { $0.data.contains(#""deadline":"2027-01-20""#) } == [true, true, true])
        }
    }

    @Test(arguments: Engine.all)
    func `nothing goes out at night, on weekends and on closed days`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            _ = try await cases.acts.receive(Sample.report(), from: "kari", at: Sample.now)
            let reminders = cases.reminders(closed: [.everyYear(month: 12, day: 24)])
            let quiet = [
                "2026-12-24T10:00:00Z", "2026-12-25T10:00:00Z", "2026-12-26T10:00:00Z", "2026-12-23T22:00:00Z",
            ]
            for moment in quiet { try await reminders.remind(at: try #require(Timestamp(moment))) }
            #expect(try await cases.reminded(1) == [])
        }
    }

    @Test(arguments: Engine.all)
    func `measures are reminded of, and asked about when they have had time to work`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            let id = try await cases.caseWithMeasure()
            for day in ["2027-01-25", "2027-02-01", "2027-02-02"] {
                try await cases.reminders().remind(at: try morning(day))
            }
            _ = try await cases.acts.perform(
                CompleteMeasure(measure: "m1", effect: ""), on: id, by: "dagny", at: try morning("2027-02-03"))
            for day in ["2027-02-04", "2027-06-01", "2027-06-02"] {
                try await cases.reminders().remind(at: try morning(day))
            }
            let announced = try await cases.reminded(11).filter { $0.data.contains(#""measure":"m1""#) }
            let due = "deviations.measure-due.v1"
            #expect(announced.map(\.type).filter { $0.contains("due") } == [due, due, due, "deviations.effect-due.v1"])
        }
    }

    @Test(arguments: Engine.all)
    func `a measure without a case is reminded of as one of a case is, until it is done`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            for id in ["c1", "c2"] {
                let measure = Measure(
                    id: id, action: "Kurs", cause: "Ulik praksis", owner: "unni",
                    dueOn: try #require(CivilDate("2027-02-01")))
                try await cases.database.write {
                    try CentralMeasures.put(OwnMeasure(measure: measure, unit: "ntnu", isCentral: true), in: $0)
                }
            }
            try await cases.database.write {
                try CentralMeasures.take(.completion, on: "c2", "", at: Sample.now, in: $0)
            }
            for day in ["2027-01-22", "2027-01-25", "2027-01-26", "2027-02-01", "2027-02-02", "2027-02-03"] {
                try await cases.reminders().remind(at: try morning(day))
            }
            let announced = try await cases.reminded(3)
            #expect(announced.allSatisfy { $0.type == "deviations.central-measure-due.v1" && $0.subject == "c1" })
            #expect(
                [-5, 0, 1] == announced.compactMap { Int($0.data.firstMatch(of: /"workingDays":(-?\d+)/)?.1 ?? "") })
        }
    }

    @Test(arguments: Engine.all)
    func `what comes with a past is skipped without a word`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            _ = try await cases.acts.receive(Sample.report(), from: "kari", at: Sample.now)
            let late = try morning("2026-12-29")
            try await cases.reminders().skip(at: late)
            try await cases.reminders().remind(at: late)
            #expect(try await cases.reminded(1) == [])
        }
    }

    @Test func `looking for reminders reads by index`() async throws {
        try await withCases(.sqlite) { cases in
            let statements: [SQL] = [
                "SELECT uid FROM deviations_case WHERE urgency <= \(20_815) AND merged_into IS NULL ORDER BY urgency, id",
                "SELECT MAX(step) FROM deviations_reminder WHERE subject = \("c") AND clock = \("limit")",
                "SELECT uid FROM deviations_measure WHERE completed_at IS NULL AND due_on <= \("2027-01-01") ORDER BY due_on, id",
                """
                SELECT uid FROM deviations_measure WHERE completed_at IS NOT NULL AND effect IS NULL
                    AND completed_at < \(1) ORDER BY completed_at, id
                """,
            ]
            for statement in statements {
                let plan = try await cases.database.read { try $0.plan(of: statement) }
                #expect(plan.contains("SEARCH") && !plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "\(plan)")
            }
        }
    }
}

/// Nine o'clock in Norway.
func morning(_ day: String) throws -> Timestamp {
    Oslo.moment(of: LocalTime(date: try #require(CivilDate(day)), hour: 9, minute: 0))
}

extension Bed {
    func reminders(closed: Set<ClosedDay> = []) -> Reminders {
        let workingDays = WorkingDays(closedDays: closed)
        return Reminders(
            acts: DeviationActs(
                database: database, cases: cases, handlingTime: HandlingTime(workingDays: workingDays)),
            clock: Clock { Sample.now }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            plan: ReminderPlan(workingDays: workingDays), effectDays: 90)
    }

    /// A case that Hamid handles, with a measure of Dagny's due on 2027-02-01.
    func caseWithMeasure() async throws -> String {
        let id = try await acts.receive(Sample.report(), from: "kari", at: Sample.now).deviation.id
        _ = try await acts.perform(
            AnswerTriage(answers: Sample.answers), SendToHandler(handler: "hamid"), on: id, by: "ingrid", at: Sample.now
        )
        _ = try await acts.perform(
            RecordCause(whatHappened: "Ble syk", why: "Ingen reserve"), Sample.addMeasure, on: id, by: "hamid",
            at: Sample.now)
        return id
    }

    /// The announcements of the calendar, as soon as the log holds `count` events.
    func reminded(_ count: Int64) async throws -> [Event] {
        let log = EventLog(database: database, installation: "test")
        let everything = try #require(TopicPattern("*"))
        try await log.waitUntilHead(isAt: count)
        let events = try await log.read(after: 0, matching: [everything], limit: 500, maxBytes: 1 << 20).events
        return events.map(\.event).filter {
            $0.type.contains("deadline-near") || $0.type.contains("overdue") || $0.type.contains("due.v1")
        }
    }
}
