import EventKit
import Logging
import ZeroMQ

/// Who may come in to a feed, and what each may subscribe to; for host and relay, on their socket threads.
final class Guests {
    /// What a client's message to the feed comes to.
    enum Wish: Equatable {
        case subscribe([UInt8])
        case unsubscribe([UInt8])
        case nothing
        /// Its sender stays out for a minute, and all connections must be cut.
        case garbage
    }

    private let logger: Logger
    private let metrics: BusMetrics
    private var clients: [String: ClientKey]
    private var banned: [String: ContinuousClock.Instant] = [:]
    private var nextWarning = ContinuousClock.now

    init(_ clients: [ClientKey], logger: Logger, metrics: BusMetrics) {
        self.logger = logger
        self.metrics = metrics
        self.clients = Self.byPublicKey(clients)
    }

    /// The name under which the client with this public key comes in; nil for strangers.
    func admit(_ publicKey: String) -> String? {
        guard let client = clients[publicKey], (banned[client.name] ?? .now) <= .now else { return nil }
        return client.name
    }

    var list: [ClientKey] { Array(clients.values) }

    func client(named name: String?) -> ClientKey? { clients.values.first { $0.name == name } }

    /// True when a key lost something: its connections live on, so all must be cut.
    func replace(by list: [ClientKey]) -> Bool {
        let new = Self.byPublicKey(list)
        defer { clients = new }
        return clients.contains { new[$0.key] != $0.value }
    }

    /// Decides about a message that came in at the feed.
    ///
    /// One frame: 1 and a topic to subscribe, 0 and a topic to unsubscribe. An unsubscription that libzmq makes for a
    /// connection that ended has no user.
    ///
    /// A message that is no subscription makes libzmq 4.3.4 lose count (tried) of which connection the queued
    /// subscriptions came from (xpub.cpp: `_pending_pipes` gets no entry for it), so that one client's could be granted
    /// to another. So all are cut, and who sent it stays out for a minute.
    func wish(_ message: Message) -> Wish {
        guard let frame = message.frames.first, let first = frame.first, first <= 1, message.frameCount == 1 else {
            metrics.garbageOnFeed()
            logger.error(
                "a client sent a message to the feed: cut for a minute", metadata: ["key": "\(message.userID ?? "")"])
            if let name = message.userID { banned[name] = .now + .seconds(60) }
            return .garbage
        }
        guard let client = client(named: message.userID) else { return .nothing }
        let topic = Array(frame.dropFirst())
        if first == 0 { return .unsubscribe(topic) }
        if client.maySubscribe(to: topic) { return .subscribe(topic) }
        metrics.refused("subscription")
        warn("a subscription outside the key was not taken up", key: client.name)
        return .nothing
    }

    /// At most one warning a second, as strangers come again and again; all are counted.
    func warn(_ message: Logger.Message, key: String? = nil) {
        guard nextWarning <= .now else { return }
        nextWarning = .now + .seconds(1)
        logger.warning(message, metadata: key.map { ["key": "\($0)"] })
    }

    private static func byPublicKey(_ list: [ClientKey]) -> [String: ClientKey] {
        let usable = list.filter { KeyPair.isUsable(publicKey: $0.publicKey) }
        return Dictionary(usable.map { ($0.publicKey, $0) }) { first, _ in first }
    }
}

extension Context {
    /// The socket of a feed, yet to be guarded and bound. Its owner takes up subscriptions; slow readers miss messages.
    func feedSocket(highWater: Int32) throws -> Socket {
        let feed = try socket(.xpub)
        try feed.set(.sendHighWater, highWater)
        try feed.set(.xpubVerbose, 1)
        try feed.set(.xpubManual, 1)
        try feed.set(.linger, 500)
        try feed.setMaxFrameBytes(4096)
        return feed
    }
}
