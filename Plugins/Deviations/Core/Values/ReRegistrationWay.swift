/// How a report that is serious or censurable comes to whistleblowing.
public enum ReRegistrationWay: String, Sendable, Hashable, CaseIterable {
    /// The intake officer takes it there in one act.
    case oneStep = "one-step"
    /// The intake officer rejects it with a reason, and its reporter goes there, or not.
    case byReporter = "by-reporter"

    /// What is said where triage finds it.
    var refusal: DeviationError { self == .oneStep ? .censurable : .onlyByReporter }
}
