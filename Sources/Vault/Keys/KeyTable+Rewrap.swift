import Storage

extension KeyTable {
    /// Wraps by the first master every key that another one wraps, while others read and make keys; may be stopped and run again.
    func rewrap(progress: @Sendable (_ done: Int, _ of: Int) -> Void) async throws {
        let first = masters.first.id
        let total = try await database.read {
            try $0.first("SELECT count(*) FROM vault_key WHERE master <> \(first)") { $0.int(0) } ?? 0
        }
        var done = 0
        progress(0, total)
        // A host that still has the old master first may add keys behind us: go round until there is none.
        while true {
            let changed = try await rewrapOnce { progress(min(done + $0, total), total) }
            done += changed
            if changed == 0 { break }
        }
        try await database.write { tx in
            try tx.execute(
                """
                DELETE FROM vault_master WHERE id <> \(first)
                AND NOT EXISTS (SELECT 1 FROM vault_key WHERE vault_key.master = vault_master.id)
                """)
        }
        try await database.emptyLog()
    }

    private func rewrapOnce(_ progress: (Int) -> Void) async throws -> Int {
        var changed = 0
        var last: [UInt8] = []
        while true {
            let rows = try await database.read { [last, masters] reader in
                try reader.query(
                    """
                    SELECT id, master, wrapped FROM vault_key WHERE id > \(last) AND master <> \(masters.first.id)
                    ORDER BY id LIMIT 500
                    """
                ) { row in (old: row.text(1), key: try masters.unwrap(row)) }
            }
            guard let end = rows.last else { return changed }
            last = end.key.id.bytes
            let wrapped = try rows.map { ($0.key.id, $0.old, try masters.first.wrap($0.key.secret, as: $0.key.id)) }
            changed += try await database.write { [first = masters.first.id] tx in
                try tx.overwriteDeleted()
                try tx.execute("INSERT INTO vault_master (id) VALUES (\(first)) ON CONFLICT (id) DO NOTHING")
                // One that has been destroyed meanwhile is not brought back.
                return try wrapped.reduce(0) { sum, row in
                    sum
                        + (try tx.execute(
                            "UPDATE vault_key SET master = \(first), wrapped = \(row.2) WHERE id = \(row.0) AND master = \(row.1)"
                        ))
                }
            }
            progress(changed)
        }
    }
}
