import CalendarKit
import DeviationsContract
import DeviationsCore
import EventKit
import Logging
import ModuleKit
import ServiceLifecycle
import Storage

/// Watches the clocks: announces each deadline that is near or has passed, once.
///
/// Runs on every host at once: a row in `deviations_reminder` decides whose reminder it is.
struct Reminders: Service {
    let acts: DeviationActs
    let clock: Clock
    let logger: Logger
    let plan: ReminderPlan
    /// Calendar days after which the owner of a measure is asked whether it has worked.
    let effectDays: Int
    /// Calendar days after which the reporter of a closed case is asked how it went.
    var feedbackDays = 28

    /// Looks every ten minutes, first at the start.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                do {
                    try await moveDueDates(at: clock.now)
                    try await remind(at: clock.now)
                } catch {
                    logger.error(
                        "deadlines could not be looked at; the next round makes up for it",
                        metadata: ["error": "\(type(of: error))"])
                }
            } while (try? await Task.sleep(for: Self.untilNextRound(clock.now))) != nil
        }
    }

    private static func untilNextRound(_ now: Timestamp) -> Duration {
        .milliseconds(600_000 - now.milliseconds % 600_000)
    }

    /// Announces what is to be announced at `now`; nothing outside working hours.
    func remind(at now: Timestamp) async throws {
        guard plan.isWorkingTime(now) else { return }
        let due = try await Due(plan, effectDays, feedbackDays, at: now, in: acts.database)
        for open in due.cases { try await acts.database.write { try remind(open, at: now, in: $0) } }
        for open in due.measures { try await acts.database.write { try remind(open, at: now, in: $0) } }
        for open in due.central { try await acts.database.write { try remind(open, at: now, in: $0) } }
        for closed in due.closed {
            try await acts.database.write { tx in
                guard
                    try ReminderStore.mark(
                        closed.facts.id, clock: ReminderStore.feedback, step: closed.round, at: now, in: tx)
                else { return }
                try tx.append(
                    Event(FeedbackDue(deviation: closed.facts), subject: closed.facts.id, at: now))
            }
        }
        for (measure, facts) in due.effects {
            try await acts.database.write { tx in
                guard try ReminderStore.mark(measure, clock: Self.effect, step: 0, at: now, in: tx) else { return }
                try tx.append(Event(EffectDue(deviation: facts, measure: measure), subject: facts.id, at: now))
            }
        }
    }

    /// Notes everything that is due as sent, without a word to anybody: for cases that come with a past.
    func skip(at now: Timestamp) async throws {
        let due = try await Due(plan, effectDays, feedbackDays, at: now, in: acts.database)
        let today = Oslo.date(at: now)
        try await acts.database.write { tx in
            for open in due.cases {
                guard let step = plan.latest(for: open.clock.deadline, on: today) else { continue }
                _ = try ReminderStore.mark(open.facts.id, clock: open.clock.name, step: step, at: now, in: tx)
            }
            for open in due.measures {
                guard let step = plan.latest(for: open.dueOn, on: today) else { continue }
                _ = try ReminderStore.mark(open.id, clock: open.dueOn.description, step: step, at: now, in: tx)
            }
            for open in due.central {
                guard let step = plan.latest(for: open.dueOn, on: today) else { continue }
                _ = try ReminderStore.mark(open.id, clock: open.dueOn.description, step: step, at: now, in: tx)
            }
            for closed in due.closed {
                _ = try ReminderStore.mark(
                    closed.facts.id, clock: ReminderStore.feedback, step: closed.round, at: now, in: tx)
            }
            for (measure, _) in due.effects {
                _ = try ReminderStore.mark(measure, clock: Self.effect, step: 0, at: now, in: tx)
            }
        }
    }

    /// Moves the due dates that have come to lie on a closed day; those that have passed stay.
    func moveDueDates(at now: Timestamp) async throws {
        let today = Oslo.date(at: now)
        // Nearly always no day has been closed: then no case is read.
        let moving = try await acts.database.read { [plan] reader in
            let closed = try ReminderStore.dueDates(from: today, in: reader)
                .filter { MoveDueDate.isNeeded(dueOn: $0, today: today, plan.workingDays) }
            return closed.isEmpty ? [] : try ReminderStore.cases(dueOn: closed, today: today, in: reader)
        }
        var moved = 0
        for id in moving {
            do {
                _ = try await acts.perform(
                    MoveDueDate(workingDays: plan.workingDays), on: id, by: TimelineEntry.system, at: now)
                moved += 1
            } catch is DeviationError {
                // Another host was first, or the case has ended.
            } catch DeviationStoreError.notFound {
                // Its content has gone meanwhile.
            }
        }
        if moved > 0 {
            logger.info("due dates moved because days were closed", metadata: ["cases": "\(moved)"])
        }
    }

    private static let effect = "effect"

    /// The case as it stands now decides: it may have been answered since it was found.
    private func remind(_ found: ReminderStore.OpenCase, at now: Timestamp, in tx: Transaction) throws {
        guard let open = try ReminderStore.lockedCase(found.facts.id, in: tx),
            let step = plan.latest(for: open.clock.deadline, on: Oslo.date(at: now)),
            open.sent.map({ $0 < step }) ?? true,
            try ReminderStore.mark(open.facts.id, clock: open.clock.name, step: step, at: now, in: tx)
        else { return }
        let deadline = open.clock.deadline
        if step <= 0 {
            let near = DeadlineNear(deviation: open.facts, deadline: deadline, workingDays: -step)
            try tx.append(Event(near, subject: open.facts.id, at: now))
        } else {
            let overdue = DeviationOverdue(
                deviation: open.facts, deadline: deadline, workingDays: step, level: plan.level(of: step).rawValue)
            try tx.append(Event(overdue, subject: open.facts.id, at: now))
        }
    }

    private func remind(_ open: ReminderStore.OpenMeasure, at now: Timestamp, in tx: Transaction) throws {
        guard let step = plan.latest(for: open.dueOn, on: Oslo.date(at: now)),
            try ReminderStore.mark(open.id, clock: open.dueOn.description, step: step, at: now, in: tx)
        else { return }
        let due = MeasureDue(
            deviation: open.facts, measure: open.id, measureDueOn: open.dueOn, workingDays: step)
        try tx.append(Event(due, subject: open.facts.id, at: now))
    }

    private func remind(_ open: ReminderStore.OpenCentralMeasure, at now: Timestamp, in tx: Transaction) throws {
        guard let step = plan.latest(for: open.dueOn, on: Oslo.date(at: now)),
            try ReminderStore.mark(open.id, clock: open.dueOn.description, step: step, at: now, in: tx)
        else { return }
        let due = CentralMeasureDue(measure: open.id, unit: open.unit, measureDueOn: open.dueOn, workingDays: step)
        try tx.append(Event(due, subject: open.id, at: now))
    }
}

