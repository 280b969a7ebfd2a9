import Foundation
import Logging
import Storage
import Synchronization
import TrivselTesting

@testable import Vault

/// A data database, a keys' database and master keys; vaults are opened on them, one for each host.
struct Bed: Sendable {
    let data: Database
    /// The vaults' own connections to it are others.
    let keys: Database
    let master = MasterKeys.makeLine()
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static func lay<Value>(
        _ engine: Engine, _ migrations: [Migration] = [], isolation: isolated (any Actor)? = #isolation,
        _ body: (Bed) async throws -> Value
    ) async throws -> Value {
        try await TestDatabase.with(engine, Vault.migrations + migrations) { data in
            try await TestDatabase.with(engine) { keys in try await body(Bed(data: data, keys: keys)) }
        }
    }

    /// One host's vault for as long as `body` takes; wrapped by the bed's master unless others are given.
    func vault<Value>(
        masters: [String]? = nil, isolation: isolated (any Actor)? = #isolation, _ body: (Vault) async throws -> Value
    ) async throws -> Value {
        let masters = try MasterKeys(text: (masters ?? [master]).joined(separator: "\n"), from: "the test")
        let vault = try await Vault.open(data: data, keys: keys.url, masters: masters, logger: logger)
        do {
            let value = try await body(vault)
            await vault.close()
            return value
        } catch {
            await vault.close()
            throw error
        }
    }

    /// What another host, just started, finds of `ids`.
    func found(_ ids: [CaseKey.ID], masters: [String]? = nil) async throws -> [CaseKey.ID: CaseKey] {
        try await vault(masters: masters) { try await $0.keys(ids) }
    }

    /// Destroys and waits until it is done.
    func destroy(_ key: CaseKey, by vault: Vault) async throws {
        try await data.write { try vault.destroy(key.id, in: $0) }
        try await vault.carryOutDestructions()
    }

    func count(_ table: String, in database: Database? = nil) async throws -> Int {
        try await (database ?? data).read { try $0.first("SELECT count(*) FROM \(raw: table)") { $0.int(0) } ?? -1 }
    }
}

/// All that the files of an SQLite database hold, its log included.
func files(of database: Database) throws -> Data {
    guard let path = database.url.filePath else { return Data() }
    return ["", "-wal", "-shm"].reduce(into: Data()) { all, ending in
        all += (try? Data(contentsOf: URL(filePath: path + ending))) ?? Data()
    }
}

/// A folder of its own for `body`.
func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "vault-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}
