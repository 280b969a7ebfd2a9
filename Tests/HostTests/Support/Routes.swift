import EventBus
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import TrivselTesting

@testable import Host

extension HostHarness {
    /// A route of the running host: its method and its pattern, such as `/deviations/{id}`.
    struct Route: Sendable, Hashable, CustomStringConvertible {
        let method: HTTPRequest.Method
        let path: String

        var description: String { "\(method) \(path)" }
        var isForAPI: Bool { path.hasPrefix("/api/") || path.hasPrefix("/scim/") }

        /// The address, with what stands for its parameters; the case's id is `{id}`.
        func address(id: String) -> String {
            path.replacing("{id}", with: id).replacing("{name}", with: "a.eml").replacing("{contact}", with: "politi")
                .replacing("{deputyship}", with: "demo-elin-knut").replacing(/\{[a-z]+\}/, with: "x1")
        }
    }

    /// Every route of a host with these modules.
    func routes(_ modules: [any FeatureModule.Type]) async throws -> [Route] {
        let logger = base.logger
        let made = try modules.map { try base.make($0) }
        let site = Site(institution: "NTNU", publicURL: "", assets: Assets())
        let bus = try BusServer(
            log: base.log, keys: base.keys, jobs: base.jobs, queues: [], serverKey: try KeyPair.generate(),
            logger: logger)
        let registry = ModuleRegistry(
            catalogue: modules, database: base.database, logger: logger, make: { try base.make($0) },
            readers: { _ in [] }, remount: { _, _ in })
        let mounting = Mounting(
            base: base, site: site, metrics: PrometheusMetrics(), clock: .system, bus: bus, readiness: Readiness(),
            mailFolder: "", schemas: try EventSchemas(modules, site: ""), streams: EventStream(log: base.log),
            manifests: modules.map { $0.manifest }, providers: IdentityProviders([]),
            limits: RequestLimits([:], proxies: Proxies(trusted: []), clock: .system))
        return mounting.router(made, registry: registry, configured: ConfiguredModules([])).routes
            .map { Route(method: $0.method, path: $0.path.description) }
    }
}
