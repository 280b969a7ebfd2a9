import Logging
import Metrics
import ModuleKit
import Storage

/// One of several institutions in a process: all that a host is but the HTTP server.
///
/// When it cannot be started, or ends by itself, it is tried again until it is taken away; the others go on.
actor TenantRun {
    enum State: Sendable, Equatable {
        case starting, serving
        case failed(String)
    }

    /// What all of them have in common.
    struct Surroundings: Sendable {
        let catalogue: [any FeatureModule.Type]
        let clock: Clock
        let logger: Logger
        let load: @Sendable (String) throws -> Settings
        let doors = TenantDoors()
        let claims = TenantClaims()
    }

    nonisolated let name: String
    nonisolated let metrics = PrometheusMetrics(showsProcess: false)
    private let around: Surroundings
    private let logger: Logger
    private let door: TenantDoor
    private(set) var state = State.starting
    private var host: TrivselHost?
    private var isLeaving = false
    private var failures = 0
    /// Somebody wants it tried again, while it was being tried or waits.
    private var isAsked = false
    private var waking: AsyncStream<Never>.Continuation?
    private let settled = AsyncStream.makeStream(of: Never.self)
    private let ended = AsyncStream.makeStream(of: Never.self)

    init(_ name: String, _ around: Surroundings) {
        (self.name, self.around) = (name, around)
        door = TenantDoor(tenant: name, metrics: metrics)
        var logger = around.logger
        logger[metadataKey: "tenant"] = "\(name)"
        self.logger = logger
    }

    /// Takes what is its own before those that come later can.
    func claim() { try? around.claims.take(try around.load(name), for: name) }

    /// Until `leave`.
    func run() async {
        while !isLeaving, !Task.isCancelled {
            do { try await withMetricsFactory(metrics) { try await attempt() } } catch { note(.failed("\(error)")) }
            if isLeaving { break }
            failures += 1
            await pause(StartCount.pause(after: failures))
        }
        around.doors.take(door)
        around.claims.release(name)
        settled.continuation.finish()
        ended.continuation.finish()
    }

    /// Begins its graceful stop and returns when that is done.
    func leave() async {
        isLeaving = true
        host?.stop()
        wake()
        for await _ in ended.stream {}
    }

    /// Reads its modules anew; one that is not served is tried again at once.
    func readAnew() {
        host?.readAnew()
        if host == nil { wake() }
    }

    /// Returns when it serves or has failed for the first time.
    func hasSettled() async { for await _ in settled.stream {} }

    private func attempt() async throws {
        let settings = try around.load(name)
        try around.claims.take(settings, for: name)
        around.doors.take(door)
        if let address = settings.hostName { around.doors.put(door, at: address) }
        var logger = logger
        logger.logLevel = settings.logLevel
        let base = try await Foundations(settings, logger: logger)
        do { try await check(base) } catch {
            await base.close()
            throw error
        }
        guard !isLeaving else { return await base.close() }
        let host = TrivselHost(
            base, catalogue: around.catalogue, metrics: metrics, clock: around.clock, hearsSignals: false, door: door
        ) { [around, name] in try around.load(name).modulesEnabled }
        self.host = host
        defer { self.host = nil }
        try await serve(host)
    }

    private func check(_ base: Foundations) async throws {
        try around.claims.take(base.settings, for: name, logOf: try await base.log.bounds().epoch)
        try await base.refuseOwner()
        if let warning = try await base.nobodyGetsIn() { base.logger.warning("\(warning)") }
    }

    private func serve(_ host: TrivselHost) async throws {
        let (opened, open) = AsyncStream.makeStream(of: Never.self)
        try await withThrowingDiscardingTaskGroup { tasks in
            tasks.addTask {
                for await _ in opened {}
                if !Task.isCancelled { await self.note(.serving) }
            }
            try await host.run { _ in open.finish() }
            tasks.cancelAll()
        }
    }

    private func note(_ new: State) {
        guard !isLeaving else { return }
        state = new
        var isFailed = false
        if case .failed(let reason) = new {
            isFailed = true
            logger.error("a tenant is not served", metadata: ["error": "\(reason)"])
        } else {
            failures = 0
        }
        Alarm("tenant-down", path: "/admin/events", factory: metrics).show(isFailed ? 1 : 0)
        settled.continuation.finish()
    }

    private func wake() {
        isAsked = true
        waking?.finish()
    }

    /// At most so long, and not at all when it is asked for.
    private func pause(_ time: Duration) async {
        let (wakes, waking) = AsyncStream.makeStream(of: Never.self)
        self.waking = isAsked ? nil : waking
        if !isAsked {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { for await _ in wakes {} }
                group.addTask { try? await Task.sleep(for: time) }
                await group.next()
                group.cancelAll()
            }
        }
        isAsked = false
    }
}
