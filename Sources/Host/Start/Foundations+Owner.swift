public import Logging
public import ModuleKit
import Storage
import Vault

extension Foundations {
    /// Brings the tables of the host and of `modules` up to date, as their owner where the settings name one, and lets the host's role use them.
    ///
    /// - Throws: `StartFailure` or `StorageError`, one line.
    public static func migrate(
        _ settings: Settings, modules: [any FeatureModule.Type], logger: Logger
    ) async throws {
        let tables = migrations + modules.flatMap { $0.migrations }
        if let owner = settings.databaseOwnerURL {
            try await migrate(tables, as: owner, for: settings.databaseURL, named: "database.url", logger)
        }
        if let owner = settings.vaultKeysOwnerURL {
            try await migrate(Vault.keyMigrations, as: owner, for: settings.vaultKeysURL, named: "vault.keys", logger)
        }
        let base = try await Foundations(settings, logger: logger)
        do { try await base.database.migrate(tables) } catch {
            await base.close()
            throw error
        }
        await base.close()
    }

    private static func migrate(
        _ migrations: [Migration], as owner: String, for url: String, named setting: String, _ logger: Logger
    ) async throws {
        guard let role = try DatabaseURL(url).role else {
            throw StartFailure("\(setting) must name the role that the host runs as: postgres://<role>@<host>/<name>")
        }
        let database = try await Database.open(try DatabaseURL(owner), logger: logger)
        do {
            try await database.migrate(migrations)
            try await database.grantRows(to: role)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    /// Where the settings name an owner, the host must not run as it.
    ///
    /// - Throws: `StartFailure`; both databases are closed then.
    public func refuseOwner() async throws {
        do {
            if settings.databaseOwnerURL != nil, try await database.mayAlterTables() {
                throw Self.refusal("database.url")
            }
            if settings.vaultKeysOwnerURL != nil, try await vault.mayAlterTables() {
                throw Self.refusal("vault.keys")
            }
        } catch {
            await close()
            throw error
        }
    }

    private static func refusal(_ setting: String) -> StartFailure {
        StartFailure(
            "the role of \(setting) may alter tables; name one that owns nothing, and run `trivsel migrate` to let it in"
        )
    }
}
