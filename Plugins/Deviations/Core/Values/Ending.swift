/// How a deviation ended, where its content did not stay.
public enum Ending: String, Sendable, Hashable, CaseIterable {
    /// It was none: only its number, its dates and this word are left.
    case outsideScope = "outside-scope"
    /// Its reporter withdrew it, and nobody goes on with it.
    case withdrawn
}
