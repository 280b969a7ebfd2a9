import Storage

extension Directory {
    /// What directory sync knows people by, and who gave and ended their roles.
    static let peopleColumns = Migration(module: "directory", number: 4, name: "user names, ends, who gave roles") {
        dialect in
        let random = dialect == .sqlite ? "lower(hex(randomblob(16)))" : "replace(gen_random_uuid()::text, '-', '')"
        return [
            "ALTER TABLE directory_person ADD COLUMN username TEXT",
            "ALTER TABLE directory_person ADD COLUMN external_id TEXT",
            "ALTER TABLE directory_person ADD COLUMN ended_at \(dialect.bigint)",
            "ALTER TABLE directory_person ADD COLUMN removed \(dialect.bigint) NOT NULL DEFAULT 0",
            "CREATE UNIQUE INDEX directory_person_username ON directory_person (LOWER(username))",
            "CREATE UNIQUE INDEX directory_person_external_id ON directory_person (external_id)",
            "ALTER TABLE directory_grant ADD COLUMN id TEXT",
            "ALTER TABLE directory_grant ADD COLUMN made_by TEXT",
            "ALTER TABLE directory_grant ADD COLUMN made_at \(dialect.bigint)",
            "ALTER TABLE directory_grant ADD COLUMN ended_by TEXT",
            "ALTER TABLE directory_grant ADD COLUMN ended_at \(dialect.bigint)",
            "UPDATE directory_grant SET id = \(random)",
            "CREATE UNIQUE INDEX directory_grant_id ON directory_grant (id)",
        ]
    }
}
