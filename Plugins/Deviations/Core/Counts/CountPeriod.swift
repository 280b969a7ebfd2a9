public import EventKit

/// A time for which reports are counted: some whole months of one year, as LMU meets six times in it.
///
/// Periods never overlap: two that did could be subtracted from each other.
public struct CountPeriod: Sendable, Hashable, Comparable {
    public let from: CivilDate
    /// The last day.
    public let to: CivilDate

    public init(from: CivilDate, to: CivilDate) { (self.from, self.to) = (from, to) }

    /// The period of `months` months, counted from January, that `day` lies in; it begins on `day` where `day` follows another period.
    public init(_ day: CivilDate, months: Int, follows: Bool) {
        let first = (day.month - 1) / months * months + 1
        let start = CivilDate(year: day.year, month: first, day: 1) ?? day
        let next = first + months
        let end = CivilDate(year: next > 12 ? day.year + 1 : day.year, month: next > 12 ? 1 : next, day: 1) ?? day
        self.init(from: follows ? day : start, to: end.adding(days: -1))
    }

    public static func < (a: CountPeriod, b: CountPeriod) -> Bool { a.from < b.from }
}

/// What is counted, each on its own.
public enum CountKind: String, Sendable, Hashable, CaseIterable {
    /// By category.
    case deviations
    /// Deviations in the HSE system that touch students, by part of the learning environment.
    case hse

    /// What it is counted by beside that.
    public var dimensions: [CountDimension] {
        self == .deviations ? CountDimension.allCases : [.faculty, .campus, .standing]
    }
}

/// What reports are counted by, beside their category. Each with the category is a table of its own; no two of them without it are,
/// so that nothing can be worked out from several.
public enum CountDimension: String, Sendable, Hashable, CaseIterable {
    case faculty, campus, environment
    /// How far the case had come when it was counted.
    case standing
    /// Whether it recurs: `RecurrenceCount`.
    case recurrence

    /// The codes there are whatever is counted. Of them none is told as well: that nothing recurs would tell that no unit has two.
    public var columns: [String] { self == .recurrence ? CountRecurrence.allCases.map(\.rawValue) : [] }
}

/// How far a case had come when it was counted; an HSE deviation is open or answered. A report that turned out to be something else is among those answered.
public enum CountStanding: String, Sendable, Hashable, CaseIterable {
    /// Not answered, and within its time.
    case open
    /// Not answered, and past it.
    case late
    case answered, withdrawn
}
