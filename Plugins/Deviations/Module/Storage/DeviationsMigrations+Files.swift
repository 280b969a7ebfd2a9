import Storage

extension DeviationsMigrations {
    /// What a file is called and holds is in the vault, sealed by the case's key.
    static let files = Migration(module: "deviations", number: 16, name: "files") { d in
        [
            """
            CREATE TABLE deviations_file (
                id TEXT PRIMARY KEY, case_id \(d.bigint) NOT NULL REFERENCES deviations_case (id), preview TEXT,
                author TEXT NOT NULL, at \(d.bigint) NOT NULL, is_private INTEGER NOT NULL)
            """,
            "CREATE INDEX deviations_file_case ON deviations_file (case_id, at, id)",
            """
            CREATE TABLE deviations_draft (
                uid TEXT PRIMARY KEY, reporter TEXT NOT NULL, key_id \(d.blob) NOT NULL, at \(d.bigint) NOT NULL)
            """,
            "CREATE INDEX deviations_draft_at ON deviations_draft (at)",
        ]
    }

    /// Files that came together stay in the order in which they were sent.
    static let fileOrder = Migration(module: "deviations", number: 20, name: "file order") { _ in
        ["ALTER TABLE deviations_file ADD COLUMN number INTEGER NOT NULL DEFAULT 0"]
    }
}
