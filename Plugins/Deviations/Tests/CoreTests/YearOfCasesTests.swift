import CalendarKit
import DeviationsCore
import EventKit
import Testing

/// A year of ten thousand cases, hour by hour, over both nights on which clocks change.
@Suite struct YearOfCasesTests {
    /// A case and what has been done about it.
    private struct Case {
        let dueOn: CivilDate
        /// When somebody answers, if ever.
        let answeredAt: Timestamp?
        /// When somebody sends a preliminary reply, and until when.
        let preliminary: (at: Timestamp, until: CivilDate)?
        var sent: [String: [Int]] = [:]

        func isAnswered(at now: Timestamp) -> Bool { answeredAt.map { $0 <= now } ?? false }

        /// Answered, or the last reminder of its last clock was sent.
        func isOver(at now: Timestamp, _ last: Int) -> Bool {
            let final = DeadlineClock(dueOn: dueOn, expectedOn: preliminary?.until)
            return isAnswered(at: now) || sent[final.name]?.last == last
        }

        func clock(at now: Timestamp) -> DeadlineClock {
            DeadlineClock(dueOn: dueOn, expectedOn: preliminary.flatMap { $0.at <= now ? $0.until : nil })
        }
    }

    @Test func `of ten thousand cases in a year none passes the limit without an answer, preliminary reply or alarm`()
        throws
    {
        let plan = ReminderPlan(
            workingDays: WorkingDays(closedDays: [.everyYear(month: 12, day: 24), .everyYear(month: 12, day: 31)]))
        var random = Random(seed: 2026)
        let start = try #require(Timestamp("2026-01-01T00:00:00Z"))
        var cases = (0..<10_000).map { _ in Self.draw(&random, start, plan.workingDays) }
        var hour = start
        var live: [Int] = []
        var looked = start
        var sentAt: [LocalTime] = []
        // Some weeks more, so that the last case's clock runs out as well.
        while hour < start.adding(seconds: 430 * 86_400) {
            if hour >= looked {
                // Most have long been answered, or are far from their deadline: looked through once a week.
                looked = hour.adding(seconds: 7 * 86_400)
                let horizon = plan.horizon(on: Oslo.date(at: looked))
                live = cases.indices.filter { cases[$0].dueOn <= horizon && !cases[$0].isOver(at: hour, plan.last) }
            }
            if plan.isWorkingTime(hour) {
                let today = Oslo.date(at: hour)
                let horizon = plan.horizon(on: today)
                for index in live where !cases[index].isAnswered(at: hour) {
                    let clock = cases[index].clock(at: hour)
                    guard clock.deadline <= horizon, cases[index].sent[clock.name]?.last != plan.last,
                        let step = plan.latest(for: clock.deadline, on: today),
                        cases[index].sent[clock.name]?.last.map({ $0 < step }) ?? true
                    else { continue }
                    cases[index].sent[clock.name, default: []].append(step)
                    sentAt.append(Oslo.local(at: hour))
                }
            }
            // Seldom, unequal looks: a night, an hour that comes twice and one that is skipped all lie between.
            hour = hour.adding(seconds: 3 * 3600 + 600)
        }
        #expect(cases.filter { !Self.isHeeded($0, plan.workingDays) }.isEmpty)
        #expect(cases.allSatisfy { $0.sent.values.allSatisfy { $0 == $0.sorted() && Set($0).count == $0.count } })
        #expect(sentAt.allSatisfy { (8..<17).contains($0.hour) && plan.workingDays.isWorkingDay($0.date) })
        #expect(sentAt.count > 10_000)
    }

    /// Each deadline that passed was met by an answer or a preliminary reply, or by an alarm, until noon of the working day
    /// after it.
    private static func isHeeded(_ one: Case, _ workingDays: WorkingDays) -> Bool {
        func isHeeded(_ clock: DeadlineClock, _ settled: Timestamp?...) -> Bool {
            let next = workingDays.nextWorkingDay(onOrAfter: clock.deadline.adding(days: 1))
            let noon = Oslo.moment(of: LocalTime(date: next, hour: 12, minute: 0))
            return settled.contains { $0.map { $0 <= noon } ?? false }
                || one.sent[clock.name]?.contains { $0 >= 1 } ?? false
        }
        let first = isHeeded(DeadlineClock(dueOn: one.dueOn, expectedOn: nil), one.answeredAt, one.preliminary?.at)
        guard let until = one.preliminary?.until else { return first }
        return first && isHeeded(DeadlineClock(dueOn: one.dueOn, expectedOn: until), one.answeredAt)
    }

    private static func draw(_ random: inout Random, _ start: Timestamp, _ workingDays: WorkingDays) -> Case {
        let received = start.adding(seconds: Int64.random(in: 0..<365 * 86_400, using: &random))
        let due = workingDays.dueDate(receivedAt: received, calendarDays: 28)
        let answer = Int64.random(in: 0..<80 * 86_400, using: &random)
        let neverAnswered = Int.random(in: 0..<10, using: &random) == 0
        let isPreliminary = Int.random(in: 0..<3, using: &random) == 0
        let told = received.adding(seconds: Int64.random(in: 20 * 86_400..<35 * 86_400, using: &random))
        let until = max(Oslo.date(at: told), due).adding(days: Int.random(in: 1...20, using: &random))
        let isAfterAnswer = !neverAnswered && told.milliseconds > received.milliseconds + answer * 1000
        return Case(
            dueOn: due, answeredAt: neverAnswered ? nil : received.adding(seconds: answer),
            preliminary: isPreliminary && !isAfterAnswer ? (told, until) : nil)
    }
}
