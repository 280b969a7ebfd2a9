import Logging
import ZeroMQ

/// A client's sockets: one SUB at most, and a DEALER for each request that is open at the same time.
final class ClientSockets: SocketOwner {
    struct Settings: Sendable {
        var credentials: ClientCredentials
        var pair: CurveKeyPair
        /// What to subscribe to; nil for a client that only asks the desk.
        var subscriptions: [[UInt8]]?
        var logger: Logger
        /// Called on the socket thread; must not block.
        var onFeed: @Sendable ([Result<Message, BusError>]) -> Void
    }

    private let settings: Settings
    private let context: Context
    private var feed: (socket: Socket, monitor: Monitor)?
    private let desks: Desks
    private var lines: [DeskLine] = []

    init(_ settings: Settings) throws {
        self.settings = settings
        desks = Desks(settings.credentials.desk)
        context = try Context()
        if let subscriptions = settings.subscriptions { feed = try subscribe(subscriptions) }
    }

    var watched: [Socket] { lines.flatMap(\.watched) + (feed.map { [$0.socket, $0.monitor.socket] } ?? []) }

    func receive(from socket: Socket) throws {
        if let feed, socket === feed.socket {
            var messages: [Result<Message, BusError>] = []
            while messages.count < 500, let message = try feed.socket.receive(maxFrames: 3, withUser: false) {
                messages.append(.success(message))
            }
            settings.onFeed(messages)
        } else if let feed, socket === feed.monitor.socket {
            while let event = try feed.monitor.next() {
                if event.kind == .handshakeFailedAuth { settings.onFeed([.failure(Self.refusal)]) }
            }
        } else if let line = lines.first(where: { $0.watched.contains { $0 === socket } }) {
            try line.receive()
        }
    }

    func turn() throws -> Int {
        try lines.reduce(1000) { min($0, try $1.turn()) }
    }

    func close() {
        for line in lines { line.give(.failure(CancellationError())) }
        context.close()
    }

    /// Asks on a line that is free, or a new one.
    func ask(_ call: DeskCall) throws {
        if let line = lines.first(where: { !$0.isBusy }) { return try line.ask(call) }
        let line = try DeskLine(in: context, settings, desks)
        lines.append(line)
        try line.ask(call)
    }

    /// Gives the line up too: the desk then sees that nobody is there to get the job it may be about to lease.
    func cancel(_ number: UInt64) {
        for line in lines where line.number == number {
            line.give(.failure(CancellationError()))
            line.close()
        }
        lines.removeAll { $0.isClosed }
    }

    static let refusal = BusError(.refused, "the server does not know this key")

    private func subscribe(_ topics: [[UInt8]]) throws -> (Socket, Monitor) {
        let socket = try context.socket(.sub)
        try socket.set(.receiveHighWater, 10_000)
        try socket.set(.reconnectInterval, 50)
        try socket.set(.longestReconnectInterval, 5000)
        try socket.setMaxFrameBytes(4 << 20)
        let credentials = settings.credentials
        try socket.useCurve(settings.pair, serverKey: credentials.feedServerKey ?? credentials.serverKey)
        let monitor = try socket.monitor([.handshakeFailedAuth])
        try socket.subscribe(FeedHeader.beaconTopic)
        for topic in topics { try socket.subscribe(topic) }
        // What comes again from another host the reader has by its position.
        for feed in credentials.feed.addresses { try socket.connect(feed) }
        return (socket, monitor)
    }
}
