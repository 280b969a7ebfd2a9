import ArgumentParser
import EventKit
import Host
import ModuleKit
import Storage
import Vault

struct RestoreBackup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup into an empty database, of either engine.",
        discussion: """
            All rows are read again and compared; killed, it leaves nothing behind and can be run again. The log is another one from then \
            on: subscribers stop until somebody has looked. Everybody signs in again, and API tokens and clients' keys are made anew. \
            Work that was not done yet may have been done after the backup: what the law wants is done again, all else is set aside.
            """)

    @Argument(help: "The backup, of the data or of the keys.") var file: String
    @Option(help: "The file with the private key.") var key: String
    @Option(help: "The empty database, sqlite:… or postgres://….") var to: String
    @Option(
        help: "The list of destroyed keys (vault.destroyedLog), for a backup of the keys; repeated for each host's own."
    )
    var destroyed: [String] = []

    func run() async throws {
        // For the rights of the files that it makes.
        _ = try Bootstrap.settings(needsModules: false)
        let restore = Restore(
            file, by: try BackupIdentity(file: key),
            migrations: Foundations.migrations + ModuleCatalog.all.flatMap { $0.migrations },
            destroyed: destroyed.isEmpty ? nil : try destroyed.flatMap { try DestroyedLog($0).read() })
        let database = try await Database.open(try DatabaseURL(to))
        let outcome = try await Backups.closing(database) {
            try await restore.run(into: database, at: Clock.system.now, progress: Backups.show)
        }
        tell(outcome)
    }

    private func tell(_ outcome: Restore.Outcome) {
        let rows = outcome.tables.reduce(0) { $0 + $1.rows }
        print("\(outcome.tables.count) tables, \(rows) rows as of \(outcome.made), compared and found the same.")
        guard outcome.kind == .data else { return print("Now set vault.keys to it, on every host.") }
        print(
            "Jobs set aside: \(outcome.parked) (`trivsel work parked`). Done again, as the law wants: \(outcome.repeated)."
        )
        print("Now set database.url to it, on every host, and start. Make clients' keys and API tokens anew.")
    }
}
