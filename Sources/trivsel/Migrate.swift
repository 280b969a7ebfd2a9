import ArgumentParser
import Host
import Logging

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the tables of the host and of all modules up to date.",
        discussion:
            "With database.ownerUrl as that role; the role of database.url is then let read and write rows. Of several tenants all, unless TRIVSEL_TENANT names one."
    )

    func run() async throws {
        let settings = try Bootstrap.anySettings(needsModules: false)
        let logger = Bootstrap.logger(settings, level: .error)
        let all = try settings.isForTenants ? TenantFolder(settings).names().map(Bootstrap.tenant) : [settings]
        for each in all { try await Foundations.migrate(each, modules: ModuleCatalog.all, logger: logger) }
        print("The tables are up to date.")
    }
}
