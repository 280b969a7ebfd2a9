import ArgumentParser
import EventBus
import Foundation
import Host
import Logging
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
            var group = ServiceGroupConfiguration(
                services: [.init(service: worker)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            group.maximumGracefulShutdownDuration = settings.stopLimit
            try await ServiceGroup(configuration: group).run()
        }
    }
}
