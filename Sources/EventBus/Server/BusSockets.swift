import EventKit
import Logging
import ZeroMQ

/// The server's sockets: ZAP handler, feed and desk, all on one thread.
///
/// Decides who comes in and which subscriptions are taken up; what needs the database it hands to tasks.
final class BusSockets: SocketOwner {
    /// What does not change while a server runs.
    struct Settings: Sendable {
        var pair: CurveKeyPair
        var feedHighWater: Int32 = 10_000
        var maxOpenRequests = 1000
        var logger: Logger
        var metrics: BusMetrics
        /// Called on the socket thread; must not block.
        var onRequest: @Sendable (DeskMessage) -> Void
        /// Called on the socket thread every 250 ms; must not block.
        var onTick: @Sendable () -> Void
    }

    private struct Open {
        let context: Context
        let zap: ZapHandler
        let feed: Socket
        let desk: Socket
        let monitors: [Monitor]
    }

    static let domain = "trivsel"
    private static let beaconInterval: Duration = .milliseconds(250)

    let settings: Settings
    private(set) var endpoints: BusEndpoints
    private var open: Open?
    private let guests: Guests
    private var requests = OpenRequests()
    private var head: (epoch: UInt64, position: Int64)
    private var nextBeacon = ContinuousClock.now

    init(_ settings: Settings, endpoints: BusEndpoints, clients: [ClientKey], epoch: UInt64, head: Int64) throws {
        self.settings = settings
        self.endpoints = endpoints
        self.head = (epoch, head)
        guests = Guests(clients, logger: settings.logger, metrics: settings.metrics)
        try bind()
    }

    // MARK: The thread's calls

    var watched: [Socket] { open.map { [$0.zap.socket, $0.feed, $0.desk] + $0.monitors.map(\.socket) } ?? [] }

    func receive(from socket: Socket) throws {
        guard let open else { return }
        if socket === open.zap.socket { return try open.zap.answerAll() }
        if socket === open.feed { return try takeSubscriptions(open.feed) }
        if socket === open.desk { return try takeRequests(open.desk) }
        for monitor in open.monitors where monitor.socket === socket {
            while let event = try monitor.next() {
                settings.metrics.refused(String(describing: event.kind))
                if event.kind == .handshakeFailedAuth { guests.warn("a client with an unknown key was refused") }
            }
        }
    }

    func turn() throws -> Int {
        let now = ContinuousClock.now
        if now >= nextBeacon {
            try sendBeacon()
            settings.onTick()
            nextBeacon = now + Self.beaconInterval
        }
        return max(1, Int((nextBeacon - now) / .milliseconds(1)))
    }

    func close() {
        open?.context.close()
        open = nil
    }

    // MARK: Commands

    /// Sends events that are committed; readers that are too slow miss them and ask the desk.
    func publish(_ messages: [FeedMessage], epoch: UInt64, head: Int64) throws {
        self.head = (epoch, head)
        for message in messages { try open?.feed.send([message.topic, message.header.bytes, message.body]) }
    }

    /// False when the client is gone, or has asked anew meanwhile.
    func answer(_ request: DeskMessage, _ body: [UInt8]) throws -> Bool {
        guard requests.close(request) else { return false }
        return try open?.desk.send([request.peer, request.id, body]) ?? false
    }

    /// True while an answer to `request` could be delivered.
    func isWanted(_ request: DeskMessage) -> Bool { requests.isLatest(request) }

    var handshakeMark: Int { open?.zap.lastHeld ?? 0 }

    /// Takes over the keys; if one lost something, every connection is cut, and those who may still come are back at
    /// once.
    ///
    /// Also decides about those who came with an unknown key before the keys were read, so it is called again and
    /// again.
    ///
    /// - Parameter mark: what `handshakeMark` was before the keys were read.
    func setClients(_ list: [ClientKey], mark: Int) throws {
        let mustCut = guests.replace(by: list)
        try open?.zap.answerHeld(through: mark)
        if mustCut {
            settings.logger.notice("a key was taken away or changed: all connections are cut")
            try rebind()
        }
    }

    // MARK: Binding

    private func bind() throws {
        let context = try Context()
        let zap = try ZapHandler(in: context, domain: Self.domain, patience: 100) { [guests] in guests.admit($0) }
        let feed = try context.feedSocket(highWater: settings.feedHighWater)
        let desk = try context.socket(.router)
        try desk.set(.routerMandatory, 1)
        try desk.set(.routerHandover, 1)
        try desk.set(.sendHighWater, 16)
        try desk.set(.sendTimeout, 0)
        try desk.set(.linger, 500)
        try desk.setMaxFrameBytes(65_536)
        var monitors: [Monitor] = []
        for socket in [feed, desk] {
            try socket.guardWithCurve(settings.pair, domain: Self.domain)
            monitors.append(try socket.monitor(Monitor.Event.Kind.refusals))
        }
        endpoints = BusEndpoints(feed: try feed.bind(endpoints.feed), desk: try desk.bind(endpoints.desk))
        open = Open(context: context, zap: zap, feed: feed, desk: desk, monitors: monitors)
    }

    /// Cuts every connection. Without lingering, so that nobody who may come in again waits.
    private func rebind() throws {
        try open?.feed.set(.linger, 0)
        try open?.desk.set(.linger, 0)
        close()
        requests.forgetPeers()
        try bind()
    }

    // MARK: Feed

    private func takeSubscriptions(_ feed: Socket) throws {
        while let message = try feed.receive() {
            switch guests.wish(message) {
            case .subscribe(let topic):
                try feed.subscribe(topic)
                try sendBeacon()
            case .unsubscribe(let topic): try feed.unsubscribe(topic)
            case .nothing: break
            case .garbage: return try rebind()
            }
        }
    }

    private func sendBeacon() throws {
        try open?.feed.send([FeedHeader.beaconTopic, FeedHeader(epoch: head.epoch, head: head.position).bytes])
    }

    // MARK: Desk

    private func takeRequests(_ desk: Socket) throws {
        while let message = try desk.receive() {
            guard let key = guests.client(named: message.userID), message.frameCount == 3, message.frames[1].count <= 64
            else {
                settings.metrics.garbageAtDesk()
                continue
            }
            let request = DeskMessage(peer: message.frames[0], id: message.frames[1], body: message.frames[2], key: key)
            if requests.open(request, limit: settings.maxOpenRequests) {
                settings.onRequest(request)
            } else {
                settings.metrics.request("any", BusError.Code.busy.rawValue)
                let refusal = Reply.refusal(BusError(.busy, "too many requests are open"))
                try desk.send([request.peer, request.id, refusal])
            }
        }
    }
}
