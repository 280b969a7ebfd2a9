public import EventKit

/// Takes a deviation that nobody follows up to whistleblowing (guideline; forvaltningsloven § 11 a): only its dates and
/// steps go, and the deviation knows nothing of it.
public struct Escalate: Sendable {
    public init() {}

    /// - Throws: `DeviationError` unless it is open and its deadline has passed without an answer or a preliminary reply.
    public func check(_ deviation: Deviation, on today: CivilDate) throws(DeviationError) {
        try deviation.requireOpen()
        guard deviation.isOverdue(on: today) else { throw .notOverdue }
    }
}
