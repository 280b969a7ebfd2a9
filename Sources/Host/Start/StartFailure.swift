/// Why the host did not start: one line that says what is wrong and how to mend it.
public struct StartFailure: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
