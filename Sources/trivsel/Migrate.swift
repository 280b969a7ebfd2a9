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
        guard settings.isForTenants else {
            try await migrate(settings, logger)
            return print("The tables are up to date.")
        }
        var failed: [String] = []
        for name in try TenantFolder(settings).names() {
            do { try await migrate(try Bootstrap.tenant(name), logger) } catch {
                Bootstrap.say("\(name): \(error)")
                failed.append(name)
            }
        }
        guard failed.isEmpty else { throw StartFailure("not up to date: \(failed.joined(separator: ", "))") }
        print("The tables are up to date.")
    }

    private func migrate(_ settings: Settings, _ logger: Logger) async throws {
        try ModuleRegistry.check(settings.modulesEnabled, in: ModuleCatalog.all)
        try await Foundations.migrate(settings, modules: ModuleCatalog.all, logger: logger)
    }
}
