import EventKit
import Foundation
import GRDB

/// A connection to an SQLite file, through GRDB.
final class SQLiteConnection: Connection {
    private final class Cached {
        let statement: Statement
        var isInUse = false

        init(_ statement: Statement) { self.statement = statement }
    }

    let dialect = Dialect.sqlite
    private let database: GRDB.Database
    private var statements: [String: Cached] = [:]

    private init(_ database: GRDB.Database) { self.database = database }

    /// Opens `path` and gives the connection to `body`, which keeps the thread until the connection is no longer needed.
    static func open(_ path: String, readOnly: Bool, lockTimeout: Duration, _ body: (SQLiteConnection) -> Void) throws {
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
                        PRAGMA wal_autocheckpoint = 32000; PRAGMA synchronous = FULL; PRAGMA cache_size = \(readOnly ? -16_384 : -8192); PRAGMA temp_store = MEMORY
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
            let cached = try statement(sql.text)
            cached.isInUse = true
            defer { cached.isInUse = false }
            // As existentials: the generic initialiser goes by a key path, which costs as much as a small query.
            let arguments = StatementArguments(
                try sql.values.map { try databaseValue($0) as (any DatabaseValueConvertible)? })
            if cached.statement.columnCount == 0 {
                try cached.statement.execute(arguments: arguments)
                return database.changesCount
            }
            let rows = try GRDB.Row.fetchCursor(cached.statement, arguments: arguments)
            let problem = Row.Problem()
            while let row = try rows.next(), try body(Row(.sqlite(row), problem)) {}
            return database.changesCount
        } catch let error as DatabaseError {
            // GRDB would throw the same error when the statement is next used.
            statements[sql.text] = nil
            throw StorageError(error)
        }
    }

    /// A statement ready to run; a second one of the same text when the first is in the middle of its rows.
    private func statement(_ text: String) throws -> Cached {
        if let cached = statements[text], !cached.isInUse { return cached }
        let new = Cached(try database.makeStatement(sql: text))
        // Texts made of lists are many; few are used often.
        if statements.count >= 400 { statements = [:] }
        statements[text] = new
        return new
    }
}

private func databaseValue(_ value: SQLValue) throws -> DatabaseValue {
    switch value {
    case .null: return .null
    case .integer(let number): return number.databaseValue
    case .real(let number): return number.databaseValue
    case .text(let text):
        try text.refuseNUL()
        return text.databaseValue
    case .blob(let bytes): return Data(bytes).databaseValue
    }
}

extension String {
    /// PostgreSQL cannot hold the character NUL, and C strings end at it.
    func refuseNUL() throws {
        if utf8.contains(0) { throw StorageError(.check, "a text contains the character NUL") }
    }
}
