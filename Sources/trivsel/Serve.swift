import ArgumentParser
import Host
import Logging
import Metrics

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the host: pages, API, event feed and desk.")

    func run() async throws {
        let settings = try Bootstrap.anySettings()
        let logger = Bootstrap.logger(settings)
        let starts = StartCount(dataDirectory: settings.dataDirectory)
        guard await starts.begin(logger) else { return }
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        if settings.isForTenants { return try await serveTenants(settings, metrics, logger, starts) }
        let base = try await Foundations(settings, logger: logger)
        try await base.refuseOwner()
        let host = TrivselHost(base, catalogue: ModuleCatalog.all, metrics: metrics) {
            try Bootstrap.settings().modulesEnabled
        }
        let warning = try await base.nobodyGetsIn()
        try await host.run { port in
            starts.clear()
            Bootstrap.say("Trivsel is at \(settings.site(port: port))")
            if let warning { Bootstrap.say(warning) }
        }
    }

    private func serveTenants(
        _ settings: Settings, _ metrics: PrometheusMetrics, _ logger: Logger, _ starts: StartCount
    ) async throws {
        let host = TenantsHost(settings, catalogue: ModuleCatalog.all, metrics: metrics, logger: logger) {
            try Bootstrap.tenant($0)
        }
        try await host.run { port, status in
            starts.clear()
            Bootstrap.say("Trivsel is at http://\(settings.httpHost):\(port), for several institutions")
            Bootstrap.say("Their state is at http://127.0.0.1:\(status)/health/ready and /metrics")
        }
    }
}
