public import CalendarKit
public import EventKit

/// When somebody is reminded of a deadline, and how far up it goes once it has passed.
///
/// A reminder is named by its place on the way: working days from the deadline, below 0 before it.
public struct ReminderPlan: Sendable, Hashable {
    /// Who is told from here on, those further down included.
    public enum Level: Int, Sendable, Hashable, Comparable {
        /// The case handler; the intake officer while there is none.
        case handler
        /// The intake officer as well.
        case intakeOfficer
        case lineManager
        /// The next manager above.
        case managerAbove
        case centralReception

        public static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
    }

    /// Reminders are sent from this hour of a working day on, so that nobody is woken.
    static let begins = 8
    /// What could not be sent before this hour waits for the next working day.
    static let ends = 17

    /// Working days before the deadline.
    public var warnings: [Int]
    /// Working days past the deadline at which the line manager, the manager above and the central reception are told.
    public var ladder: [Level: Int]
    public var workingDays: WorkingDays

    public init(
        warnings: [Int] = [5, 1], lineManagerAfter: Int = 1, managerAboveAfter: Int = 5, receptionAfter: Int = 10,
        workingDays: WorkingDays = WorkingDays()
    ) {
        self.warnings = warnings.filter { $0 > 0 }
        ladder = [
            .lineManager: lineManagerAfter, .managerAbove: managerAboveAfter, .centralReception: receptionAfter,
        ]
        self.workingDays = workingDays
    }

    /// True in the working hours of a working day in Norway.
    public func isWorkingTime(_ now: Timestamp) -> Bool {
        let local = Oslo.local(at: now)
        return (Self.begins..<Self.ends).contains(local.hour) && workingDays.isWorkingDay(local.date)
    }

    /// The latest reminder of `deadline` that has its time on or before `today`; nil while it is far off.
    ///
    /// Only the latest: after a time in which none could be sent, nobody gets them all at once.
    public func latest(for deadline: CivilDate, on today: CivilDate) -> Int? {
        guard today >= deadline else {
            let left = workingDays.workingDays(from: today, to: deadline)
            return warnings.filter { left <= $0 }.min().map { -$0 }
        }
        let past = workingDays.workingDays(from: deadline, to: today)
        return ([0, 1] + ladder.values).filter { $0 <= past }.max()
    }

    /// The last reminder there is: once it is sent, nothing more comes.
    public var last: Int { max(1, ladder.values.max() ?? 1) }

    /// How far up the reminder `step` goes.
    public func level(of step: Int) -> Level {
        if step < 0 { return .handler }
        return ladder.filter { $0.value <= step }.map(\.key).max() ?? .intakeOfficer
    }

    /// The last deadline of which somebody may have to be reminded on `today`.
    public func horizon(on today: CivilDate) -> CivilDate {
        let furthest = warnings.max() ?? 0
        var date = today
        // Bounded as `nextWorkingDay` is: a year that is closed throughout has no working days to count.
        while date < today.adding(days: 366), workingDays.workingDays(from: today, to: date.adding(days: 1)) <= furthest
        {
            date = date.adding(days: 1)
        }
        return date
    }
}
