import CalendarKit
public import EventBus
import EventKit
import Foundation
public import Logging
public import ModuleKit
public import Storage

/// What every command that touches the database stands on: the open, migrated database and what lies directly upon it.
public struct Foundations: Sendable {
    public let settings: Settings
    public let database: Database
    public let directory: Directory
    public let log: EventLog
    public let keys: KeyStore
    public let jobs: JobStore
    public let sessions: Sessions
    public let switches: ModuleSwitches
    public let logger: Logger

    /// Opens the data directory and the database, and brings the host's own tables up to date.
    ///
    /// - Throws: `StartFailure` or `StorageError`, each one line.
    public init(_ settings: Settings, logger: Logger) async throws {
        try Self.makeFolder(settings.dataDirectory)
        let database = try await Database.open(try DatabaseURL(settings.databaseURL), logger: logger)
        try await self.init(settings, database: database, logger: logger)
    }

    /// The same on a database that is open already.
    public init(_ settings: Settings, database: Database, logger: Logger) async throws {
        self.settings = settings
        self.logger = logger
        self.database = database
        try Self.makeFolder(settings.dataDirectory)
        try await database.migrate(Self.migrations)
        directory = try await Directory(database: database)
        log = EventLog(database: database, installation: settings.installationName)
        keys = KeyStore(database: database)
        jobs = JobStore(database: database)
        sessions = Sessions(database: database)
        switches = ModuleSwitches(database: database)
    }

    /// The host's own tables.
    public static let migrations =
        EventLog.migrations + BusSchema.migrations + Directory.migrations + Idempotency.migrations + Sessions.migrations
        + ModuleSwitches.migrations

    /// Makes a module of the catalogue with the settings that are its own.
    ///
    /// - Throws: what the module says of its settings.
    public func make(_ type: any FeatureModule.Type, clock: Clock = .system) throws -> any FeatureModule {
        var logger = logger
        logger[metadataKey: "module"] = "\(type.manifest.id)"
        let host = HostServices(
            database: database, directory: directory, clock: clock, workingDays: WorkingDays(closedDays: Set(settings.closedDays)),
            logger: logger)
        return try type.init(settings: settings.values, host: host)
    }

    private static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw StartFailure("cannot make the data directory \(path); set data.directory to a folder that can be written") }
    }
}
