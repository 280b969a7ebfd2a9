import EventBus
import EventKit
import Foundation
import Hummingbird
import HummingbirdTLS
import Logging
public import ModuleKit
import NIOCore
import OpenID
import ServiceLifecycle
import Storage
import UnixSignals
import Vault

/// The core host: loads the modules, serves pages and API, publishes the log and hands out work, until it is told to stop.
public struct TrivselHost: Sendable {
    /// The names of the queues that workers take work from.
    public static let queues = [NoticeReader.queue, WebhookJob.queue]

    let base: Foundations
    let catalogue: [any FeatureModule.Type]
    let metrics: PrometheusMetrics
    let reload: @Sendable () throws -> [String]

    private let clock: Clock
    private let hearsSignals: Bool
    private let door: TenantDoor?
    private let stopping = AsyncStream.makeStream(of: Never.self)
    private let reloading = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// - Parameters:
    ///   - hearsSignals: false for one of many hosts in a process: libdispatch crashes when sources of signals come and go.
    ///   - reload: reads `modules.enabled` again, on SIGHUP.
    public init(
        _ base: Foundations, catalogue: [any FeatureModule.Type], metrics: PrometheusMetrics, clock: Clock = .system,
        hearsSignals: Bool = true,
        reload: @escaping @Sendable () throws -> [String]
    ) {
        self.init(
            base, catalogue: catalogue, metrics: metrics, clock: clock, hearsSignals: hearsSignals, door: nil,
            reload: reload)
    }

    /// - Parameter door: where its requests come in; nil when it listens itself.
    init(
        _ base: Foundations, catalogue: [any FeatureModule.Type], metrics: PrometheusMetrics, clock: Clock,
        hearsSignals: Bool, door: TenantDoor?, reload: @escaping @Sendable () throws -> [String]
    ) {
        self.door = door
        (self.base, self.catalogue, self.metrics) = (base, catalogue, metrics)
        (self.clock, self.hearsSignals, self.reload) = (clock, hearsSignals, reload)
    }

    /// Starts everything, serves, and stops in reverse order within `stop.seconds` on SIGTERM, SIGINT or `stop()`.
    ///
    /// `whenReady` is told the port.
    /// - Throws: `StartFailure`, `ModuleFailure`, or what a service that ended by itself threw.
    public func run(whenReady: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
        let result: Result<Void, any Error>
        do { result = .success(try await Web.with { try await serve($0, whenReady) }) } catch {
            result = .failure(error)
        }
        await base.close()
        try result.get()
    }

    /// Begins the graceful stop, as SIGTERM does; `run` returns when it is done.
    public func stop() { stopping.continuation.finish() }

    /// Has the modules' list read again, as SIGHUP does.
    func readAnew() { reloading.continuation.yield() }

