public import EventKit

/// A passage of the case, or a file, was hidden.
public struct PassageMasked: EventPayload, Hashable {
    public static let type = "deviations.masked.v1"
    public var deviation: DeviationFacts
    public var mask: String

    public init(deviation: DeviationFacts, mask: String) {
        self.deviation = deviation
        self.mask = mask
    }
}

/// Somebody looked at what is hidden.
public struct PassageUnmasked: EventPayload, Hashable {
    public static let type = "deviations.unmasked.v1"
    public var deviation: DeviationFacts
    public var mask: String

    public init(deviation: DeviationFacts, mask: String) {
        self.deviation = deviation
        self.mask = mask
    }
}
