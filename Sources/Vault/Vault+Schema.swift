public import Storage

extension Vault {
    /// The tables of the keys' database.
    public static var keyMigrations: [Migration] { KeyTable.migrations }

    /// True when the role that opened the keys' database may alter its tables.
    public func mayAlterTables() async throws -> Bool { try await table.database.mayAlterTables() }

    /// The vault's tables in the data's database.
    public static let migrations = [
        Migration(module: "vault", number: 1, name: "destruction") { d in
            // Kept for ever: a keys' database from a backup must lose them again.
            [
                "CREATE TABLE vault_destroy (key_id \(d.blob) PRIMARY KEY, is_done INTEGER NOT NULL)",
                "CREATE INDEX vault_destroy_open ON vault_destroy (key_id) WHERE is_done = 0",
            ]
        },
        Migration(module: "vault", number: 2, name: "hand-over") { d in
            [
                """
                CREATE TABLE vault_handover (
                    id TEXT PRIMARY KEY, sender TEXT NOT NULL, recipient TEXT NOT NULL, opening \(d.blob) NOT NULL,
                    parts INTEGER NOT NULL, is_taken INTEGER NOT NULL, at \(d.bigint) NOT NULL)
                """,
                "CREATE INDEX vault_handover_recipient ON vault_handover (recipient, is_taken, at, id)",
                "CREATE INDEX vault_handover_sender ON vault_handover (sender, recipient, is_taken, at, id)",
                """
                CREATE TABLE vault_handover_part (
                    handover TEXT NOT NULL REFERENCES vault_handover (id) ON DELETE CASCADE, number INTEGER NOT NULL,
                    sealed \(d.blob) NOT NULL, PRIMARY KEY (handover, number))
                """,
            ]
        },
        Migration(module: "vault", number: 3, name: "files") { d in
            [
                // The header is null until the whole content is there.
                """
                CREATE TABLE vault_file (
                    id TEXT PRIMARY KEY, key_id \(d.blob) NOT NULL, header \(d.blob), is_attached INTEGER NOT NULL,
                    at \(d.bigint) NOT NULL)
                """,
                "CREATE INDEX vault_file_key ON vault_file (key_id)",
                "CREATE INDEX vault_file_loose ON vault_file (at) WHERE is_attached = 0",
                """
                CREATE TABLE vault_file_part (
                    file TEXT NOT NULL REFERENCES vault_file (id) ON DELETE CASCADE, number INTEGER NOT NULL,
                    sealed \(d.blob) NOT NULL, PRIMARY KEY (file, number))
                """,
            ]
        },
        // Which keys' database is the data's own: one row.
        Migration(module: "vault", number: 4, name: "mark") { _ in
            ["CREATE TABLE vault_mark (id INTEGER PRIMARY KEY CHECK (id = 1), mark TEXT NOT NULL)"]
        },
    ]
}
