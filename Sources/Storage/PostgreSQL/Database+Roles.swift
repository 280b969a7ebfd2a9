extension Database {
    /// Lets `role` read and write the rows of all tables and nothing else, and every other role but the owner nothing at all.
    ///
    /// For the role that owns the database; to be done again when there are new tables. SQLite knows no roles.
    ///
    /// - Throws: ``StorageError``, and then the role may what it might before.
    public func grantRows(to role: String) async throws {
        guard dialect == .postgres else { return }
        try await write { tx in
            let place = try tx.first("SELECT current_database(), current_schema(), current_user") {
                (database: $0.text(0).quotedName, schema: $0.text(1).quotedName, user: $0.text(2))
            }
            guard let place, place.user != role else {
                throw StorageError(.other, "the role \(role) owns the tables; the host needs another one")
            }
            let (database, schema, role) = (place.database, place.schema, role.quotedName)
            for statement in [
                "REVOKE ALL ON DATABASE \(database) FROM PUBLIC, \(role)",
                "GRANT CONNECT ON DATABASE \(database) TO \(role)",
                "REVOKE ALL ON SCHEMA \(schema) FROM PUBLIC, \(role)",
                "GRANT USAGE ON SCHEMA \(schema) TO \(role)",
                "REVOKE ALL ON ALL TABLES IN SCHEMA \(schema) FROM PUBLIC, \(role)",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA \(schema) TO \(role)",
                "REVOKE INSERT, UPDATE, DELETE ON storage_migration FROM \(role)",
            ] { try tx.execute(SQL(raw: statement)) }
        }
    }

    /// True when its role may make, alter or drop tables: as a superuser, as their owner, or as somebody who can become that.
    public func mayAlterTables() async throws -> Bool {
        guard dialect == .postgres else { return false }
        return try await read { try $0.mayMakeTables || $0.mayAlterTables }
    }
}

extension Reader {
    /// False on PostgreSQL when the role was not let.
    var mayMakeTables: Bool {
        get throws {
            guard dialect == .postgres else { return true }
            return try first("SELECT has_schema_privilege(current_schema(), 'CREATE')") { $0.bool(0) } ?? false
        }
    }

    fileprivate var mayAlterTables: Bool {
        get throws {
            try first(
                """
                SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname = current_schema() AND pg_has_role(relowner, 'MEMBER') LIMIT 1
                """
            ) { _ in true } ?? false
        }
    }
}

extension String {
    /// As a name of PostgreSQL's, whatever is in it.
    fileprivate var quotedName: String { "\"\(replacing("\"", with: "\"\""))\"" }
}
