public import EventKit

/// Files were added to the case. How many, what they are, and for whom, is not said.
public struct DeviationFilesAdded: EventPayload, Hashable {
    public static let type = "deviations.files-added.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}
