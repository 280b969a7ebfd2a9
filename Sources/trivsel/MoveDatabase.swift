import ArgumentParser
import Host
import ModuleKit
import Storage
import Vault

struct MoveDatabase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Move the data, the vault's keys or both from SQLite to PostgreSQL.",
        discussion: """
            Stop the host first. Each target is an empty database; passwords may stay in ~/.pgpass or PGPASSWORD. What is there afterwards \
            is compared with what was, row by row, and kept only when nothing differs; SQLite's files are left as they are. Killed, it \
            leaves nothing behind and can be run again.
            """)

    @Option(help: "Where the data goes, postgres://….") var to: String?
    @Option(help: "Where the vault's keys go: another database, of which no backup is kept with one of the data.")
    var keysTo: String?

    func validate() throws {
        guard to != nil || keysTo != nil else { throw ValidationError("name --to, --keys-to or both") }
    }

    func run() async throws {
        let settings = try Bootstrap.settings(needsModules: false)
        let data = try to.map { target in
            try Move.Part(
                from: try DatabaseURL(settings.databaseURL), to: try DatabaseURL(target),
                migrations: Foundations.migrations + ModuleCatalog.all.flatMap { $0.migrations })
        }
        let keys = try keysTo.map { target in
            try Move.Part(
                from: try DatabaseURL(settings.vaultKeysURL), to: try DatabaseURL(target),
                migrations: Vault.keyMigrations)
        }
        let tables = try await Move([data, keys].compactMap { $0 }).run { table, done, of in
            Bootstrap.show("\(table): \(done) of \(of)", last: done == of && !Bootstrap.isTerminal)
        }
        Bootstrap.show("", last: false)
        for table in tables { print("\(table.table): \(table.difference ?? "\(table.rows) rows, all the same")") }
        guard tables.allSatisfy({ $0.difference == nil }) else {
            throw StartFailure("the copy differs from what was copied; nothing of it is kept, and nothing is switched")
        }
        try tell()
    }

    private func tell() throws {
        print("\nEvery row is the same. Now change the settings, on every host, and start:")
        if let to { print("  database.url: \(try DatabaseURL(to))") }
        if let keysTo { print("  vault.keys: \(try DatabaseURL(keysTo))") }
    }
}
