public import Logging
public import ServiceLifecycle
import Synchronization
import ZeroMQ

/// Passes a feed on to many readers, or over a long line: to the host it is one reader, to its readers a feed.
///
/// It keeps nothing. What it does not deliver, a reader asks the host's desk for, as always.
public final class Relay: Service {
    private let settings: RelaySockets.Settings
    private let keys: RelayKeys
    private let wanted: String
    private let logger: Logger
    private let thread = Mutex<SocketThread<RelaySockets>?>(nil)

    /// - Parameters:
    ///   - upstream: the relay's own key at the host, which must cover what its readers may read.
    ///   - keys: who may come in here; read again when the file changes.
    ///   - pair: the relay's key, whose public half its readers need.
    /// - Throws: `BusError` (`invalid`) for credentials that are malformed, or a pair that libzmq's manual prints.
    public init(upstream: ClientCredentials, keys: RelayKeys, pair: KeyPair, endpoint: String, logger: Logger) throws {
        guard let own = CurveKeyPair(secretKey: upstream.secretKey), own.publicKey == upstream.publicKey,
            CurveKeyPair.bytes(of: upstream.feedServerKey ?? upstream.serverKey) != nil,
            KeyPair.isUsable(publicKey: pair.publicKey)
        else { throw BusError(.invalid, "the relay's key file holds no key pair and server key") }
        settings = RelaySockets.Settings(
            upstream: upstream, upstreamPair: own, pair: try pair.curve(), logger: logger, metrics: BusMetrics())
        self.keys = keys
        self.logger = logger
        wanted = endpoint
    }

    /// Binds, the ZAP handler first. `run` does it if nobody did before.
    ///
    /// - Returns: where it is bound.
    /// - Throws: `RelayKeys.Failure`; `ZeroMQError`, whose text names the address, for one that is in use.
    @discardableResult
    public func start() async throws -> String {
        if let running = thread.withLock(\.self) { return try await running.run { $0.endpoint } }
        let clients = try keys.read()
        let thread = try SocketThread(name: "relay") { [settings, wanted] in
            try RelaySockets(settings, endpoint: wanted, clients: clients)
        }
        let endpoint = try await thread.run { $0.endpoint }
        self.thread.withLock { $0 = thread }
        logger.info("relay is bound", metadata: ["feed": "\(endpoint)", "host": "\(settings.upstream.feed)"])
        return endpoint
    }

    /// Serves until the task is cancelled or a graceful shutdown begins; then releases the sockets.
    ///
    /// - Throws: what ended the socket thread, such as `BusError` (`refused`) when the host does not know the relay.
    public func run() async throws {
        let stamp = keys.stamp
        try await start()
        guard let thread = thread.withLock(\.self) else { return }
        try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup { group in
                group.addTask {
                    try await withTaskCancellationHandler {
                        try await thread.ended()
                    } onCancel: {
                        thread.stop()
                    }
                }
                group.addTask { await self.followKeys(thread, since: stamp) }
                try await group.next()
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    /// Twice a second looks whether the file is another one, and decides about those who came with an unknown key. A
    /// file that cannot be read leaves the keys as they are.
    private func followKeys(_ thread: SocketThread<RelaySockets>, since first: [String]?) async {
        var known = first
        while (try? await Task.sleep(for: .milliseconds(500))) != nil {
            guard let mark = try? await thread.run({ $0.handshakeMark }) else { return }
            let stamp = keys.stamp
            if stamp != known {
                known = stamp
                await takeOver(thread)
            }
            try? await thread.run { try $0.answerHeld(through: mark) }
        }
    }

    private func takeOver(_ thread: SocketThread<RelaySockets>) async {
        do {
            let clients = try keys.read()
            try await thread.run { try $0.setClients(clients) }
            logger.info("the relay's keys were read anew", metadata: ["keys": "\(clients.count)"])
        } catch {
            logger.error("the relay's keys were not taken over: the known ones stay", metadata: ["error": "\(error)"])
        }
    }
}
