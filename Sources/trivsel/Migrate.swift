import ArgumentParser
import Host
import ModuleKit
import Storage

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the tables of the host and of all modules up to date.")

    func run() async throws {
        let base = try await Bootstrap.foundations()
        for module in ModuleCatalog.all { try await base.database.migrate(module.migrations) }
        await base.close()
        print("The tables are up to date.")
    }
}
