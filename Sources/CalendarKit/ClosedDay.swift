public import EventKit

/// A day on which the institution is closed beside weekends and holidays: every year's 24 December, or one date.
public enum ClosedDay: Sendable, Hashable {
    case everyYear(month: Int, day: Int)
    case once(CivilDate)

    /// Reads `12-24` (every year) or `2026-05-15` (once), as written in the settings; nil for anything else.
    public init?(_ text: some StringProtocol) {
        if let date = CivilDate(text) {
            self = .once(date)
        } else if let date = CivilDate("2000-\(text)") {  // a leap year, so that 02-29 is a day
            self = .everyYear(month: date.month, day: date.day)
        } else {
            return nil
        }
    }
}
