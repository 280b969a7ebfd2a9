import CZeroMQ

/// One libzmq context and the sockets made in it. Used on one thread only.
@safe public final class Context {
    private let handle: UnsafeMutableRawPointer
    private var sockets: [Socket] = []
    private var isOpen = true
    private var monitors = 0

    /// - Throws: `ZeroMQError` when the process has no descriptors or memory left.
    public init() throws {
        guard let handle = unsafe zmq_ctx_new() else { throw ZeroMQError.last("make a context") }
        unsafe self.handle = handle
    }

    /// A new socket, with the keep-alive and heart-beat that all of ours share.
    public func socket(_ kind: Socket.Kind) throws -> Socket {
        guard let raw = unsafe zmq_socket(handle, kind.rawValue) else { throw ZeroMQError.last("make a socket") }
        let socket = unsafe Socket(raw, in: self)
        sockets.append(socket)
        try socket.setSharedOptions()
        return socket
    }

    /// Closes every socket and waits until libzmq has let go of them: at most the longest linger time.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        for socket in sockets { socket.close() }
        sockets = []
        while unsafe zmq_ctx_term(handle) != 0 && zmq_errno() == EINTR {}
    }

    func forget(_ socket: Socket) { sockets.removeAll { $0 === socket } }

    func nextMonitorEndpoint() -> String {
        monitors += 1
        return "inproc://monitor-\(monitors)"
    }

    deinit { close() }
}
