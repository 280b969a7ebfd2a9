/// One database on its way: the source, which nobody else has open, and the transaction in the target.
struct PartMove {
    /// Rows between two calls of progress, and rows that are read from the target at a time.
    private static let batch = 2_000

    private let part: Move.Part
    private let source: Reader
    private let connection: PostgreSQLConnection
    private let target: Transaction

    init(_ part: Move.Part, _ source: SQLiteConnection) throws {
        guard case .server(let address) = part.target.location else {
            throw StorageError(.other, "\(part.target) is not PostgreSQL")
        }
        self.part = part
        self.source = Reader(source)
        connection = try PostgreSQLConnection(address, readOnly: false, lockTimeout: .seconds(5))
        target = Transaction(connection)
        try connection.simple("BEGIN")
    }

    /// Makes the tables in the target, and says in which order they can be copied.
    func prepare() throws -> [MovingTable] {
        // The lock holds within one database, so it also tells two names of the same one.
        let lock: SQL = "SELECT pg_try_advisory_xact_lock(\(raw: String(AdvisoryLock.migrations)))"
        guard try target.first(lock, { $0.bool(0) }) == true else {
            throw StorageError(.busy, "\(part.target) is in use, or named twice: data and keys need a database each")
        }
        let present = try target.tableNames()
        guard present.isEmpty else {
            let names = present.prefix(3).joined(separator: ", ") + (present.count > 3 ? " …" : "")
            throw StorageError(.other, "\(part.target) holds tables already (\(names)); name an empty database")
        }
        let migrations = try source.appliedMigrations()
        try check(migrations)
        try target.applyToEmpty(part.migrations)
        let tables = try MovingTable.inOrder(of: target)
        try check(tables)
        // What the migrations themselves put in comes from the source too, as it is there now.
        for table in tables.reversed() { try target.execute("DELETE FROM \(raw: table.quoted)") }
        return tables
    }

    private func check(_ applied: Set<String>) throws {
        let known = Set(part.migrations.map(\.title))
        if let strange = applied.subtracting(known).min() {
            throw StorageError(.other, "\(part.source) has the migration \(strange), which this program does not know")
        }
        if let missing = known.subtracting(applied).min() {
            throw StorageError(.other, "\(part.source) lacks the migration \(missing); run `trivsel migrate` first")
        }
    }

    private func check(_ tables: [MovingTable]) throws {
        let (here, there) = (try source.sourceTables(), Set(tables.map(\.name)))
        if let strange = here.symmetricDifference(there).min() {
            throw StorageError(.other, "the table \(strange) is only on one side: it is not known how to move it")
        }
        for table in tables {
            let columns = try source.columns(ofSource: table)
            if let strange = columns.symmetricDifference(table.columns.map(\.name)).min() {
                throw StorageError(.other, "the column \(strange) of \(table.name) is only on one side")
            }
        }
    }

    /// Copies all rows of `table` in one statement, so that rows may refer to rows that come later.
    func copy(_ table: MovingTable, _ progress: (String, Int, Int) -> Void) throws {
        let count = try source.first("SELECT count(*) FROM \(raw: table.quoted)") { $0.int(0) } ?? 0
        var done = 0
        try connection.copy(into: table.copyTarget) { send in
            var lines = CopyText()
            try source.forEach(table.sourceQuery) { row in
                lines.add(table.values(row))
                done += 1
                guard done.isMultiple(of: Self.batch) else { return }
                try send(lines.take())
                progress(table.name, done, count)
            }
            try send(lines.take())
        }
        progress(table.name, done, count)
        try goOnCounting(table)
    }

    /// The next key comes after every one that the source has ever given, deleted rows' too.
    private func goOnCounting(_ table: MovingTable) throws {
        guard let column = table.counted else { return }
        let last = try source.first("SELECT seq FROM sqlite_sequence WHERE name = \(table.name)") { $0.int64(0) }
        guard let last, last > 0 else { return }
        _ = try target.first(
            "SELECT setval(pg_get_serial_sequence(\(table.quoted), \(column)), \(last))"
        ) { $0.int64(0) }
    }

    /// Reads both sides anew.
    func compare(_ table: MovingTable) throws -> Move.Comparison {
        var (here, there) = (TableDigest(), TableDigest())
        try source.forEach(table.sourceQuery) { here.add(table.values($0)) }
        let cursor = "move_\(table.name)"
        try target.execute("DECLARE \(raw: cursor) NO SCROLL CURSOR FOR \(table.targetQuery)")
        var before = -1
        while there.rows > before {
            before = there.rows
            try target.forEach("FETCH \(raw: String(Self.batch)) FROM \(raw: cursor)") { there.add(table.values($0)) }
        }
        try target.execute("CLOSE \(raw: cursor)")
        return Move.Comparison(table: table.name, rows: here.rows, difference: here.difference(from: there))
    }

    /// Commits, with the figures by which PostgreSQL plans its queries.
    func keep() throws {
        for table in try target.tableNames() { try connection.simple("ANALYZE \"\(table)\"") }
        try connection.simple("COMMIT")
    }
}
