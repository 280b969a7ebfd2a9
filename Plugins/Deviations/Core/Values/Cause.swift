/// What handling found out: what happened, why, and what keeps it from happening again (guideline, “Linjeleder”).
public struct Cause: Sendable, Hashable {
    public var whatHappened: String
    public var why: String
    /// Nil where measures say it.
    public var prevention: String?

    public init(whatHappened: String, why: String, prevention: String? = nil) {
        self.whatHappened = whatHappened
        self.why = why
        self.prevention = prevention
    }

    /// All of it, as one text.
    public var words: String { [whatHappened, why, prevention].compactMap(\.self).joined(separator: "\n\n") }
}
