/// Why a backup was not made, or not restored: one line for the operator.
public struct BackupError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
