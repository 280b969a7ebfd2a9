import Foundation
public import Logging
public import ServiceLifecycle
public import Storage
import Synchronization
import ZeroMQ

/// Publishes the log on the feed and answers at the desk.
public final class BusServer: Service {
    private struct State {
        var thread: SocketThread<BusSockets>?
        var endpoints: BusEndpoints?
        var head: Int64 = 0
        var stalled: [StalledQueue] = []
    }

    let log: EventLog
    let keys: KeyStore
    let desk: Desk
    let logger: Logger
    /// A queue whose oldest work has waited so many seconds stands still.
    let stallSeconds: Int64
    let requests: AsyncStream<DeskMessage>
    /// Comes every 250 ms.
    let ticks = Wake()
    private let settings: BusSockets.Settings
    private let wanted: BusEndpoints
    private let state = Mutex(State())

    /// - Parameters:
    ///   - states: what readers that come late can fetch.
    ///   - stallSeconds: how long the oldest work of a queue may wait before that is an alarm.
    /// - Throws: `BusError` (`invalid`) for a server key that libzmq's manual prints.
    public convenience init(
        log: EventLog, keys: KeyStore, jobs: JobStore, queues: [WorkQueue],
        states: @escaping @Sendable () -> [StateSource] = { [] }, serverKey: KeyPair,
        endpoints: BusEndpoints = BusEndpoints(), stallSeconds: Int64 = 600, logger: Logger
    ) throws {
        try self.init(
            log: log, keys: keys, jobs: jobs, queues: queues, states: states, serverKey: serverKey,
            endpoints: endpoints,
            feedHighWater: 10_000, stallSeconds: stallSeconds, logger: logger, metrics: BusMetrics())
    }

    init(
        log: EventLog, keys: KeyStore, jobs: JobStore, queues: [WorkQueue],
        states: @escaping @Sendable () -> [StateSource] = { [] }, serverKey: KeyPair, endpoints: BusEndpoints,
        feedHighWater: Int32, stallSeconds: Int64 = 600, logger: Logger, metrics: BusMetrics
    ) throws {
        guard KeyPair.isUsable(publicKey: serverKey.publicKey) else {
            throw BusError(.invalid, "the server's key is one that libzmq's manual prints; make another one")
        }
        let (stream, requests) = AsyncStream.makeStream(of: DeskMessage.self)
        self.log = log
        self.keys = keys
        self.requests = stream
        self.logger = logger
        self.stallSeconds = stallSeconds
        wanted = endpoints
        desk = Desk(
            log: log, jobs: jobs, readers: DurableReaders(database: jobs.database, now: jobs.now),
            snapshots: Snapshots(database: jobs.database, sources: states),
            queues: Dictionary(queues.map { ($0.name, $0) }) { first, _ in first },
            logger: logger,
            metrics: metrics)
        // Not bounded here: `BusSockets` lets in no more than `maxOpenRequests`.
        settings = BusSockets.Settings(
            pair: try serverKey.curve(), feedHighWater: feedHighWater, logger: logger, metrics: metrics,
            onRequest: { requests.yield($0) },
            onTick: { [ticks] in
                ticks.send()
                jobs.wake()
            })
    }

    /// Where the sockets are bound; nil while they are not.
    public var endpoints: BusEndpoints? { state.withLock { $0.endpoints } }

    /// The queues whose work nobody takes, as last looked at.
    public internal(set) var stalledQueues: [StalledQueue] {
        get { state.withLock { $0.stalled } }
        set { state.withLock { $0.stalled = newValue } }
    }

    /// Binds feed and desk, the ZAP handler first. `run` does it if nobody did before.
    ///
    /// - Throws: `ZeroMQError`, whose text names the address, for one that is in use.
    @discardableResult
    public func start() async throws -> BusEndpoints {
        if let endpoints { return endpoints }
        for endpoint in [wanted.feed, wanted.desk] { try Self.makeFolder(for: endpoint) }
        let clients = try await keys.list()
        let (epoch, _, head) = try await log.bounds()
        let thread = try SocketThread(name: "bus") { [settings, wanted] in
            try BusSockets(
                settings, endpoints: wanted, clients: clients, epoch: FeedHeader.lowHalf(of: epoch), head: head)
        }
        let bound = try await thread.run { $0.endpoints }
        state.withLock { $0 = State(thread: thread, endpoints: bound, head: head) }
        logger.info("feed and desk are bound", metadata: ["feed": "\(bound.feed)", "desk": "\(bound.desk)"])
        return bound
    }

    /// Serves until the task is cancelled or a graceful shutdown begins; then releases the sockets.
    ///
    /// - Throws: what ended the socket thread, and with it the ZAP handler: the host must stop then.
    public func run() async throws {
        try await start()
        let (thread, head) = state.withLock { ($0.thread, $0.head) }
        guard let thread else { return }
        try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup { group in
                group.addTask { try await self.guardThread(thread) }
                group.addTask { await self.serve(thread) }
                group.addTask { await self.publish(after: head, thread) }
                group.addTask { await self.lookAfterKeysAndJobs(thread) }
                try await group.next()
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    /// Releases the sockets of a server that was started and is not run.
    public func stop() async {
        guard let thread = state.withLock({ $0.thread }) else { return }
        thread.stop()
        try? await thread.ended()
        state.withLock { $0 = State() }
    }

    /// Runs `body` on the socket thread; an error of it ends the thread.
    func perform(_ body: @escaping @Sendable (BusSockets) throws -> Void) {
        state.withLock { $0.thread }?.perform(body)
    }

    /// The folder of an `ipc://` endpoint, which only this user may enter.
    private static func makeFolder(for endpoint: String) throws {
        guard endpoint.hasPrefix("ipc://") else { return }
        let folder = URL(filePath: String(endpoint.dropFirst(6))).deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// The watchdog: ends when the thread does.
    private func guardThread(_ thread: SocketThread<BusSockets>) async throws {
        defer { state.withLock { $0 = State() } }
        try await withTaskCancellationHandler {
            try await thread.ended()
        } onCancel: {
            thread.stop()
        }
    }
}