    private func serve(_ web: Web, _ whenReady: @escaping @Sendable (Int) -> Void) async throws {
        let settings = base.settings
        let certificate = door == nil ? try settings.certificateFiles.map { try ServerCertificate($0) } : nil
        let site = Site(
            institution: settings.installationName == "local" ? "NTNU" : settings.installationName,
            publicURL: settings.site, assets: Assets(), manifests: catalogue.map { $0.manifest })
        let parts = try await parts(site, try IdentityProviders(settings, web: web, clock: clock))
        let group = try group(parts, certificate, whenReady)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await parts.registry.serve() }
            tasks.addTask { [stopping] in
                for await _ in stopping.stream {}
                await group.triggerGracefulShutdown()
            }
            try await Self.listening(settings) { try await group.run() }
            tasks.cancelAll()
        }
    }

    /// - Throws: for an HTTP server that cannot take its address, a `StartFailure`.
    static func listening(_ settings: Settings, _ run: () async throws -> Void) async throws {
        do { try await run() } catch let error as IOError {
            throw refusal(settings, error.errnoCode)
        } catch is SocketAddressError.UnknownHost {
            throw refusal(settings, EADDRNOTAVAIL)
        }
    }

    private static func refusal(_ settings: Settings, _ code: CInt) -> StartFailure {
        let address = "\(settings.httpHost):\(settings.httpPort)"
        return switch code {
        case EADDRINUSE:
            StartFailure(
                "cannot listen on \(address) (it is in use); set http.port or TRIVSEL_HTTP_PORT to another one")
        case EADDRNOTAVAIL:
            StartFailure(
                "cannot listen on \(address) (this machine has no such address); set http.host to one of its own")
        default:
            StartFailure(
                "cannot listen on \(address) (\(String(cString: strerror(code)))); set http.host and http.port")
        }
    }

    /// Started in this order, stopped in reverse; also when one of them fails.
    private func group(
        _ parts: Parts, _ certificate: ServerCertificate?, _ whenReady: @escaping @Sendable (Int) -> Void
    ) throws -> ServiceGroup {
        let settings = base.settings
        let logger = base.logger
        let whenRunning: @Sendable (Int) -> Void = { port in
            parts.readiness.isServing = true
            whenReady(port)
        }
        let http: any Service =
            if let door {
                OpenDoor(door: door, responder: parts.responder) { whenRunning(settings.httpPort) }
            } else { try Self.server(parts.responder, certificate, settings, logger, whenRunning) }
        let watch = ModuleWatch(
            registry: parts.registry, switches: base.switches, configured: reload, state: parts.configured,
            certificate: certificate, hearsSignals: hearsSignals, reloads: reloading.stream, logger: logger)
        let retention = LogRetention(
            log: base.log, readers: base.readers, jobs: base.jobs, days: settings.eventDays, logger: logger)
        let webhooks = WebhookService(
            queue: webhooks, host: base.services(for: WebhookAlarm.module, clock: clock), logger: logger)
        let privacy = PrivacyRetention(
            database: base.database, vault: base.vault, clock: clock, months: settings.privacyMonths, logger: logger)
        let audit = AuditService(
            database: base.database, clock: clock, months: settings.auditMonths, metrics: metrics, logger: logger)
        let services: [any Service] = [
            base.vault, parts.bus, parts.registry, watch, retention, privacy, audit, webhooks, http,
        ]
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: hearsSignals ? [.sigterm, .sigint] : [], logger: logger)
        configuration.maximumGracefulShutdownDuration = settings.stopLimit
        return ServiceGroup(configuration: configuration)
    }

    /// - Parameter certificate: nil to listen without TLS.
    static func server<Responder: HTTPResponder>(
        _ responder: Responder, _ certificate: ServerCertificate?, _ settings: Settings, _ logger: Logger,
        _ whenRunning: @escaping @Sendable (Int) -> Void
    ) throws -> Application<Responder> where Responder.Context == AppContext {
        // A connection that sends nothing for so long is closed: it must neither wear us out nor hold up a stop.
        let idle = TimeAmount.seconds(30)
        return Application(
            responder: responder,
            server: try certificate.map {
                try .tls(.http1(configuration: .init(idleTimeout: idle)), tlsConfiguration: $0.configuration)
            } ?? .http1(configuration: .init(idleTimeout: idle)),
            configuration: .init(address: .hostname(settings.httpHost, port: settings.httpPort)),
            onServerRunning: { channel in whenRunning(channel.localAddress?.port ?? settings.httpPort) },
            logger: logger)
    }

    /// What a run consists of.
    private struct Parts {
        let bus: BusServer
        let registry: ModuleRegistry
        let responder: SwitchingResponder
        let configured: ConfiguredModules
        let readiness: Readiness
    }

    private func parts(_ site: Site, _ providers: IdentityProviders) async throws -> Parts {
        let settings = base.settings
        let files = KeyFiles(dataDirectory: settings.dataDirectory)
        let serverKey = try files.server()
        let bus = try bus(site, serverKey)
        let readiness = Readiness()
        let responder = SwitchingResponder(Router(context: AppContext.self))
        let configured = ConfiguredModules(settings.modulesEnabled)
        let mount = Mounting(
            base: base, site: site, metrics: metrics, clock: clock, bus: bus, readiness: readiness,
            mailFolder: "\(settings.dataDirectory)/mail", schemas: try EventSchemas(catalogue, site: settings.site),
            streams: EventStream(log: base.log), manifests: catalogue.map { $0.manifest },
            providers: providers, limits: settings.requestLimits(clock))
        let registry = ModuleRegistry(
            catalogue: catalogue, database: base.database, logger: base.logger,
            make: { try base.make($0, clock: clock) },
            readers: { [noticeReader($0)] + handlers($0) },
            remount: { modules, registry in
                site.modules = modules
                responder.swap(to: mount.router(modules, registry: registry, configured: configured))
            })
        try await registry.check(settings.modulesEnabled)
        do { try await bus.start() } catch {
            throw StartFailure("cannot bind feed and desk: \(error); set feed.endpoint and desk.endpoint")
        }
        do {
            if let endpoints = bus.endpoints {
                try await files.prepareWorkers(keys: base.keys, server: serverKey, endpoints: endpoints)
            }
            try await registry.bring(to: try await base.switches.wanted(configured: settings.modulesEnabled))
        } catch {
            await bus.stop()
            throw error
        }
        await registry.mountAll()
        return Parts(bus: bus, registry: registry, responder: responder, configured: configured, readiness: readiness)
    }

    private func bus(_ site: Site, _ serverKey: KeyPair) throws -> BusServer {
        let composer = MailComposer(
            database: base.database, site: site, directory: base.directory, clock: clock)
        return try BusServer(
            log: base.log, keys: base.keys, jobs: base.jobs,
            queues: [WorkQueue(name: NoticeReader.queue) { try await composer.compose($0) }, webhooks.queue],
            states: { site.modules.flatMap(\.states) }, serverKey: serverKey,
            endpoints: BusEndpoints(feed: base.settings.feedEndpoint, desk: base.settings.deskEndpoint),
            stallSeconds: base.settings.stallSeconds, logger: base.logger)
    }

    private var webhooks: WebhookQueue { WebhookQueue(webhooks: base.webhooks, clock: clock) }

    private func noticeReader(_ module: any FeatureModule) -> any Service {
        let reader = NoticeReader(module: module, jobs: base.jobs, lookups: base.vault.lookups)
        let topics = type(of: module).manifest.topics.compactMap { TopicPattern($0) }
        return LogReader(
            name: reader.name, topics: topics, log: base.log, database: base.database, logger: base.logger,
            afterCommit: { [jobs = base.jobs] in jobs.wake() }, handle: { try reader.handle($0, in: $1) })
    }

    private func handlers(_ module: any FeatureModule) -> [any Service] {
        module.handlers.map { handler in
            LogReader(
                name: handler.name, topics: handler.topics, log: base.log, database: base.database, logger: base.logger,
                handle: handler.handle)
        }
    }
}
