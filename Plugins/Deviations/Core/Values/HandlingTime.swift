public import CalendarKit
public import EventKit

/// How long handling may take (guideline, “Behandler”: within four weeks; forvaltningsloven § 11 a).
public struct HandlingTime: Sendable, Hashable {
    public var calendarDays: Int
    public var workingDays: WorkingDays

    public init(calendarDays: Int = 28, workingDays: WorkingDays = WorkingDays()) {
        self.calendarDays = calendarDays
        self.workingDays = workingDays
    }

    /// The last day to answer what was received at `moment`.
    public func dueDate(receivedAt moment: Timestamp) -> CivilDate {
        workingDays.dueDate(receivedAt: moment, calendarDays: calendarDays)
    }
}
