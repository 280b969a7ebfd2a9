public import EventKit

/// Which days are working days: Monday to Friday, but for statutory holidays and the institution's closed days.
public struct WorkingDays: Sendable, Hashable {
    public let closedDays: Set<ClosedDay>
    /// The same, in the form in which a list of fifty deadlines asks a thousand times: month × 100 + day, and days
    /// since 1970.
    private let closedEveryYear: [Int]
    private let closedOnce: [Int64]

    public init(closedDays: Set<ClosedDay> = []) {
        self.closedDays = closedDays
        closedEveryYear = closedDays.compactMap {
            if case .everyYear(let month, let day) = $0 { month * 100 + day } else { nil }
        }.sorted()
        closedOnce = closedDays.compactMap { if case .once(let date) = $0 { date.daysSince1970 } else { nil } }.sorted()
    }

    /// True when people are at work on `date`.
    public func isWorkingDay(_ date: CivilDate) -> Bool {
        date.weekday <= 5 && Holiday(on: date) == nil && !isClosed(date)
    }

    /// `date` itself if it is a working day, else the first one after it.
    public func nextWorkingDay(onOrAfter date: CivilDate) -> CivilDate {
        // Bounded: a configuration that closes every day of the year must not hang a request.
        for offset in 0...366 where isWorkingDay(date.adding(days: offset)) { return date.adding(days: offset) }
        return date
    }

    /// How many working days lie after `start`, up to and with `end`; negative when `end` is the earlier one.
    ///
    /// From Friday to the Monday after it is 1, from Saturday as well; what was due on Friday is on Monday −1 away.
    public func workingDays(from start: CivilDate, to end: CivilDate) -> Int {
        guard start <= end else { return -workingDays(from: end, to: start) }
        var count = 0
        var date = start
        while date < end {
            date = date.adding(days: 1)
            if isWorkingDay(date) { count += 1 }
        }
        return count
    }

    /// The last day to answer what was received at `moment`: that day in Oslo plus `calendarDays`, moved on to the next
    /// working day when it is none.
    public func dueDate(receivedAt moment: Timestamp, calendarDays: Int) -> CivilDate {
        nextWorkingDay(onOrAfter: Oslo.date(at: moment).adding(days: calendarDays))
    }

    private func isClosed(_ date: CivilDate) -> Bool {
        closedEveryYear.contains(date.month * 100 + date.day)
            || (!closedOnce.isEmpty && closedOnce.contains(date.daysSince1970))
    }
}
