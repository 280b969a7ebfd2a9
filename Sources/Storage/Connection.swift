/// One connection to a database, used by the thread that opened it and by no other.
protocol Connection: AnyObject {
    var dialect: Dialect { get }

    /// Carries out one statement and calls `body` for each of its rows until it answers false.
    ///
    /// - Returns: how many rows were inserted, updated or deleted.
    /// - Throws: ``StorageError``, or what `body` throws.
    func run(_ sql: SQL, _ body: (Row) throws -> Bool) throws -> Int
}

extension Connection {
    func execute(_ sql: SQL) throws { _ = try run(sql) { _ in true } }
}
