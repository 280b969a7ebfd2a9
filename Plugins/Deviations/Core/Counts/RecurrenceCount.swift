public import EventKit

/// Whether cases recur (LMU mandate § 4): one does when an earlier case of the same category in the same unit was received within the
/// twelve months before it, or when it was opened again for the third time.
public enum CountRecurrence: String, Sendable, Hashable, CaseIterable {
    case recurring, first
}

/// Counts the recurring cases of a period by category.
///
/// The first ones of a period tell in how many units there are any, so a category is counted by recurrence only where a unit had an
/// earlier case before the period: else each number of first ones could be all the units there are, and tell that no unit has none.
public struct RecurrenceCount: Sendable {
    private struct Stream: Hashable {
        let category, unit: String
    }

    private let period: CountPeriod
    private var last: [Stream: CivilDate] = [:]
    private var counts: [String: (all: Int, recurring: Int, carried: Int)] = [:]

    public init(_ period: CountPeriod) { self.period = period }

    /// The day from which cases have to be added: those before the period are counted with none, but make others recur.
    public static func from(_ period: CountPeriod) -> CivilDate { yearBefore(period.from) }

    /// Adds a case; those that came before it have to be added before.
    public mutating func add(category: String, unit: String, on day: CivilDate, reopenings: Int) {
        let stream = Stream(category: category, unit: unit)
        let earlier = last.updateValue(day, forKey: stream)
        guard day >= period.from else { return }
        let isRecurring = reopenings >= 3 || earlier.map { $0 >= Self.yearBefore(day) } ?? false
        let isFirstHere = earlier.map { $0 < period.from } ?? true
        var count = counts[category] ?? (0, 0, 0)
        count.all += 1
        if isRecurring { count.recurring += 1 }
        if isRecurring, isFirstHere { count.carried += 1 }
        counts[category] = count
    }

    /// By category and recurrence; what is not counted by recurrence stands with the others.
    public var cells: [CountTable.Place: Int] {
        var cells: [CountTable.Place: Int] = [:]
        for (category, count) in counts {
            func put(_ column: String, _ number: Int) {
                if number > 0 { cells[CountTable.Place(row: category, column: column)] = number }
            }
            guard count.carried > 0 else {
                put(CountTable.others, count.all)
                continue
            }
            put(CountRecurrence.recurring.rawValue, count.recurring)
            put(CountRecurrence.first.rawValue, count.all - count.recurring)
        }
        return cells
    }

    /// The same day of the year before; 29 February becomes the 28th.
    private static func yearBefore(_ day: CivilDate) -> CivilDate {
        CivilDate(year: day.year - 1, month: day.month, day: day.day)
            ?? CivilDate(year: day.year - 1, month: day.month, day: 28) ?? day
    }
}
