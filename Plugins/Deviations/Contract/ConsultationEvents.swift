public import EventKit

/// Named people were asked for their view. Who they are is not said.
public struct ConsultationOpened: EventPayload, Hashable {
    public static let type = "deviations.consultation-opened.v1"
    public var deviation: DeviationFacts
    public var consultation: String
    /// The last day to answer.
    public var deadline: CivilDate

    public init(deviation: DeviationFacts, consultation: String, deadline: CivilDate) {
        self.deviation = deviation
        self.consultation = consultation
        self.deadline = deadline
    }
}

/// Somebody who was asked has answered.
public struct ConsultationAnswered: EventPayload, Hashable {
    public static let type = "deviations.consultation-answered.v1"
    public var deviation: DeviationFacts
    public var consultation: String

    public init(deviation: DeviationFacts, consultation: String) {
        self.deviation = deviation
        self.consultation = consultation
    }
}

/// Somebody who was asked is partial, and takes no part.
public struct ConsultationDeclined: EventPayload, Hashable {
    public static let type = "deviations.consultation-declined.v1"
    public var deviation: DeviationFacts
    public var consultation: String

    public init(deviation: DeviationFacts, consultation: String) {
        self.deviation = deviation
        self.consultation = consultation
    }
}
