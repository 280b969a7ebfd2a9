import EventKit
import Logging
public import ServiceLifecycle
public import Storage

extension Vault {
    /// Destroys a key as part of the transaction: on this host nobody gets it from the commit on, and soon it is gone for good.
    ///
    /// The files sealed by it go with it. Who must know that it is gone for good calls ``carryOutDestructions()`` after the commit.
    /// Destroying twice is once.
    public func destroy(_ id: CaseKey.ID, in tx: Transaction) throws {
        try tx.execute("INSERT INTO vault_destroy (key_id, is_done) VALUES (\(id), 0) ON CONFLICT (key_id) DO NOTHING")
        try tx.execute("DELETE FROM vault_file WHERE key_id = \(id)")
        tx.afterCommit { [cache, destructionAsked] in
            cache.doom([id])
            destructionAsked.send()
        }
    }

    /// Erases the keys whose destruction has been committed; returns when they are gone.
    public func carryOutDestructions() async throws {
        while true {
            let ids = try await data.read { reader in
                try reader.query(
                    "SELECT key_id FROM vault_destroy WHERE is_done = 0 ORDER BY key_id LIMIT 500", Self.id)
            }
            if ids.isEmpty { return }
            cache.doom(ids)
            KillPoint.pass("destroy.begun")
            try destroyed?.append(ids)
            try await table.erase(ids)
            KillPoint.pass("destroy.erased")
            cache.bury(ids)
            try await data.write { tx in
                for id in ids { try tx.execute("UPDATE vault_destroy SET is_done = 1 WHERE key_id = \(id)") }
            }
            KillPoint.pass("destroy.done")
        }
    }

    /// Destroys again what an older copy of the keys' database has brought back.
    func destroyRestored() async throws {
        var last: [UInt8] = []
        while true {
            let ids = try await data.read { [last] reader in
                try reader.query(
                    "SELECT key_id FROM vault_destroy WHERE key_id > \(last) AND is_done = 1 ORDER BY key_id LIMIT 500",
                    Self.id)
            }
            guard let end = ids.last else { return }
            last = end.bytes
            let restored = try await table.load(ids)
            if restored.isEmpty { continue }
            logger.warning(
                "keys that had been destroyed were back, and are destroyed again",
                metadata: ["count": "\(restored.count)"])
            try await table.erase(restored.map(\.id))
        }
    }

    static func id(_ row: Row) throws -> CaseKey.ID {
        guard let id = CaseKey.ID(row.bytes(0)) else { throw VaultError.damaged }
        return id
    }
}

extension Vault: Service {
    /// Carries out destructions as they are committed, here or by other hosts, and removes files that were never attached; until the task
    /// is cancelled or a graceful shutdown begins.
    public func run() async throws {
        await destructionAsked.listen(every: .seconds(30)) {
            try await self.carryOutDestructions()
            try await self.files.removeLoose()
        } failed: { error in
            self.logger.error(
                "a key or a loose file cannot be removed yet; it is tried again", metadata: ["error": "\(error)"])
        }
    }
}
