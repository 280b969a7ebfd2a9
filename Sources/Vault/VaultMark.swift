import Foundation
import Storage

/// Tells whether a keys' database is the one that the data's keys are in: with another, all that is sealed would look as if it had been erased.
struct VaultMark {
    private let keys: DatabaseURL
    /// Nil before the first start.
    private let known: String?

    init(of data: Database, keys: DatabaseURL) async throws {
        self.keys = keys
        known = try await data.read { try $0.first("SELECT mark FROM vault_mark") { $0.text(0) } }
    }

    /// Call it before a database is made.
    ///
    /// - Throws: ``VaultError`` (`setting`), as all here.
    func expectFile() throws {
        guard known != nil, let path = keys.filePath, !FileManager.default.fileExists(atPath: path) else { return }
        throw missing
    }

    /// Call it before keys are made.
    func expectKeys(_ areThere: Bool) throws {
        if known != nil && !areThere { throw missing }
    }

    /// Compares, or puts it down when this is the first start.
    func expectSame(_ lookups: LookupKey, in data: Database) async throws {
        let mark = lookups.token("", for: "the mark of a keys' database")
        if known == mark { return }
        let stored = try await data.write { tx in
            // Another host may have been faster: what is stored counts.
            try tx.execute("INSERT INTO vault_mark (id, mark) VALUES (1, \(mark)) ON CONFLICT (id) DO NOTHING")
            return try tx.first("SELECT mark FROM vault_mark") { $0.text(0) }
        }
        guard stored == mark else {
            throw VaultError(.setting, "\(keys) holds the keys of other data: \(Self.advice)")
        }
    }

    private var missing: VaultError {
        VaultError(.setting, "there are no keys in \(keys), and what is stored needs them: \(Self.advice)")
    }

    private static let advice =
        "set vault.keys to the data's own, or restore their backup (Config/README.md, Backup and restore)"
}
