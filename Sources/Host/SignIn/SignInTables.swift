import Storage

/// Sign-in by OpenID Connect: who is who at which provider, sign-ins that have begun, and how sessions and tokens came about.
enum SignInTables {
    static let migration = Migration(module: "host", number: 4, name: "sign-in by OpenID Connect") { dialect in
        [
            """
            CREATE TABLE host_identity (
              issuer TEXT NOT NULL, subject TEXT NOT NULL, person TEXT NOT NULL, made \(dialect.bigint) NOT NULL,
              PRIMARY KEY (issuer, subject))
            """,
            "CREATE INDEX host_identity_person ON host_identity (person)",
            """
            CREATE TABLE host_login (
              hash TEXT PRIMARY KEY, provider TEXT NOT NULL, two_factors \(dialect.bigint) NOT NULL, back TEXT NOT NULL,
              started \(dialect.bigint) NOT NULL)
            """,
            "CREATE INDEX host_login_started ON host_login (started)",
            "ALTER TABLE host_session ADD COLUMN id TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE host_session ADD COLUMN provider TEXT",
            "ALTER TABLE host_session ADD COLUMN acr TEXT",
            "UPDATE host_session SET id = substr(hash, 1, 16)",
            "CREATE UNIQUE INDEX host_session_id ON host_session (id)",
            "ALTER TABLE host_token ADD COLUMN two_factors \(dialect.bigint) NOT NULL DEFAULT 1",
        ]
    }

    /// A third scope of tokens. SQLite changes no check: its table is made anew.
    static let provisioning = Migration(module: "host", number: 5, name: "tokens for provisioning") { dialect in
        let columns = "hash, person, made, expires, id, name, scope, used_on, two_factors"
        let scopes = "CHECK (scope IN ('read', 'write', 'scim'))"
        guard dialect == .sqlite else {
            return [
                "ALTER TABLE host_token DROP CONSTRAINT host_token_scope_check",
                "ALTER TABLE host_token ADD CONSTRAINT host_token_scope_check \(scopes)",
            ]
        }
        return [
            """
            CREATE TABLE host_token_new (
              hash TEXT PRIMARY KEY, person TEXT NOT NULL, made INTEGER NOT NULL, expires INTEGER NOT NULL,
              id TEXT NOT NULL DEFAULT '', name TEXT NOT NULL DEFAULT '', scope TEXT NOT NULL DEFAULT 'write' \(scopes),
              used_on TEXT, two_factors INTEGER NOT NULL DEFAULT 1)
            """,
            "INSERT INTO host_token_new (\(columns)) SELECT \(columns) FROM host_token", "DROP TABLE host_token",
            "ALTER TABLE host_token_new RENAME TO host_token",
            "CREATE UNIQUE INDEX host_token_id ON host_token (id)",
            "CREATE INDEX host_token_person ON host_token (person, made)",
        ]
    }
}
