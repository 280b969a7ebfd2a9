public import EventKit

/// A time that a case was handled, from its receipt or reopening to its end.
public struct Round: Sendable, Hashable {
    public var startedAt: Timestamp
    public var endedAt: Timestamp

    public init(startedAt: Timestamp, endedAt: Timestamp) { (self.startedAt, self.endedAt) = (startedAt, endedAt) }
}

extension Deviation {
    /// How many times it was opened again.
    public var reopenings: Int { rounds.count }

    /// What comes back for the third time counts as recurring.
    public var isRecurring: Bool { reopenings >= 3 }
}
