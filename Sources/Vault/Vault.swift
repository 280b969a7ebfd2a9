import Foundation
public import Logging
import ServiceLifecycle
public import Storage

/// What people write, sealed: a key for each case, in a database apart from the data.
///
/// Hosts that share the data share the keys' database and the master keys.
public final class Vault: Sendable {
    let data: Database
    let table: KeyTable
    let cache: KeyCache
    let logger: Logger
    /// For lookups that cannot wait for a key of their own.
    public let lookups: LookupKey
    private let pool: KeyPool
    let destroyed: DestroyedLog?
    let destructionAsked = Signal()
    let handoverMoved = Signal()

    private init(
        _ data: Database, _ table: KeyTable, _ lookups: LookupKey, _ destroyed: DestroyedLog?, _ logger: Logger
    ) {
        (self.data, self.table, self.lookups, self.destroyed, self.logger) = (data, table, lookups, destroyed, logger)
        let cache = KeyCache()
        self.cache = cache
        pool = KeyPool(low: 256) { try await table.make(512) }
    }

    /// Opens the keys' database, made if it is missing and then readable by its owner alone, and destroys what was left to destroy.
    ///
    /// `data` must have ``migrations``.
    ///
    /// - Parameters:
    ///   - destroyed: where ids of keys are put down before they are destroyed.
    ///   - masters: asked once, for the master keys; gets whether there are keys already, which need theirs.
    /// - Throws: ``VaultError`` or `StorageError`, one line for the operator; what `masters` throws.
    public static func open(
        data: Database, keys: DatabaseURL, destroyed: DestroyedLog? = nil, logger: Logger,
        masters: (_ areNeeded: Bool) throws -> MasterKeys
    ) async throws -> Vault {
        guard keys != data.url else {
            throw VaultError(.setting, "the keys need a database of their own: a copy of the data must not hold them")
        }
        let mark = try await VaultMark(of: data, keys: keys)
        try mark.expectFile()
        try destroyed?.prepare()
        if let path = keys.filePath, !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        var options = DatabaseOptions()
        // The keys in use are kept in memory as they are.
        (options.readers, options.writers, options.pageCache) = (2, 1, 1024)
        let database = try await Database.open(keys, options: options, logger: logger)
        do {
            try await database.migrate(KeyTable.migrations)
            let used = try await KeyTable.mastersInUse(database)
            try mark.expectKeys(!used.isEmpty)
            let table = KeyTable(database: database, masters: try masters(!used.isEmpty))
            try table.check(used)
            let lookups = LookupKey(key: try await table.named("lookups"))
            try await mark.expectSame(lookups, in: data)
            let vault = Vault(data, table, lookups, destroyed, logger)
            try await vault.destroyRestored()
            try await vault.carryOutDestructions()
            return vault
        } catch {
            await database.close()
            throw error
        }
    }

    /// The same with master keys that are there.
    public static func open(data: Database, keys: DatabaseURL, masters: MasterKeys, logger: Logger) async throws
        -> Vault
    {
        try await open(data: data, keys: keys, logger: logger) { _ in masters }
    }

    /// A new key, already safe on disk.
    public func newKey() async throws -> CaseKey {
        let key = try await pool.take()
        cache.keep([key])
        return key
    }

    /// The key with this id; nil when it has been destroyed.
    public func key(_ id: CaseKey.ID) async throws -> CaseKey? { try await keys([id])[id] }

    /// The keys with these ids, without those that have been destroyed.
    public func keys(_ ids: [CaseKey.ID]) async throws -> [CaseKey.ID: CaseKey] {
        var (found, missing, age) = cache.find(ids)
        guard !missing.isEmpty else { return found }
        for start in stride(from: 0, to: missing.count, by: 500) {
            let keys = try await table.load(Array(missing[start..<min(start + 500, missing.count)]))
            cache.keep(keys, age: age)
            for key in keys { found[key.id] = key }
        }
        return found
    }

    /// Wraps all keys by the first master key, while serving. Afterwards the others may be taken away.
    ///
    /// - Parameter progress: called after every 500 keys or so.
    public func rewrap(progress: @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }) async throws {
        try await table.rewrap(progress: progress)
    }

    /// Closes the keys' database.
    public func close() async {
        destructionAsked.finish()
        handoverMoved.finish()
        await table.database.close()
    }
}
