import ZeroMQ

@testable import EventBus

/// One socket used by hand, as a client of another make would.
final class RawClient: SocketOwner {
    /// What a client sees.
    enum Happening: Sendable {
        case message(Message)
        case connection(Monitor.Event.Kind)
    }

    private let context: Context
    private let monitor: Monitor
    private let report: AsyncStream<Happening>.Continuation
    let socket: Socket

    private init(
        _ kind: Socket.Kind, _ credentials: ClientCredentials, _ report: AsyncStream<Happening>.Continuation
    ) throws {
        self.report = report
        context = try Context()
        socket = try context.socket(kind)
        monitor = try socket.monitor([.handshakeSucceeded, .handshakeFailedAuth, .disconnected])
        guard let pair = CurveKeyPair(secretKey: credentials.secretKey) else { throw BusError(.invalid, "no key") }
        try socket.useCurve(pair, serverKey: credentials.serverKey)
        try socket.set(.reconnectInterval, 50)
        try socket.set(.linger, 1000)
        try socket.connect(kind == .dealer ? credentials.desk : credentials.feed)
    }

    /// A client, and what it sees; give `prepare` what to do before the first turn, such as subscribing.
    static func open(
        _ kind: Socket.Kind, _ credentials: ClientCredentials,
        prepare: @escaping @Sendable (Socket) throws -> Void = { _ in }
    ) throws -> (SocketThread<RawClient>, AsyncStream<Happening>) {
        let (stream, report) = AsyncStream.makeStream(of: Happening.self)
        let thread = try SocketThread(name: "raw client") {
            let client = try RawClient(kind, credentials, report)
            try prepare(client.socket)
            return client
        }
        return (thread, stream)
    }

    var watched: [Socket] { [socket, monitor.socket] }

    func receive(from socket: Socket) throws {
        if socket === self.socket { while let message = try socket.receive() { report.yield(.message(message)) } }
        while let event = try monitor.next() { report.yield(.connection(event.kind)) }
    }

    func turn() -> Int { 1000 }

    func close() {
        context.close()
        report.finish()
    }
}

extension SocketThread where Owner == RawClient {
    func send(_ frames: [[UInt8]]) async throws { _ = try await run { try $0.socket.send(frames) } }

    func close() async throws {
        stop()
        try await ended()
    }
}

extension AsyncStream<RawClient.Happening> {
    /// The next message; nil when the client is closed.
    func nextMessage() async -> Message? {
        for await case .message(let message) in self { return message }
        return nil
    }

    /// Waits until the connection has come to `kind`.
    func wait(for kind: Monitor.Event.Kind) async {
        for await case .connection(kind) in self { return }
    }
}
