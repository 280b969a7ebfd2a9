import CZeroMQ

/// A call of libzmq that failed.
public struct ZeroMQError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was tried, e.g. `bind tcp://127.0.0.1:5561`.
    public let operation: String
    /// The `errno` that the call left.
    public let code: Int32

    public init(operation: String, code: Int32) {
        self.operation = operation
        self.code = code
    }

    public var description: String {
        let reason = unsafe String(cString: zmq_strerror(code))
        return "\(operation): \(reason)"
    }

    /// True when another socket, perhaps of another process, holds the address.
    public var isAddressInUse: Bool { code == EADDRINUSE }

    /// The error that the failed call on this thread has just left.
    static func last(_ operation: String) -> ZeroMQError { ZeroMQError(operation: operation, code: zmq_errno()) }
}
