import EventBus
import Hummingbird
import ModuleKit
import Storage
import Synchronization
import Vault

/// Whether the server accepts connections.
final class Readiness: Sendable {
    private let serving = Mutex(false)

    var isServing: Bool {
        get { serving.withLock(\.self) }
        set { serving.withLock { $0 = newValue } }
    }
}

/// Builds the router for a set of modules: the host's own routes and theirs, behind the same middleware.
struct Mounting: Sendable {
    let base: Foundations
    let site: Site
    let metrics: PrometheusMetrics
    let clock: Clock
    let bus: BusServer
    let readiness: Readiness
    let mailFolder: String
    let schemas: EventSchemas
    let streams: EventStream
    let manifests: [ModuleManifest]
    let providers: IdentityProviders
    let limits: RequestLimits

    func router(_ modules: [any FeatureModule], registry: ModuleRegistry, configured: ConfiguredModules) -> Router<
        AppContext
    > {
        let router = Router(context: AppContext.self, options: .autoGenerateHeadEndpoints)
        #if DEBUG
            router.add(middleware: KillPointMiddleware())
        #endif
        let known = KnownRoutes()
        let problems = ProblemMiddleware(
            site: site, directory: base.directory, clock: clock, exit: base.settings.exitURL)
        router.addMiddleware {
            CountingMiddleware(except: manifests.filter(\.isDiscreet).map(\.id))
            SafetyMiddleware(secure: site.secure)
            problems
            AddressLimitMiddleware(limits: limits, site: site)
            VisitMiddleware(
                sessions: base.sessions, directory: base.directory, clock: clock, site: site,
                untraced: Set(manifests.filter(\.isDiscreet).flatMap(\.untraced)),
                searches: Set(manifests.flatMap(\.searches).map { "/api/v1/\($0)" }))
            problems
            VisitLimitMiddleware(limits: limits, site: site)
            OriginMiddleware()
            MethodMiddleware(known: known)
        }
        mountHost(on: router, modules, registry, configured)
        let on = Set(modules.map { type(of: $0).manifest.id })
        for manifest in manifests where manifest.isDiscreet && !on.contains(manifest.id) {
            ClosedPage(manifest: manifest, directory: base.directory).mount(on: router)
        }
        for module in modules {
            let id = type(of: module).manifest.id
            module.mount(on: ModuleRoutes(pages: router.group(RouterPath(id)), api: router.group("api/v1")))
        }
        known.take(router)
        return router
    }

    private func mountHost(
        on router: Router<AppContext>, _ modules: [any FeatureModule], _ registry: ModuleRegistry,
        _ configured: ConfiguredModules
    ) {
        site.assets.mount(on: router)
        FrontPage(
            site: site, directory: base.directory, privacyMonths: base.settings.privacyMonths,
            auditMonths: base.settings.auditMonths
        ).mount(on: router)
        SpeakUpPages(site: site, directory: base.directory).mount(on: router)
        HelpPage(directory: base.directory, exit: base.settings.exitURL).mount(on: router)
        let contacts = ContactPages(database: base.database, directory: base.directory)
        contacts.mount(on: router)
        let deputies = DeputyPages(database: base.database, directory: base.directory)
        deputies.mount(on: router)
        let roles = Roles(database: base.database)
        RolePages(roles: roles).mount(on: router)
        ScimAPI(store: ScimStore(database: base.database, site: base.settings.site)).mount(on: router)
        SignInPages(
            sessions: base.sessions, directory: base.directory, site: site, demo: base.settings.offersDemoSignIn,
            providers: ProviderPages(
                sessions: base.sessions, logins: Logins(database: base.database), providers: providers, site: site)
        ).mount(on: router)
        AdminPages(
            registry: registry, switches: base.switches,
            apply: { [switches = base.switches] in
                try await registry.bring(to: try await switches.wanted(configured: configured.names))
            },
            byHand: { [switches = base.switches] in try await switches.byHand(configured: configured.names) },
            bus: BusOverview(
                log: base.log, keys: base.keys, jobs: base.jobs, readers: base.readers, queues: TrivselHost.queues,
                stallSeconds: base.settings.stallSeconds),
            mails: MailFolder(path: mailFolder)
        ).mount(on: router)
        WorkPages(jobs: base.jobs).mount(on: router)
        PolicyPage(site: site).mount(on: router)
        WebhookPages(webhooks: base.webhooks).mount(on: router)
        Health(checks: checks(registry), warnings: stalls).mount(on: router)
        MetricsPage.mount(metrics, on: router)
        let api = router.group("api/v1")
        DirectoryAPI(directory: base.directory).mount(on: api)
        ReferencePages(database: base.database).mount(on: router, api: api)
        ContactsAPI(pages: contacts).mount(on: api)
        DeputiesAPI(pages: deputies).mount(on: api)
        RolesAPI(roles: roles).mount(on: api)
        WebhooksAPI(webhooks: base.webhooks).mount(on: api)
        let requests = PrivacyRequests(
            database: base.database, vault: base.vault, site: site, months: base.settings.privacyMonths,
            audit: base.audit)
        OwnDataPages(
            database: base.database,
            data: HostData(database: base.database, lookups: base.vault.lookups, site: site), site: site,
            requests: requests
        ).mount(on: router, api: api)
        TokenPages(sessions: base.sessions).mount(on: router, api: api)
        SessionPages(
            sessions: base.sessions, site: site,
            titles: Dictionary(base.settings.providers.map { ($0.name, $0.title) }) { first, _ in first }
        ).mount(on: router, api: api)
        PrivacyRequestPages(requests: requests).mount(on: router)
        PrivacyRequestsAPI(requests: requests).mount(on: api)
        let audit = AuditDesk(list: AuditList(database: base.database, lookups: base.vault.lookups), trail: base.audit)
        AuditPages(desk: audit).mount(on: router)
        AuditAPI(desk: audit).mount(on: api)
        OpenAPIDocument(modules: modules).mount(on: api)
        schemas.mount(on: api)
        streams.mount(on: router, api: api)
        AsyncAPIDocument(
            modules: modules, schemas: schemas, site: base.settings.site,
            endpoints: publicEndpoints
        ).mount(on: api)
    }

    /// What clients are told: the settings' first addresses, or where the sockets are bound.
    private var publicEndpoints: BusEndpoints {
        let (told, settings) = (base.settings.publicEndpoints, base.settings)
        return BusEndpoints(
            feed: told.feed == settings.feedEndpoint ? bus.endpoints?.feed ?? told.feed : told.first.feed,
            desk: told.desk == settings.deskEndpoint ? bus.endpoints?.desk ?? told.desk : told.first.desk)
    }

    private func stalls() -> [String] {
        bus.stalledQueues.map { "queue \($0.name): its oldest work has waited for \($0.seconds) s" }
    }

    private func checks(_ registry: ModuleRegistry) -> [Health.Check] {
        [
            Health.Check(name: "server") { [readiness] in readiness.isServing },
            Health.Check(name: "database") { [database = base.database] in
                (try? await database.read { try $0.first("SELECT 1") { $0.int(0) } }) == 1
            },
            Health.Check(name: "feed and desk") { [bus] in bus.endpoints != nil },
            Health.Check {
                await registry.reports.compactMap {
                    if case .failed = $0.state { "module \($0.manifest.id)" } else { nil }
                }
            },
        ]
    }
}
