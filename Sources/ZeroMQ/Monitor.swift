import CZeroMQ

/// Tells what happens to the connections of one socket.
public final class Monitor {
    /// One happening on one connection.
    public struct Event: Sendable, Hashable {
        public enum Kind: Int32, Sendable, CaseIterable {
            case connected = 0x0001
            case accepted = 0x0020
            case disconnected = 0x0200
            case handshakeFailed = 0x0800
            case handshakeSucceeded = 0x1000
            case handshakeFailedProtocol = 0x2000
            /// The ZAP handler said no; `value` is its status code.
            case handshakeFailedAuth = 0x4000

            public static let refusals: Set<Kind> = [.handshakeFailed, .handshakeFailedProtocol, .handshakeFailedAuth]
        }

        public let kind: Kind
        /// `errno`, ZAP status or protocol error, by kind.
        public let value: UInt32
    }

    /// Readable when there is an event.
    public let socket: Socket

    init(socket: Socket) { self.socket = socket }

    /// The next event, nil when there is none now.
    public func next() throws -> Event? {
        while let message = try socket.receive() {
            guard let frame = message.frames.first, frame.count == 6 else { continue }
            let kind = Int32(frame[0]) | Int32(frame[1]) << 8
            let value = (2..<6).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32(frame[$1]) }
            if let kind = Event.Kind(rawValue: kind) { return Event(kind: kind, value: value) }
        }
        return nil
    }
}
