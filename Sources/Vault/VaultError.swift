/// What went wrong in the vault, in one line that holds no key and nothing that was sealed.
public struct VaultError: Error, Sendable, Hashable {
    /// What a caller can act on.
    public enum Kind: Sendable, Hashable {
        /// The master keys cannot be had, or are not the ones that the stored keys are wrapped by. For the operator.
        case master
        /// Sealed bytes were changed, cut, moved to another place, or sealed by another key.
        case damaged
        /// The key has been destroyed.
        case destroyed
        /// The file or hand-over is not there, or no longer in a state that allows this.
        case missing
        /// The data is larger than what is taken.
        case tooLarge
        /// Keys and data are kept in the same database.
        case setting
    }

    public let kind: Kind
    public let message: String

    init(_ kind: Kind, _ message: String) { (self.kind, self.message) = (kind, message) }

    static let damaged = VaultError(
        .damaged, "sealed data cannot be opened: it was changed, moved, or sealed by another key")
    static let destroyed = VaultError(.destroyed, "the key has been destroyed")
}

extension VaultError: CustomStringConvertible {
    public var description: String { message }
}
