import CSQLite
import GRDB

/// A connection to an SQLite file, through GRDB.
final class SQLiteConnection: Connection {
    let dialect = Dialect.sqlite
    private let database: GRDB.Database
    private var statements: [String: SQLiteStatement] = [:]

    /// SQLite counts its memory under one lock for all threads unless told otherwise before its first use: a list of 50 took a tenth longer.
    private static let countsNoMemory: Void = { _ = sqlite3_config_memstatus(0) }()

    private init(_ database: GRDB.Database) { self.database = database }

    /// Opens `path` and gives the connection to `body`, which keeps the thread until the connection is no longer needed.
    static func open(
        _ path: String, readOnly: Bool, pageCache: Int = 1024, lockTimeout: Duration, _ body: (SQLiteConnection) -> Void
    ) throws {
        countsNoMemory
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(
            Double(lockTimeout.components.seconds) + Double(lockTimeout.components.attoseconds) / 1e18)
        // The threads begin and end their transactions themselves.
        configuration.allowsUnsafeTransactions = true
        do {
            try DatabaseQueue(path: path, configuration: configuration).inDatabase { database in
                // GRDB chooses synchronous=NORMAL, which may lose the last commits when the power fails.
                // The cache of a connection holds the inner pages of every index at a million cases, and of a reader the search
                // index's busiest pages too.
                // ``WriteBack`` sees to the log; 128 MiB of it come together only by very large changes.
                try database.execute(
                    sql: """
                        PRAGMA wal_autocheckpoint = 32000; PRAGMA synchronous = FULL; PRAGMA cache_size = \(-pageCache); PRAGMA temp_store = MEMORY
                        """)
                // Not opened as read-only: the last connection to close must be able to empty the log into the file.
                if readOnly { try database.execute(sql: "PRAGMA query_only = ON") }
                body(SQLiteConnection(database))
            }
        } catch let error as DatabaseError {
            throw StorageError(openingSQLite: path, error)
        }
    }

    var isInTransaction: Bool { database.isInsideTransaction }

    func run(_ sql: SQL, _ body: (Row) throws -> Bool) throws -> Int {
        do {
            let problem = Row.Problem()
            try statement(sql.text).run(sql.values) { try body(Row(.sqlite($0), problem)) }
            return database.changesCount
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }

    /// A statement ready to run; a second one of the same text when the first is in the middle of its rows.
    private func statement(_ text: String) throws -> SQLiteStatement {
        if let cached = statements[text], !cached.isInUse { return cached }
        let new = SQLiteStatement(try database.makeStatement(sql: text))
        // Texts made of lists are many; few are used often.
        if statements.count >= 400 { statements = [:] }
        statements[text] = new
        return new
    }
}

extension String {
    /// PostgreSQL cannot hold the character NUL, and C strings end at it.
    func refuseNUL() throws {
        let holdsNUL = unsafe utf8.withContiguousStorageIfAvailable { unsafe $0.contains(0) } ?? utf8.contains(0)
        if holdsNUL { throw StorageError(.check, "a text contains the character NUL") }
    }
}