/// Everything of which somebody is to be reminded now.
private struct Due: Sendable {
    let cases: [ReminderStore.OpenCase]
    let measures: [ReminderStore.OpenMeasure]
    let central: [ReminderStore.OpenCentralMeasure]
    let effects: [(measure: String, DeviationFacts)]
    let closed: [ReminderStore.ClosedCase]

    init(_ plan: ReminderPlan, _ effectDays: Int, _ feedbackDays: Int, at now: Timestamp, in database: Database)
        async throws
    {
        let today = Oslo.date(at: now)
        let horizon = plan.horizon(on: today)
        let doneBefore = now.adding(seconds: Int64(-effectDays) * 86_400)
        func isNew(_ deadline: CivilDate, _ sent: Int?) -> Bool {
            // Asked first: a case may lie for years after its last reminder.
            if let sent, sent >= plan.last { return false }
            guard let step = plan.latest(for: deadline, on: today) else { return false }
            return sent.map { $0 < step } ?? true
        }
        let (cases, measures, central, effects, closed) = try await database.read { reader in
            (
                try ReminderStore.cases(until: horizon, in: reader),
                try ReminderStore.measures(until: horizon, in: reader),
                try ReminderStore.centralMeasures(until: horizon, in: reader),
                try ReminderStore.unchecked(doneBefore: doneBefore, in: reader),
                try ReminderStore.closed(before: now.adding(seconds: Int64(-feedbackDays) * 86_400), in: reader)
            )
        }
        self.cases = cases.filter { isNew($0.clock.deadline, $0.sent) }
        self.measures = measures.filter { isNew($0.dueOn, $0.sent) }
        self.central = central.filter { isNew($0.dueOn, $0.sent) }
        self.effects = effects
        self.closed = closed
    }
}
