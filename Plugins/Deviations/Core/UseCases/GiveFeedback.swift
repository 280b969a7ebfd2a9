public import DeviationsContract
public import EventKit

/// Says, as its reporter, whether an ended case solved what was reported. It changes nothing of the case: who handles it decides whether it
/// is opened again.
public struct GiveFeedback: Act {
    /// A code of ``Feedback``.
    public var answer: String
    /// May be empty.
    public var text: String

    /// Longest text: some paragraphs.
    static let limit = 4000

    public init(answer: String, text: String) { (self.answer, self.text) = (answer, text) }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<FeedbackGiven> {
        if deviation.status.isOpen { throw .notPossible(deviation.status) }
        var input = InputCheck()
        let answer = input.code(self.answer, .answer, among: Feedback.init(rawValue:)) ?? .partly
        let text = input.textIfAny(self.text, .text, limit: Self.limit)
        try input.finish()
        return Change(
            deviation, entry: TimelineEntry(answer.kind, by: actor, at: now, text: text ?? ""),
            event: FeedbackGiven(deviation: deviation.facts, answer: answer.rawValue))
    }
}
