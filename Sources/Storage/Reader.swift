public import EventKit

/// Reads from the database, within the closure that got it.
public class Reader {
    /// What the engine writes differently.
    public let dialect: Dialect
    let connection: any Connection

    init(_ connection: any Connection) {
        self.connection = connection
        dialect = connection.dialect
    }

    /// All rows of `sql`, each made into a value by `map`.
    ///
    /// - Throws: ``StorageError``, or what `map` throws.
    public func query<Value>(_ sql: SQL, _ map: (Row) throws -> Value) throws -> [Value] {
        var values: [Value] = []
        try run(sql) { row in
            values.append(try map(row))
            return true
        }
        return values
    }

    /// The first row of `sql`, made into a value by `map`; nil when there is none.
    public func first<Value>(_ sql: SQL, _ map: (Row) throws -> Value) throws -> Value? {
        var value: Value?
        try run(sql) { row in
            value = try map(row)
            return false
        }
        return value
    }

    /// Calls `body` for each row of `sql`, without holding them all in memory on SQLite.
    public func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        try run(sql) { row in
            try body(row)
            return true
        }
    }

    /// How the engine means to carry out `sql`, as text: for tests that look for an index.
    public func plan(of sql: SQL) throws -> String {
        switch dialect {
        case .sqlite: try query("EXPLAIN QUERY PLAN " + sql) { $0.text(3) }.joined(separator: "\n")
        case .postgres: try query("EXPLAIN " + sql) { $0.text(0) }.joined(separator: "\n")
        }
    }

    /// Calls `body` for each row until it answers false; gives the number of rows changed.
    @discardableResult
    func run(_ sql: SQL, _ body: (Row) throws -> Bool) throws -> Int {
        try connection.run(sql) { row in
            let goOn = try body(row)
            if let problem = row.problem { throw StorageError(.other, "\(problem) (in: \(sql.text))") }
            return goOn
        }
    }
}

/// Reads and changes the database; everything is kept if the closure that got it returns, nothing if it throws.
///
/// After a statement that fails nothing more is carried out: every later one throws the same error, and so does the
/// whole write, even when the closure catches it. (PostgreSQL works so; SQLite is held to it.)
public final class Transaction: Reader {
    private(set) var failure: StorageError?
    private(set) var hasEvents = false
    /// What waits until the closures that share the transaction are through.
    private(set) var last: [SQL] = []
    private(set) var whenKept: [@Sendable () -> Void] = []
    /// On SQLite the events appended, each at its place: the log as it will be when this is kept.
    private(set) var appended: [AppendedEvent] = []
    let logEnd: LogEnd

    /// - Parameter logEnd: shared by the closures that share a transaction.
    init(_ connection: any Connection, _ logEnd: LogEnd = LogEnd()) {
        self.logEnd = logEnd
        super.init(connection)
    }

    /// Carries out one statement that gives no rows.
    ///
    /// - Returns: how many rows it inserted, updated or deleted.
    @discardableResult
    public func execute(_ sql: SQL) throws -> Int { try run(sql) { _ in true } }

    /// Carries out a statement of the search index just before the commit, outside any savepoint.
    ///
    /// FTS5 writes its pending words out at every savepoint: 52 µs a text within one, 27 µs so. Should it fail, all
    /// that share the transaction fail.
    func executeLast(_ sql: SQL) { last.append(sql) }

    /// Calls `body` once everything is kept, on the database's thread and before the write returns; never when it is not kept.
    public func afterCommit(_ body: @escaping @Sendable () -> Void) { whenKept.append(body) }

    /// Adds an event to the log, as part of this transaction.
    ///
    /// Append after the statements that change the subject: the order of events is the order in which their
    /// transactions took hold.
    public func append(_ event: Event) throws {
        hasEvents = true
        #if DEBUG
            if PlantedFault.current == .twoTransactions { return held.append(event) }
        #endif
        try appendNow(event)
    }

    func appendNow(_ event: Event) throws {
        hasEvents = true
        if let placed = try insert(event) { appended.append(placed) }
    }

    #if DEBUG
        private(set) var held: [Event] = []
    #endif

    @discardableResult
    override func run(_ sql: SQL, _ body: (Row) throws -> Bool) throws -> Int {
        if let failure { throw failure }
        do {
            return try super.run(sql, body)
        } catch let error as StorageError {
            failure = error
            throw error
        }
    }
}
