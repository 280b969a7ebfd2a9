/// What handling found out: what happened, and why.
public struct Cause: Sendable, Hashable {
    public var whatHappened: String
    public var why: String

    public init(whatHappened: String, why: String) {
        self.whatHappened = whatHappened
        self.why = why
    }
}
