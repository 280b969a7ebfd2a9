import Synchronization
import ZeroMQ

/// What the two sides of a room saw.
enum Happening: Sendable, Hashable {
    case serverReceived(Message)
    case clientReceived(Message)
    case server(Monitor.Event.Kind)
    case client(Monitor.Event.Kind)
}

/// A server socket and a client socket, each in its own context, on one socket thread.
final class Room: SocketOwner {
    let serverSide: Context
    let clientSide: Context
    let server: Socket
    let client: Socket
    var zap: ZapHandler?
    var betweenTurns: () throws -> Void = {}
    private var monitors: [(monitor: Monitor, wrap: (Monitor.Event.Kind) -> Happening)] = []
    private let report: AsyncStream<Happening>.Continuation

    init(_ serverKind: Socket.Kind, _ clientKind: Socket.Kind, report: AsyncStream<Happening>.Continuation) throws {
        (serverSide, clientSide) = (try Context(), try Context())
        server = try serverSide.socket(serverKind)
        client = try clientSide.socket(clientKind)
        self.report = report
        let happenings: Set<Monitor.Event.Kind> = Monitor.Event.Kind.refusals.union([.handshakeSucceeded])
        monitors = [
            (try server.monitor(happenings), { .server($0) }),
            (try client.monitor(happenings), { .client($0) }),
        ]
    }

    var watched: [Socket] { [server, client] + monitors.map(\.monitor.socket) + (zap.map { [$0.socket] } ?? []) }

    func receive(from socket: Socket) throws {
        if socket === zap?.socket { try zap?.answerAll() }
        if let (monitor, wrap) = monitors.first(where: { $0.monitor.socket === socket }) {
            while let event = try monitor.next() { report.yield(wrap(event.kind)) }
        }
        if socket === server { while let message = try server.receive() { report.yield(.serverReceived(message)) } }
        if socket === client { while let message = try client.receive() { report.yield(.clientReceived(message)) } }
    }

    func turn() throws -> Int {
        try betweenTurns()
        return 1000
    }

    func close() {
        betweenTurns = {}
        clientSide.close()
        serverSide.close()
        report.finish()
    }

    /// A room on its thread, and the stream of what happens in it.
    static func open(
        _ serverKind: Socket.Kind, _ clientKind: Socket.Kind,
        furnish: @escaping @Sendable (Room) throws -> Void = { _ in }
    ) throws -> (SocketThread<Room>, AsyncStream<Happening>) {
        let (stream, report) = AsyncStream.makeStream(of: Happening.self)
        let thread = try SocketThread(name: "room") {
            let room = try Room(serverKind, clientKind, report: report)
            try furnish(room)
            return room
        }
        return (thread, stream)
    }
}

extension SocketThread {
    /// Stops it and waits until its sockets are released.
    func close() async throws {
        stop()
        try await ended()
    }
}
