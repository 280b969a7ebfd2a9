import ArgumentParser
import Host
import Logging

struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "The institutions of a host that serves several.",
        discussion: """
            Each has a file of settings in tenants.directory, and a database, keys, log and host name of its own. Running hosts take up what \
            is added or removed on SIGHUP. The other commands, and workers, are for the one that TRIVSEL_TENANT names.
            """,
        subcommands: [Add.self, List.self, Remove.self], defaultSubcommand: List.self)

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add an institution and make its tables.")
        @Argument(help: "Its name: lowercase letters, digits and hyphens.") var name: String
        @Option(help: "The host name at which browsers reach it, or the whole address.") var host: String
        @Option(help: "Its database, postgres://…; without, a file in its data directory.") var database: String?
        @Option(help: "The same as the role that owns it.") var databaseOwner: String?
        @Option(help: "The database of its cases' keys; without, a file in its data directory.") var keys: String?
        @Option(help: "The same as the role that owns it.") var keysOwner: String?

        func run() async throws {
            let main = try TenantCommand.settings()
            let (folder, claims) = (TenantFolder(main), TenantClaims())
            for other in try folder.names() { try claims.take(try Bootstrap.tenant(other), for: other) }
            let values = [
                "http.publicUrl": main.address(of: host), "database.url": database, "vault.keys": keys,
                "database.ownerUrl": databaseOwner, "vault.keysOwnerUrl": keysOwner,
            ]
            try folder.add(name, values.compactMapValues(\.self))
            do {
                let settings = try Bootstrap.tenant(name)
                try claims.take(settings, for: name)
                try await Foundations.migrate(
                    settings, modules: ModuleCatalog.all, logger: Bootstrap.logger(settings, level: .error))
            } catch {
                try folder.discard(name)
                throw error
            }
            print("\(name) is added, with its tables; running hosts take it up on SIGHUP (systemctl reload trivsel).")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Each with its host name and database.")

        func run() async throws {
            for name in try TenantFolder(try TenantCommand.settings()).names() {
                do {
                    let settings = try Bootstrap.tenant(name)
                    print("\(name)  \(settings.hostName ?? "")  \(settings.shownDatabase)")
                } catch { print("\(name)  cannot be served: \(error)") }
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop serving an institution; its database, keys and files stay.")
        @Argument(help: "Its name.") var name: String
        @Flag(help: "Say that it is meant: nobody there can sign in or report any more.") var yes = false

        func run() async throws {
            let folder = TenantFolder(try TenantCommand.settings())
            guard yes else {
                throw ValidationError("nobody at \(name) will reach Trivsel any more; say --yes if that is meant")
            }
            let kept = try folder.remove(name)
            print(
                "\(name) is removed; running hosts stop serving it on SIGHUP (systemctl reload trivsel). Its data stays, its settings are in \(kept)."
            )
        }
    }

    /// Those of the whole host.
    private static func settings() throws -> Settings {
        let settings = try Bootstrap.anySettings(needsModules: false)
        guard settings.isForTenants else {
            throw StartFailure(
                "several institutions need tenants.directory; this is one's settings (is TRIVSEL_TENANT set?)")
        }
        return settings
    }
}
