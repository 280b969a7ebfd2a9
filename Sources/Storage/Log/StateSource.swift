/// What the events of some types lead to, as it stands now: for readers that come too late for the events themselves.
public struct StateSource: Sendable {
    /// `<module>.<thing>.v<N>`; a key reads it that may read an event type of this name.
    public let type: String
    /// Calls its second argument with the subject and the data, one JSON object, of each thing. Like events it holds codes, states, times
    /// and counts only.
    public let read: @Sendable (Reader, _ each: (_ subject: String, _ data: String) throws -> Void) throws -> Void

    public init(
        type: String,
        read: @escaping @Sendable (Reader, _ each: (_ subject: String, _ data: String) throws -> Void) throws -> Void
    ) {
        (self.type, self.read) = (type, read)
    }
}

extension Database {
    /// Runs `body` on one state of the database, however many queries it makes.
    public func snapshot<Value: Sendable>(
        _ body: @escaping @Sendable (Reader) throws -> Value
    ) async throws -> Value {
        switch url.dialect {
        case .sqlite: try await read(body)
        case .postgres:
            try await write { tx in
                try tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                return try body(tx)
            }
        }
    }
}
