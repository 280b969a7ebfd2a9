import EventKit
import Storage

extension Vault {
    /// How many keys the data names, and how many of them are neither stored nor known to be destroyed.
    ///
    /// Such are missing when the keys' database is older than the data. For the operator, after a restore.
    public func check() async throws -> (named: Int, missing: Int) {
        let named = try await data.read { reader in
            try reader.tables(with: "key_id").reduce(into: Set<CaseKey.ID>()) { named, table in
                let selection: SQL = """
                    SELECT key_id FROM \(raw: table) AS named WHERE key_id IS NOT NULL
                        AND NOT EXISTS (SELECT 1 FROM vault_destroy WHERE vault_destroy.key_id = named.key_id)
                    """
                try reader.forEach(selection) { named.insert(try Self.id($0)) }
            }
        }
        let wanted = Array(named.subtracting(try destroyed?.read() ?? []))
        var missing = 0
        for start in stride(from: 0, to: wanted.count, by: 500) {
            let ids = Array(wanted[start..<min(start + 500, wanted.count)])
            missing += ids.count - (try await table.load(ids).count)
        }
        return (named.count, missing)
    }
}
