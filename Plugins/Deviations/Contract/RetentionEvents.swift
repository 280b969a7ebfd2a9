public import EventKit

/// What was written in an ended case is going to be removed, unless somebody says why it must be kept.
public struct RetentionNear: EventPayload, Hashable {
    public static let type = "deviations.retention-near.v1"
    public var deviation: DeviationFacts
    /// The first day on which it may be gone.
    public var removedOn: CivilDate

    public init(deviation: DeviationFacts, removedOn: CivilDate) {
        self.deviation = deviation
        self.removedOn = removedOn
    }
}

/// An ended case is kept longer.
public struct DeviationKept: EventPayload, Hashable {
    public static let type = "deviations.kept.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}

/// What was written in an ended case has been removed, as its time was over.
public struct ContentRemoved: EventPayload, Hashable {
    public static let type = "deviations.content-removed.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}
