/// What went wrong in the database, in one line that holds no stored values.
public struct StorageError: Error, Sendable, Hashable {
    /// What a caller can act on.
    public enum Kind: Sendable, Hashable {
        /// A unique constraint; names its columns as `table.column, table.column` where the database tells.
        case unique(String?)
        case foreignKey
        /// A check, or a column that must not be null.
        case check
        /// Another connection held a lock for too long, or the transaction lost a race. Trying again may help.
        case busy
        /// The database cannot be reached, or is closed.
        case unavailable
        case full
        case corrupt
        case other
    }

    public let kind: Kind
    public let message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    static let closed = StorageError(.unavailable, "the database is closed")

    init(wrapping error: any Error) { self = error as? StorageError ?? StorageError(.other, String(describing: error)) }
}

extension StorageError: CustomStringConvertible {
    public var description: String { message }
}
