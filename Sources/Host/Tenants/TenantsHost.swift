public import Logging
public import ModuleKit
import ServiceLifecycle
import UnixSignals

/// Serves several institutions, each with a database, keys, log and settings of its own, behind one HTTP server.
public struct TenantsHost: Sendable {
    private let settings: Settings
    private let metrics: PrometheusMetrics
    private let logger: Logger
    private let hearsSignals: Bool
    private let folder: TenantFolder
    private let around: TenantRun.Surroundings
    private let tenants: Tenants
    private let stopping = AsyncStream.makeStream(of: Never.self)

    /// - Parameters:
    ///   - settings: those of the process; `tenants.directory` is set.
    ///   - hearsSignals: as for `TrivselHost`.
    ///   - load: reads the settings of the tenant of this name.
    public init(
        _ settings: Settings, catalogue: [any FeatureModule.Type], metrics: PrometheusMetrics, logger: Logger,
        clock: Clock = .system, hearsSignals: Bool = true, load: @escaping @Sendable (String) throws -> Settings
    ) {
        (self.settings, self.metrics, self.logger, self.hearsSignals) = (settings, metrics, logger, hearsSignals)
        folder = TenantFolder(settings)
        around = TenantRun.Surroundings(catalogue: catalogue, clock: clock, logger: logger, load: load)
        tenants = Tenants(around)
    }

    /// Serves until SIGTERM, SIGINT or `stop()`. A tenant that cannot be started is an alarm and tried again.
    ///
    /// `whenReady` is told the ports of the HTTP server and of the status page, when every tenant serves or has failed.
    /// - Throws: `StartFailure` when an address is taken or the folder cannot be read.
    public func run(whenReady: @escaping @Sendable (Int, Int) -> Void = { _, _ in }) async throws {
        let names = try folder.names()
        let (https, http) = AsyncStream.makeStream(of: Int.self)
        let (statuses, status) = AsyncStream.makeStream(of: Int.self)
        let certificate = try settings.certificateFiles.map { try ServerCertificate($0) }
        let group = try group(certificate, { http.yield($0) }, { status.yield($0) })
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await tenants.serve() }
            await tenants.bring(to: names)
            tasks.addTask {
                for await _ in stopping.stream {}
                await group.triggerGracefulShutdown()
            }
            tasks.addTask {
                for await port in https {
                    for await status in statuses {
                        await tenants.haveSettled()
                        return whenReady(port, status)
                    }
                }
            }
            if hearsSignals {
                tasks.addTask {
                    for await _ in await UnixSignalsSequence(trapping: .sighup) {
                        certificate?.renew(logger)
                        await readAnew()
                    }
                }
            }
            try await TrivselHost.listening(settings) { try await group.run() }
            tasks.cancelAll()
        }
    }

    /// Takes up new tenants, stops those that are gone, and has the others read their modules, as SIGHUP does.
    public func readAnew() async {
        do { await tenants.bring(to: try folder.names()) } catch {
            logger.error("the tenants were not taken over", metadata: ["error": "\(error)"])
        }
    }

    /// Begins the graceful stop, as SIGTERM does.
    public func stop() { stopping.continuation.finish() }

    /// Started in this order, stopped in reverse.
    private func group(
        _ certificate: ServerCertificate?, _ whenListening: @escaping @Sendable (Int) -> Void,
        _ whenShown: @escaping @Sendable (Int) -> Void
    ) throws -> ServiceGroup {
        let services: [any Service] = [
            tenants, TenantStatus(tenants: tenants, metrics: metrics).service(settings.statusPort, logger, whenShown),
            try TrivselHost.server(around.doors, certificate, settings, logger, whenListening),
        ]
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: hearsSignals ? [.sigterm, .sigint] : [], logger: logger)
        configuration.maximumGracefulShutdownDuration = settings.stopLimit
        return ServiceGroup(configuration: configuration)
    }
}
