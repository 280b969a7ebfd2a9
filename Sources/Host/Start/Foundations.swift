import Attachments
import CalendarKit
public import EventBus
import EventKit
import Foundation
public import Logging
public import ModuleKit
public import Storage
public import Vault

/// What every command that touches the database stands on: the open, migrated database and what lies directly upon it.
public struct Foundations: Sendable {
    public let settings: Settings
    public let database: Database
    public let vault: Vault
    public let directory: Directory
    public let log: EventLog
    public let keys: KeyStore
    public let jobs: JobStore
    public let readers: DurableReaders
    public let sessions: Sessions
    public let switches: ModuleSwitches
    /// Shared by all parts of the host: what somebody has looked at of late is remembered once.
    public let audit: AuditTrail
    public let logger: Logger

    /// Opens the data directory and the database, and brings the host's own tables up to date.
    ///
    /// - Throws: `StartFailure` or `StorageError`, each one line.
    public init(_ settings: Settings, logger: Logger) async throws {
        try Self.makeFolder(settings.dataDirectory)
        let database = try await Database.open(try DatabaseURL(settings.databaseURL), logger: logger)
        do { try await self.init(settings, database: database, logger: logger) } catch {
            await database.close()
            throw error
        }
    }

    /// The same on a database that is open already.
    public init(_ settings: Settings, database: Database, logger: Logger) async throws {
        self.settings = settings
        self.logger = logger
        self.database = database
        try Self.makeFolder(settings.dataDirectory)
        try await database.migrate(Self.migrations)
        vault = try await Vault.open(
            data: database, keys: try DatabaseURL(settings.vaultKeysURL),
            destroyed: DestroyedLog(settings.destroyedLog), logger: logger
        ) { try Self.masterKeys(settings, areNeeded: $0) }
        directory = try await Directory(database: database)
        log = EventLog(database: database, installation: settings.installationName, site: settings.site)
        keys = KeyStore(database: database)
        jobs = JobStore(database: database)
        readers = DurableReaders(database: database)
        sessions = Sessions(database: database, policy: SessionPolicy(settings.providers))
        switches = ModuleSwitches(database: database)
        audit = AuditTrail(database: database, lookups: vault.lookups)
    }

    /// Closes both databases.
    public func close() async {
        await vault.close()
        await database.close()
    }

    /// The keys from the settings, or from the file; its default one is made when it is missing and nothing needs the one that was there.
    private static func masterKeys(_ settings: Settings, areNeeded: Bool) throws -> MasterKeys {
        if let lines = settings.masterKeys { return try MasterKeys(text: lines, from: "vault.masterKeys") }
        let path = settings.masterKeyFile
        if path == settings.ownMasterKeyFile, !FileManager.default.fileExists(atPath: path) {
            guard !areNeeded else {
                throw StartFailure(
                    "the master key file \(path) is missing, and what is stored needs it: put its copy back")
            }
            try makeFolder("\(settings.dataDirectory)/keys")
            // Another process may be starting too.
            do { try MasterKeys.makeFile(path) } catch  where FileManager.default.fileExists(atPath: path) {}
        }
        return try MasterKeys(file: path)
    }

    /// The host's own tables.
    public static let migrations =
        EventLog.migrations + BusSchema.migrations + Directory.migrations + Idempotency.migrations + Sessions.migrations
        + ModuleSwitches.migrations + Vault.migrations + WebhookTable.migrations + PrivacyStore.migrations
        + AuditTable.migrations

    /// What administrators do with webhooks.
    var webhooks: Webhooks {
        Webhooks(
            database: database, vault: vault, log: log, jobs: jobs, policy: settings.webhookPolicy,
            installation: settings.installationName, site: settings.site)
    }

    /// Makes a module of the catalogue with the settings that are its own.
    ///
    /// - Throws: what the module says of its settings.
    public func make(_ type: any FeatureModule.Type, clock: Clock = .system) throws -> any FeatureModule {
        try type.init(settings: settings.values, host: services(for: type.manifest.id, clock: clock))
    }

    /// What a module gets, or a part of the host that tells people something.
    func services(for module: String, clock: Clock) -> HostServices {
        var logger = logger
        logger[metadataKey: "module"] = "\(module)"
        return HostServices(
            database: database, vault: vault, directory: directory, clock: clock,
            workingDays: WorkingDays(closedDays: Set(settings.closedDays)),
            logger: logger, notices: NoticeReader.post(of: module, jobs: jobs),
            attachments: Attachments(
                files: vault.files, limits: settings.attachmentLimits, clamd: settings.clamd, logger: logger),
            traces: PrivacyStore.traces(of: module), audit: audit)
    }

    private static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StartFailure(
                "cannot make the data directory \(path); set data.directory to a folder that can be written")
        }
    }
}
