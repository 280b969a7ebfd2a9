import ArgumentParser
import Host
import Logging

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the tables of the host and of all modules up to date.",
        discussion: "With database.ownerUrl as that role; the role of database.url is then let read and write rows.")

    func run() async throws {
        let settings = try Bootstrap.settings(needsModules: false)
        let logger = Bootstrap.logger(settings, level: .error)
        try await Foundations.migrate(settings, modules: ModuleCatalog.all, logger: logger)
        print("The tables are up to date.")
    }
}
