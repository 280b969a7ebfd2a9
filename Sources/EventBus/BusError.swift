/// Why the bus did not do what was asked.
public struct BusError: Error, Sendable, Hashable {
    /// The codes that stand on the wire, and two that arise at the client.
    public enum Code: String, Sendable, Codable {
        /// The log no longer holds what was asked for; `first` says from where it does.
        case truncated
        /// The log is another one than the reader knows, or shorter than what it has read: a backup was restored.
        case epoch
        /// The key does not cover it.
        case denied
        case badRequest = "bad-request"
        /// Too much at once, or the database does not answer; try again.
        case busy
        /// The job's lease ran out and somebody else has it, or it is finished.
        case leaseLost = "lease-lost"
        /// The server does not know the key.
        case refused
        /// A name, pattern or key that cannot be.
        case invalid
    }

    public let code: Code
    /// One line for a log; holds no content of events or jobs.
    public let message: String
    public var first: Int64?
    public var epoch: String?

    public init(_ code: Code, _ message: String, first: Int64? = nil, epoch: String? = nil) {
        self.code = code
        self.message = message
        self.first = first
        self.epoch = epoch
    }
}

extension BusError: CustomStringConvertible {
    public var description: String { message }
}
