public import EventKit

/// One of the clocks that a case goes by: the limit from its receipt, or the date a preliminary reply has set.
public struct DeadlineClock: Sendable, Hashable {
    /// The same as long as it is the same clock, also when a closed day moves its deadline.
    public let name: String
    public let deadline: CivilDate

    /// The clock that counts now: the later of the two.
    public init(dueOn: CivilDate, expectedOn: CivilDate?) {
        if let expectedOn, expectedOn > dueOn {
            (name, deadline) = (expectedOn.description, expectedOn)
        } else {
            (name, deadline) = ("limit", dueOn)
        }
    }
}
