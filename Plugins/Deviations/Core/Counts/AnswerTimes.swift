public import EventKit

/// How long cases took from their receipt to their end, and whether that was in time.
public struct AnswerTimes: Sendable, Hashable {
    /// Ended by the due date.
    public private(set) var inTime = 0
    /// Ended after it, by the day that a preliminary reply had named.
    public private(set) var asExpected = 0
    /// Ended after both.
    public private(set) var late = 0
    private var days: [Int] = []

    public init() {}

    public mutating func add(receivedOn: CivilDate, endedOn: CivilDate, dueOn: CivilDate, expectedOn: CivilDate?) {
        if endedOn <= dueOn {
            inTime += 1
        } else if let expectedOn, endedOn <= expectedOn {
            asExpected += 1
        } else {
            late += 1
        }
        days.append(Int(endedOn.daysSince1970 - receivedOn.daysSince1970))
    }

    public var answered: Int { days.count }

    /// Half of them took no longer; nil of none.
    public var medianDays: Int? { days.isEmpty ? nil : days.sorted()[(days.count - 1) / 2] }

    public var longestDays: Int? { days.max() }
}
