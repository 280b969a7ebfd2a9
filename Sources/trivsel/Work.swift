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
        subcommands: [Notifications.self, Parked.self, Retry.self, Drop.self])

    struct Notifications: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send mails. Needs only its key: TRIVSEL_WORKER_KEY_FILE, else the one in the data directory.")
        @Option(help: "Show /metrics on this port of this machine.") var metricsPort: Int?

        func validate() throws {
            guard metricsPort.map((1...65_535).contains) ?? true else {
                throw ValidationError("--metrics-port takes 1 to 65535")
            }
        }

        func run() async throws {
            let settings = try Bootstrap.settings(needsModules: false)
            let logger = Bootstrap.logger(settings)
            let path =
                ProcessInfo.processInfo.environment["TRIVSEL_WORKER_KEY_FILE"]
                ?? KeyFiles(dataDirectory: settings.dataDirectory).notifications
            let credentials = try KeyFile.read(path)
            let mail = try MailSettings(
                from: settings.mailFrom, smtpURL: settings.smtpURL, caFile: settings.mailCAFile,
                folder: "\(settings.dataDirectory)/mail")
            let worker = try NotificationsWorker(credentials, mail: mail, logger: logger)
            var services: [ServiceGroupConfiguration.ServiceConfiguration] = [.init(service: worker)]
            if let metricsPort {
                let metrics = PrometheusMetrics()
                MetricsSystem.bootstrap(metrics)
                services.insert(
                    .init(service: MetricsPage.service(metrics, port: metricsPort, logger: logger)), at: 0)
            }
            var group = ServiceGroupConfiguration(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            group.maximumGracefulShutdownDuration = settings.stopLimit
            try await ServiceGroup(configuration: group).run()
        }
    }
}
