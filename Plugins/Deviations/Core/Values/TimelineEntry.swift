public import EventKit

/// One step in the history of a deviation. Never changed, never taken away.
public struct TimelineEntry: Sendable, Hashable {
    /// What was done; the code stands in the API.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case received, triaged, assigned, forwarded, rejected, noted, replied, answered, closed, withdrawn, continued
        case causeRecorded = "cause-recorded"
        case measureAdded = "measure-added"
        case measureMoved = "measure-moved"
        case measureCompleted = "measure-completed"
        case filesAdded = "files-added"
        case filesNoted = "files-noted"
        case preliminaryReplied = "preliminary-replied"
        case dueDateMoved = "due-date-moved"
        case effectChecked = "effect-checked"
        case summaryPublished = "summary-published"
        case recused, named, reopened, merged, separated, kept
        case reportsMerged = "reports-merged"
        case takenOver = "taken-over"
        case keptAway = "kept-away"
        case masked, unmasked
        case consulted
        case consultationAnswered = "consultation-answered"
        case consultationDeclined = "consultation-declined"
        case feedbackSolved = "feedback-solved"
        case feedbackPartly = "feedback-partly"
        case feedbackUnsolved = "feedback-unsolved"

        /// True for what only those who handle the case may read; the rest is shown to the reporter too.
        public var isPrivate: Bool {
            switch self {
            case .received, .assigned, .forwarded, .rejected, .replied, .answered, .preliminaryReplied, .closed,
                .withdrawn:
                false
            case .dueDateMoved, .summaryPublished: false
            case .reopened, .merged, .separated: false
            case .feedbackSolved, .feedbackPartly, .feedbackUnsolved: false
            case .effectChecked: true
            case .filesAdded: false
            case .filesNoted: true
            case .kept, .recused, .named, .reportsMerged, .takenOver, .keptAway, .masked, .unmasked: true
            case .consulted, .consultationAnswered, .consultationDeclined: true
            case .continued, .triaged, .noted, .causeRecorded, .measureAdded, .measureMoved, .measureCompleted: true
            }
        }
    }

    /// The author of what nobody does: the calendar.
    public static let system = "trivsel"

    public var kind: Kind
    /// Id of the person who did it, or ``system``.
    public var author: String
    public var at: Timestamp
    /// What the author wrote; empty for steps without words.
    public var text: String
    /// What the step points at: the handler's id, the code of the unit forwarded to, the measure's id.
    public var reference: String?
    /// The date the step sets: an expected answer, a measure's due date.
    public var date: CivilDate?

    public init(
        _ kind: Kind, by author: String, at: Timestamp, text: String = "", reference: String? = nil,
        date: CivilDate? = nil
    ) {
        self.kind = kind
        self.author = author
        self.at = at
        self.text = text
        self.reference = reference
        self.date = date
    }
}
