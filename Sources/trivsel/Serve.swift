import ArgumentParser
import Host
import Metrics

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the host: pages, API, event feed and desk.")

    func run() async throws {
        let settings = try Bootstrap.settings()
        let logger = Bootstrap.logger(settings)
        let starts = StartCount(dataDirectory: settings.dataDirectory)
        guard await starts.begin(logger) else { return }
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let base = try await Foundations(settings, logger: logger)
        try await base.refuseOwner()
        let host = TrivselHost(base, catalogue: ModuleCatalog.all, metrics: metrics) {
            try Bootstrap.settings().modulesEnabled
        }
        let warning = try await base.nobodyGetsIn()
        try await host.run { port in
            starts.clear()
            Bootstrap.say("Trivsel is at \(settings.publicURL ?? "http://\(settings.httpHost):\(port)")")
            if let warning { Bootstrap.say(warning) }
        }
    }
}
