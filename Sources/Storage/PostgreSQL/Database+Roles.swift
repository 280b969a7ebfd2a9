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
            let others = (["PUBLIC", role] + (try tx.strangers().map(\.quotedName))).joined(separator: ", ")
            for statement in [
                "REVOKE ALL ON DATABASE \(database) FROM \(others)",
                "GRANT CONNECT ON DATABASE \(database) TO \(role)",
                "REVOKE ALL ON SCHEMA \(schema) FROM \(others)",
                "GRANT USAGE ON SCHEMA \(schema) TO \(role)",
                "REVOKE ALL ON ALL TABLES IN SCHEMA \(schema) FROM \(others)",
                "REVOKE ALL ON ALL SEQUENCES IN SCHEMA \(schema) FROM \(others)",
                // So that a backup knows how far rows are counted.
                "GRANT SELECT ON ALL SEQUENCES IN SCHEMA \(schema) TO \(role)",
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

    /// Roles that may something here and own nothing of it.
    fileprivate func strangers() throws -> [String] {
        try query(
            """
            SELECT DISTINCT rolname FROM (
                SELECT (aclexplode(datacl)).grantee FROM pg_database WHERE datname = current_database()
                UNION ALL SELECT (aclexplode(nspacl)).grantee FROM pg_namespace WHERE nspname = current_schema()
                UNION ALL SELECT (aclexplode(relacl)).grantee FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname = current_schema()) AS rights
            JOIN pg_roles ON pg_roles.oid = grantee
            WHERE rolname <> current_user
                AND grantee NOT IN (SELECT datdba FROM pg_database WHERE datname = current_database())
                AND grantee NOT IN (SELECT nspowner FROM pg_namespace WHERE nspname = current_schema())
            """
        ) { $0.text(0) }
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
