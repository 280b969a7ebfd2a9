import Crypto
import EventKit
import Foundation
import Storage

/// The stored keys, in a database of their own: a copy of the data brings no destroyed key back.
///
/// Nothing in it tells which case a key is of.
struct KeyTable: Sendable {
    let database: Database
    let masters: MasterKeys

    static let migrations = [
        Migration(module: "vault_keys", number: 1, name: "keys") { d in
            [
                // The masters that keys are wrapped by, so that a missing one is found at the start.
                "CREATE TABLE vault_master (id TEXT PRIMARY KEY)",
                "CREATE TABLE vault_key (id \(d.blob) PRIMARY KEY, master TEXT NOT NULL, wrapped \(d.blob) NOT NULL)"
                    + (d == .sqlite ? " WITHOUT ROWID" : ""),
            ]
        }
    ]

    /// The ids of the masters that keys are wrapped by.
    static func mastersInUse(_ database: Database) async throws -> [String] {
        try await database.read { try $0.query("SELECT id FROM vault_master ORDER BY id") { $0.text(0) } }
    }

    /// - Throws: ``VaultError`` (`master`) when keys are wrapped by a master that is not given.
    func check(_ used: [String]) throws {
        guard let missing = used.first(where: { masters[$0] == nil }) else { return }
        throw VaultError(
            .master,
            "the stored keys are wrapped by the master key \(missing), which is not given: restore it, or put it back as the second"
        )
    }

    /// Makes and stores `count` keys.
    func make(_ count: Int) async throws -> [CaseKey] {
        // To the day: a key's own time could tell when somebody wrote.
        let day = Int64(Date().timeIntervalSince1970) / 86_400 * 86_400_000
        let keys = (0..<count).map { _ in CaseKey(id: .make(milliseconds: day), secret: SymmetricKey(size: .bits256)) }
        let rows = try keys.map { ($0.id, try masters.first.wrap($0.secret, as: $0.id)) }
        try await database.write { [master = masters.first.id] tx in
            try tx.execute("INSERT INTO vault_master (id) VALUES (\(master)) ON CONFLICT (id) DO NOTHING")
            for (id, wrapped) in rows {
                try tx.execute("INSERT INTO vault_key (id, master, wrapped) VALUES (\(id), \(master), \(wrapped))")
            }
        }
        return keys
    }

    /// The keys of `ids` that exist.
    func load(_ ids: [CaseKey.ID]) async throws -> [CaseKey] {
        try await database.read { [masters] reader in
            try reader.query("SELECT id, master, wrapped FROM vault_key WHERE id IN (\(SQL.list(ids)))") { row in
                try masters.unwrap(row)
            }
        }
    }

    /// The secret that has a name instead of a case, the same on all hosts; made when it is first asked for.
    func named(_ name: String) async throws -> SymmetricKey {
        let id = CaseKey.ID(Array(SHA256.hash(data: Array(name.utf8)).prefix(16))) ?? .make(milliseconds: 0)
        if let key = try await load([id]).first { return key.secret }
        let wrapped = try masters.first.wrap(SymmetricKey(size: .bits256), as: id)
        return try await database.write { [masters] tx in
            try tx.execute("INSERT INTO vault_master (id) VALUES (\(masters.first.id)) ON CONFLICT (id) DO NOTHING")
            // Another host may have been faster: what is stored counts.
            try tx.execute(
                """
                INSERT INTO vault_key (id, master, wrapped) VALUES (\(id), \(masters.first.id), \(wrapped))
                ON CONFLICT (id) DO NOTHING
                """)
            let key = try tx.first("SELECT id, master, wrapped FROM vault_key WHERE id = \(id)", masters.unwrap)
            guard let key else { throw VaultError.destroyed }
            return key.secret
        }
    }

    /// Deletes the keys of `ids`, those that exist, and sees to it that SQLite's files no longer hold them.
    ///
    /// PostgreSQL keeps deleted rows until VACUUM and its log until it is archived away, and overwriting a row there only makes another
    /// one: what is left is wrapped, and opens no more once the master key has been changed.
    func erase(_ ids: [CaseKey.ID]) async throws {
        // In the order of their ids, as all who change many rows do: otherwise two would wait for each other.
        let ordered = ids.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        try await database.write { tx in
            try tx.overwriteDeleted()
            for id in ordered { try tx.execute("DELETE FROM vault_key WHERE id = \(id)") }
        }
        // SQLite's log still holds what was deleted.
        KillPoint.pass("destroy.deleted")
        try await database.emptyLog()
    }
}

extension MasterKeys {
    /// The key in a row of id, master and wrapped key.
    func unwrap(_ row: Row) throws -> CaseKey {
        guard let id = CaseKey.ID(row.bytes(0)) else { throw VaultError.damaged }
        guard let master = self[row.text(1)] else {
            throw VaultError(.master, "a key is wrapped by a master key that is not given")
        }
        return CaseKey(id: id, secret: try master.unwrap(row.bytes(2), as: id))
    }
}

extension Transaction {
    /// From now on SQLite writes zeros over what this connection deletes.
    func overwriteDeleted() throws {
        if dialect == .sqlite { try execute("PRAGMA secure_delete = ON") }
    }
}
