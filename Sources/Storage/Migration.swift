import EventKit
import Foundation

/// One numbered change of a module's tables. Never edited after release: write another one.
public struct Migration: Sendable {
    public let module: String
    public let number: Int
    public let name: String
    /// One SQL statement in each text; all of them and the record of the migration are kept together or not at all.
    public let statements: @Sendable (Dialect) -> [String]

    public init(
        module: String, number: Int, name: String, statements: @escaping @Sendable (Dialect) -> [String]
    ) {
        self.module = module
        self.number = number
        self.name = name
        self.statements = statements
    }

    var title: String { "\(module) \(number) “\(name)”" }

    package func checksum(_ dialect: Dialect) -> String {
        String(Digest.of([name] + statements(dialect)), radix: 16)
    }
}

extension Database {
    /// Brings the tables up to `migrations`, in their order. May be killed at any moment and run again, and run by two
    /// hosts at once. Where nothing is to be done it only reads: a start waits for nobody.
    ///
    /// - Throws: ``StorageError`` before anything is changed if a migration was edited after it was applied, or if the
    ///   database has one of these modules in a newer form than the program knows.
    public func migrate(_ migrations: [Migration]) async throws {
        if try await read({ try !$0.hasMigrationTable }) {
            try await refuseUnlessTablesCanBeMade()
            try await write { tx in
                try tx.lockMigrations()
                try tx.makeMigrationTable()
            }
        }
        let applied = try await read { reader in
            try reader.checkMigrations(migrations)
            return try reader.appliedMigrations()
        }
        let missing = migrations.filter { !applied.contains($0.title) }
        if !missing.isEmpty { try await refuseUnlessTablesCanBeMade() }
        for migration in missing {
            try await write { tx in
                try tx.lockMigrations()
                try tx.apply(migration)
            }
        }
    }

    private func refuseUnlessTablesCanBeMade() async throws {
        guard try await !read({ try $0.mayMakeTables }) else { return }
        throw StorageError(
            .other, "the tables of \(url) are not up to date, and this role may not alter them: run `trivsel migrate`")
    }
}

extension Reader {
    /// The titles of what has been applied.
    func appliedMigrations() throws -> Set<String> {
        Set(
            try query("SELECT module, number, name FROM storage_migration") {
                Migration(module: $0.text(0), number: $0.int(1), name: $0.text(2)) { _ in [] }.title
            })
    }

    fileprivate var hasMigrationTable: Bool {
        get throws {
            let look: SQL =
                switch dialect {
                case .sqlite: "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'storage_migration'"
                case .postgres: "SELECT 1 WHERE to_regclass('storage_migration') IS NOT NULL"
                }
            return try first(look) { _ in true } ?? false
        }
    }

    fileprivate func checkMigrations(_ known: [Migration]) throws {
        let modules = Set(known.map(\.module))
        let applied = try query("SELECT module, number, name, checksum FROM storage_migration ORDER BY module, number")
        { row in
            (module: row.text(0), number: row.int(1), name: row.text(2), checksum: row.text(3))
        }
        for record in applied where modules.contains(record.module) {
            guard let migration = known.first(where: { $0.module == record.module && $0.number == record.number })
            else {
                throw StorageError(
                    .other,
                    "the database is newer than this program: migration \(record.module) \(record.number) “\(record.name)” is not known here"
                )
            }
            guard migration.checksum(dialect) == record.checksum else {
                throw StorageError(
                    .other, "migration \(migration.title) was changed after it was applied; write a new one instead")
            }
        }
    }
}

extension Transaction {
    /// Applies `migrations` to a database that has no tables.
    func applyToEmpty(_ migrations: [Migration]) throws {
        try lockMigrations()
        try makeMigrationTable()
        for migration in migrations { try apply(migration) }
    }

    fileprivate func makeMigrationTable() throws {
        try execute(
            """
            CREATE TABLE IF NOT EXISTS storage_migration (
                module TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,
                applied \(raw: dialect.bigint) NOT NULL, PRIMARY KEY (module, number))
            """)
    }

    /// On PostgreSQL two hosts would make the same table at once; SQLite's write lock is taken already.
    fileprivate func lockMigrations() throws {
        guard dialect == .postgres else { return }
        try execute("SET LOCAL lock_timeout = '60s'")
        try run("SELECT pg_advisory_xact_lock(\(raw: String(AdvisoryLock.migrations)))") { _ in false }
    }

    /// Applies `migration` unless someone did so already.
    fileprivate func apply(_ migration: Migration) throws {
        let done = try first(
            "SELECT 1 FROM storage_migration WHERE module = \(migration.module) AND number = \(migration.number)"
        ) { $0.int(0) }
        if done != nil { return }
        do {
            for statement in migration.statements(dialect) {
                KillPoint.pass("migration.statement")
                try execute(SQL(raw: statement))
            }
        } catch let error as StorageError {
            throw StorageError(error.kind, "migration \(migration.title) failed: \(error.message)")
        }
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        try execute(
            """
            INSERT INTO storage_migration (module, number, name, checksum, applied)
            VALUES (\(migration.module), \(migration.number), \(migration.name), \(migration.checksum(dialect)), \(now))
            """)
    }
}

/// The numbers under which we take PostgreSQL's advisory locks; they hold within one database.
enum AdvisoryLock {
    static let migrations = 7_487_600_001
    static let sequencer = 7_487_600_002
}
