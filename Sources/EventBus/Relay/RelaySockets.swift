import EventKit
import Logging
import ZeroMQ

/// A relay's sockets: a reader of the feed above, and a feed below, guarded as a host's is. It keeps nothing.
///
/// Above it asks for whatever the keys below allow, and passes each message on as it came; libzmq gives it to those who
/// were granted its topic.
final class RelaySockets: SocketOwner {
    struct Settings: Sendable {
        var upstream: ClientCredentials
        var upstreamPair: CurveKeyPair
        var pair: CurveKeyPair
        var logger: Logger
        var metrics: BusMetrics
    }

    private struct Open {
        let context: Context
        let zap: ZapHandler
        let feed: Socket
        let upstream: Socket
        let monitors: (feed: Monitor, upstream: Monitor)
    }

    private static let highWater: Int32 = 10_000

    private let settings: Settings
    private let guests: Guests
    private(set) var endpoint: String
    private var open: Open?
    private var asked: Set<[UInt8]> = []

    init(_ settings: Settings, endpoint: String, clients: [ClientKey]) throws {
        self.settings = settings
        self.endpoint = endpoint
        guests = Guests(clients, logger: settings.logger, metrics: settings.metrics)
        try bind(for: clients)
    }

    var watched: [Socket] {
        open.map { [$0.zap.socket, $0.feed, $0.upstream, $0.monitors.feed.socket, $0.monitors.upstream.socket] } ?? []
    }

    func receive(from socket: Socket) throws {
        guard let open else { return }
        if socket === open.upstream {
            while let message = try open.upstream.receive(maxFrames: 3, withUser: false) {
                KillPoint.pass("relay.got")
                try open.feed.send(message.frames)
                KillPoint.pass("relay.passed")
            }
        } else if socket === open.zap.socket {
            try open.zap.answerAll()
        } else if socket === open.feed {
            try takeSubscriptions(open.feed)
        } else if socket === open.monitors.upstream.socket {
            guard let event = try open.monitors.upstream.next(), event.kind == .handshakeFailedAuth else { return }
            throw BusError(.refused, "the host does not know the relay's key \(settings.upstream.name)")
        } else {
            while let event = try open.monitors.feed.next() {
                settings.metrics.refused(String(describing: event.kind))
                if event.kind == .handshakeFailedAuth { guests.warn("a client with an unknown key was refused") }
            }
        }
    }

    func turn() throws -> Int { 1000 }

    func close() {
        open?.context.close()
        open = nil
    }

    var handshakeMark: Int { open?.zap.lastHeld ?? 0 }

    /// Lets in those with a key that has become known, and refuses the others.
    ///
    /// - Parameter mark: what `handshakeMark` was before the keys were read.
    func answerHeld(through mark: Int) throws { try open?.zap.answerHeld(through: mark) }

    /// Takes over the keys; if one lost something, every connection is cut, and those who may still come are back at
    /// once.
    func setClients(_ list: [ClientKey]) throws {
        if guests.replace(by: list) {
            settings.logger.notice("a key was taken away or changed: all connections are cut")
            try rebind(for: list)
        } else {
            try ask(for: list)
        }
    }

    private func takeSubscriptions(_ feed: Socket) throws {
        while let message = try feed.receive() {
            switch guests.wish(message) {
            case .subscribe(let topic): try feed.subscribe(topic)
            case .unsubscribe(let topic): try feed.unsubscribe(topic)
            case .nothing: break
            case .garbage: return try rebind(for: guests.list)
            }
        }
    }

    private func bind(for clients: [ClientKey]) throws {
        let context = try Context()
        let zap = try ZapHandler(in: context, domain: BusSockets.domain, patience: 100) { [guests] in guests.admit($0) }
        let feed = try context.feedSocket(highWater: Self.highWater)
        try feed.guardWithCurve(settings.pair, domain: BusSockets.domain)
        let below = try feed.monitor(Monitor.Event.Kind.refusals)
        endpoint = try feed.bind(endpoint)
        let upstream = try context.socket(.sub)
        try upstream.set(.receiveHighWater, Self.highWater)
        try upstream.set(.reconnectInterval, 50)
        try upstream.set(.longestReconnectInterval, 5000)
        try upstream.setMaxFrameBytes(4 << 20)
        try upstream.useCurve(
            settings.upstreamPair, serverKey: settings.upstream.feedServerKey ?? settings.upstream.serverKey)
        let above = try upstream.monitor([.handshakeFailedAuth])
        open = Open(context: context, zap: zap, feed: feed, upstream: upstream, monitors: (below, above))
        asked = []
        try ask(for: clients)
        for feed in settings.upstream.feed.addresses { try upstream.connect(feed) }
    }

    private func rebind(for clients: [ClientKey]) throws {
        try open?.feed.set(.linger, 0)
        close()
        try bind(for: clients)
    }

    /// Asks for beacons and for all that a key allows.
    private func ask(for clients: [ClientKey]) throws {
        let topics = clients.flatMap(\.topics).map { Array($0.prefix.utf8) }
        for topic in Set(topics + [FeedHeader.beaconTopic]).subtracting(asked) {
            try open?.upstream.subscribe(topic)
            asked.insert(topic)
        }
    }
}
