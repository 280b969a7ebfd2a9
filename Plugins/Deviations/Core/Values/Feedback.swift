/// What the reporter says of an ended case: whether it solved what was reported.
public enum Feedback: String, Sendable, Hashable, CaseIterable {
    case solved, partly, unsolved

    var kind: TimelineEntry.Kind {
        switch self {
        case .solved: .feedbackSolved
        case .partly: .feedbackPartly
        case .unsolved: .feedbackUnsolved
        }
    }
}
