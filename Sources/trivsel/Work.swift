import ArgumentParser
import EventBus
import Foundation
import Host
import Logging
import Metrics
import ServiceLifecycle
import UnixSignals
import Workers

struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a worker process, any number share the work; or decide on what was given up.",
        subcommands: [Notifications.self, Webhooks.self, Parked.self, Retry.self, Drop.self])

    struct Notifications: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send mails. Needs only its key: TRIVSEL_WORKER_KEY_FILE, else the one in the data directory.")
        @OptionGroup var figures: Figures

        func run() async throws {
            let settings = try Bootstrap.settings(needsModules: false)
            let logger = Bootstrap.logger(settings)
            let credentials = try Work.credentials(KeyFiles(dataDirectory: settings.dataDirectory).notifications)
            let mail = try MailSettings(
                from: settings.mailFrom, smtpURL: settings.smtpURL, caFile: settings.mailCAFile,
                folder: "\(settings.dataDirectory)/mail")
            let worker = try NotificationsWorker(credentials, mail: mail, logger: logger)
            try await Work.run(worker, figures, settings, logger)
        }
    }

    struct Webhooks: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send webhooks. Needs only its key: TRIVSEL_WORKER_KEY_FILE, else the one in the data directory.")
        @OptionGroup var figures: Figures

        func run() async throws {
            let settings = try Bootstrap.settings(needsModules: false)
            let logger = Bootstrap.logger(settings)
            let worker = try WebhooksWorker(
                try Work.credentials(KeyFiles(dataDirectory: settings.dataDirectory).webhooks),
                policy: settings.webhookPolicy, caFile: settings.webhookCAFile, logger: logger)
            try await Work.run(worker, figures, settings, logger)
        }
    }

    /// Where a worker shows its own figures.
    struct Figures: ParsableArguments {
        @Option(help: "Show /metrics on this port of this machine.") var metricsPort: Int?

        func validate() throws {
            guard metricsPort.map((1...65_535).contains) ?? true else {
                throw ValidationError("--metrics-port takes 1 to 65535")
            }
        }
    }

    /// The key at `path`, unless the environment names another file.
    private static func credentials(_ path: String) throws -> ClientCredentials {
        try KeyFile.read(ProcessInfo.processInfo.environment["TRIVSEL_WORKER_KEY_FILE"] ?? path)
    }

    /// Runs a worker until the process is to stop.
    private static func run(
        _ worker: any Service, _ figures: Figures, _ settings: Settings, _ logger: Logger
    ) async throws {
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [.init(service: worker)]
        if let port = figures.metricsPort {
            let metrics = PrometheusMetrics()
            MetricsSystem.bootstrap(metrics)
            services.insert(.init(service: MetricsPage.service(metrics, port: port, logger: logger)), at: 0)
        }
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = settings.stopLimit
        try await ServiceGroup(configuration: group).run()
    }
}
