public import EventKit

/// The reporter has written more.
public struct ReporterAnswered: EventPayload, Hashable {
    public static let type = "deviations.reporter-answered.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}

/// The reporter has said how it went.
public struct FeedbackGiven: EventPayload, Hashable {
    public static let type = "deviations.feedback-given.v1"
    public var deviation: DeviationFacts
    /// `solved`, `partly` or `unsolved`.
    public var answer: String

    public init(deviation: DeviationFacts, answer: String) {
        self.deviation = deviation
        self.answer = answer
    }
}

/// It is time to ask the reporter how it went.
public struct FeedbackDue: EventPayload, Hashable {
    public static let type = "deviations.feedback-due.v1"
    public var deviation: DeviationFacts

    public init(deviation: DeviationFacts) { self.deviation = deviation }
}
