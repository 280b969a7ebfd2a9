public import CalendarKit
public import DeviationsContract
public import EventKit

/// Moves the due date of an open case to the next working day, when the day has been declared closed since.
///
/// Never earlier, and never one that has passed: a breach stays a breach.
public struct MoveDueDate: Act {
    public var workingDays: WorkingDays

    public init(workingDays: WorkingDays) { self.workingDays = workingDays }

    /// Whether a case with this due date has to be moved on `today`.
    public static func isNeeded(dueOn: CivilDate, today: CivilDate, _ workingDays: WorkingDays) -> Bool {
        dueOn >= today && !workingDays.isWorkingDay(dueOn)
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DueDateMoved> {
        if !deviation.status.isOpen { throw .notPossible(deviation.status) }
        let isNeeded = Self.isNeeded(dueOn: deviation.dueOn, today: Oslo.date(at: now), workingDays)
        guard isNeeded else { throw .notPossible(deviation.status) }
        var changed = deviation
        changed.dueOn = workingDays.nextWorkingDay(onOrAfter: deviation.dueOn)
        return Change(
            changed, entry: TimelineEntry(.dueDateMoved, by: actor, at: now, date: changed.dueOn),
            event: DueDateMoved(deviation: changed.facts, fromDueOn: deviation.dueOn))
    }
}
