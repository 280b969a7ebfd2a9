import CZeroMQ

/// One libzmq socket. Used only on the thread that owns its context; no call blocks.
@safe public final class Socket {
    /// The socket types that Trivsel uses.
    public enum Kind: Int32, Sendable {
        case pair = 0
        case sub = 2
        case rep = 4
        case dealer = 5
        case router = 6
        case xpub = 9
        case xsub = 10
    }

    private let raw: UnsafeMutableRawPointer
    private weak var context: Context?
    private var isOpen = true
    private var isMonitored = false

    init(_ raw: UnsafeMutableRawPointer, in context: Context) {
        unsafe self.raw = raw
        self.context = context
    }

    /// Binds and answers the address it got; `tcp://127.0.0.1:*` lets the system choose the port.
    @discardableResult
    public func bind(_ endpoint: String) throws -> String {
        guard unsafe zmq_bind(raw, endpoint) == 0 else { throw ZeroMQError.last("bind \(endpoint)") }
        var text = [UInt8](repeating: 0, count: 256)
        var size = text.count
        guard unsafe zmq_getsockopt(raw, ZMQ_LAST_ENDPOINT, &text, &size) == 0 else {
            throw ZeroMQError.last("read the address of \(endpoint)")
        }
        return String(decoding: text.prefix(size).prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Starts to connect; libzmq goes on trying in its own thread.
    public func connect(_ endpoint: String) throws {
        guard unsafe zmq_connect(raw, endpoint) == 0 else { throw ZeroMQError.last("connect \(endpoint)") }
    }

    /// Sends one message of several frames; false when it was not taken: queue full, or no such peer.
    @discardableResult
    public func send(_ frames: [[UInt8]]) throws -> Bool {
        for (index, frame) in frames.enumerated() {
            let flags = ZMQ_DONTWAIT | (index + 1 < frames.count ? ZMQ_SNDMORE : 0)
            while unsafe zmq_send(raw, frame, frame.count, flags) < 0 {
                switch zmq_errno() {
                case EINTR: continue
                case EAGAIN, EHOSTUNREACH: return false
                default: throw ZeroMQError.last("send")
                }
            }
        }
        return true
    }

    /// The next message, nil when there is none now.
    ///
    /// Frames beyond `maxFrames` are read and thrown away, so that one peer cannot fill the memory of the reader.
    ///
    /// - Parameter withUser: whether to look up who sent it, which a client does not need: its only peer is the server.
    public func receive(maxFrames: Int = 8, withUser: Bool = true) throws -> Message? {
        var message = Message(frames: [], userID: nil, frameCount: 0)
        var more = true
        while more {
            var part = zmq_msg_t()
            unsafe zmq_msg_init(&part)
            defer { _ = unsafe zmq_msg_close(&part) }
            while unsafe zmq_msg_recv(&part, raw, ZMQ_DONTWAIT) < 0 {
                switch zmq_errno() {
                case EINTR: continue
                case EAGAIN where message.frameCount == 0: return nil
                default: throw ZeroMQError.last("receive")
                }
            }
            // A ROUTER's first frame, the peer's identity, is its own and bears no metadata.
            if withUser, message.userID == nil, let user = unsafe zmq_msg_gets(&part, "User-Id") {
                message.userID = unsafe String(cString: user)
            }
            if message.frameCount < maxFrames {
                let bytes = unsafe UnsafeRawBufferPointer(start: zmq_msg_data(&part), count: zmq_msg_size(&part))
                unsafe message.frames.append(Array(bytes))
            }
            message.frameCount += 1
            more = unsafe zmq_msg_more(&part) != 0
        }
        return message
    }

    /// Closes now; what is still to be sent is given the linger time in the background.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        if isMonitored { _ = unsafe zmq_socket_monitor(raw, nil, 0) }
        unsafe zmq_close(raw)
        context?.forget(self)
    }

    /// A stream of what happens to this socket's connections.
    public func monitor(_ events: Set<Monitor.Event.Kind>) throws -> Monitor {
        guard let context else { throw ZeroMQError(operation: "monitor", code: ENOTSOCK) }
        isMonitored = true
        let endpoint = context.nextMonitorEndpoint()
        let mask = events.reduce(0) { $0 | $1.rawValue }
        guard unsafe zmq_socket_monitor(raw, endpoint, mask) == 0 else { throw ZeroMQError.last("monitor") }
        let pair = try context.socket(.pair)
        try pair.connect(endpoint)
        return Monitor(socket: pair)
    }

    func setRaw(_ option: Int32, _ value: Int32) throws {
        var value = value
        guard unsafe zmq_setsockopt(raw, option, &value, MemoryLayout<Int32>.size) == 0 else { throw failed(option) }
    }

    func setRaw(_ option: Int32, wide value: Int64) throws {
        var value = value
        guard unsafe zmq_setsockopt(raw, option, &value, MemoryLayout<Int64>.size) == 0 else { throw failed(option) }
    }

    func setRaw(_ option: Int32, _ value: [UInt8]) throws {
        guard unsafe zmq_setsockopt(raw, option, value, value.count) == 0 else { throw failed(option) }
    }

    private func failed(_ option: Int32) -> ZeroMQError { ZeroMQError.last("set socket option \(option)") }

    /// What `zmq_poll` needs to wait for input here.
    var pollItem: zmq_pollitem_t {
        unsafe zmq_pollitem_t(socket: raw, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
    }
}

/// One received message.
public struct Message: Sendable, Hashable {
    /// Its first frames, at most as many as were asked for.
    public var frames: [[UInt8]]
    /// Who sent it, as the ZAP handler named the connection; nil without CURVE, or when it was not asked for.
    public var userID: String?
    /// How many frames it had.
    public var frameCount: Int
}
