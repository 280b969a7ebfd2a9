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
    private var clients: [String: ClientKey] = [:]
    private var requests = OpenRequests()
    private var banned: [String: ContinuousClock.Instant] = [:]
    private var head: (epoch: UInt64, position: Int64)
    private var nextBeacon = ContinuousClock.now
    private var nextWarning = ContinuousClock.now

    init(_ settings: Settings, endpoints: BusEndpoints, clients: [ClientKey], epoch: UInt64, head: Int64) throws {
        self.settings = settings
        self.endpoints = endpoints
        self.head = (epoch, head)
        self.clients = Self.byPublicKey(clients)
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
                if event.kind == .handshakeFailedAuth { warn("a client with an unknown key was refused") }
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
        let new = Self.byPublicKey(list)
        let mustCut = clients.contains { new[$0.key] != $0.value }
        clients = new
        try open?.zap.answerHeld(through: mark)
        if mustCut {
            settings.logger.notice("a key was taken away or changed: all connections are cut")
            try rebind()
        }
    }

    // MARK: Binding

    private func bind() throws {
        let context = try Context()
        let zap = try ZapHandler(in: context, domain: Self.domain, patience: 100) { [unowned self] in admit($0) }
        let feed = try context.socket(.xpub)
        try feed.set(.sendHighWater, settings.feedHighWater)
        try feed.set(.xpubVerbose, 1)
        try feed.set(.xpubManual, 1)
        try feed.set(.linger, 500)
        try feed.setMaxFrameBytes(4096)
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

    private func admit(_ publicKey: String) -> String? {
        guard let client = clients[publicKey], (banned[client.name] ?? .now) <= .now else { return nil }
        return client.name
    }

    /// At most one warning a second, as strangers come again and again; all are counted.
    private func warn(_ message: Logger.Message, key: String? = nil) {
        guard nextWarning <= .now else { return }
        nextWarning = .now + .seconds(1)
        settings.logger.warning(message, metadata: key.map { ["key": "\($0)"] })
    }

    private static func byPublicKey(_ list: [ClientKey]) -> [String: ClientKey] {
        let usable = list.filter { KeyPair.isUsable(publicKey: $0.publicKey) }
        return Dictionary(usable.map { ($0.publicKey, $0) }) { first, _ in first }
    }

    private func client(named name: String?) -> ClientKey? { clients.values.first { $0.name == name } }

    // MARK: Feed

    /// Frames: 1 and a topic to subscribe, 0 and a topic to unsubscribe. An unsubscription that libzmq makes for a
    /// connection that ended has no user.
    private func takeSubscriptions(_ feed: Socket) throws {
        while let message = try feed.receive() {
            guard let frame = message.frames.first, let first = frame.first, first <= 1, message.frameCount == 1 else {
                return try ban(message.userID)
            }
            guard let client = client(named: message.userID) else { continue }
            let topic = Array(frame.dropFirst())
            if first == 0 {
                try feed.unsubscribe(topic)
            } else if client.maySubscribe(to: topic) {
                try feed.subscribe(topic)
                try sendBeacon()
            } else {
                settings.metrics.refused("subscription")
                warn("a subscription outside the key was not taken up", key: client.name)
            }
        }
    }

    /// A message that is no subscription makes libzmq 4.3.4 lose count (tried) of which connection the queued
    /// subscriptions came from (xpub.cpp: `_pending_pipes` gets no entry for it), so that one client's could be granted
    /// to another. So all are cut, and who sent it stays out for a minute.
    private func ban(_ name: String?) throws {
        settings.metrics.garbageOnFeed()
        settings.logger.error(
            "a client sent a message to the feed: cut for a minute", metadata: ["key": "\(name ?? "")"])
        if let name { banned[name] = .now + .seconds(60) }
        try rebind()
    }

    private func sendBeacon() throws {
        try open?.feed.send([FeedHeader.beaconTopic, FeedHeader(epoch: head.epoch, head: head.position).bytes])
    }

    // MARK: Desk

    private func takeRequests(_ desk: Socket) throws {
        while let message = try desk.receive() {
            guard let key = client(named: message.userID), message.frameCount == 3, message.frames[1].count <= 64 else {
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
