public import EventKit

/// A day that is no working day beside weekends and public holidays.
public enum ClosedDay: Sendable, Hashable {
    case everyYear(month: Int, day: Int)
    case once(CivilDate)

    /// Reads `12-24` or `2026-12-28`; nil for anything else or a day that does not exist.
    public init?(_ text: String) {
        if let date = CivilDate(text) {
            self = .once(date)
        } else if let date = CivilDate("2024-" + text) {  // a leap year: 02-29 is a day
            self = .everyYear(month: date.month, day: date.day)
        } else {
            return nil
        }
    }
}
