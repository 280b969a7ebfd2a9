import EventKit

extension Transaction {
    /// Makes the tables of a dump in an empty database, fills them, and reads them again.
    ///
    /// - Parameters:
    ///   - migrations: all that the dump may have been through; those it has not are for `migrate`.
    ///   - progress: called with a table and how many of its rows are there.
    /// - Throws: ``StorageError`` when the database has tables, when the dump is of a newer program, and when a row differs afterwards.
    public func load(
        _ dump: inout DumpReader, migrations: [Migration], progress: (String, Int) -> Void
    ) throws -> [Dump.Table] {
        try expectEmpty()
        let known = Set(migrations.map(\.title))
        if let strange = dump.head.migrations.first(where: { !known.contains($0) }) {
            throw StorageError(.other, "the backup has the migration \(strange), which this program does not know")
        }
        let applied = Set(dump.head.migrations)
        try applyToEmpty(migrations.filter { applied.contains($0.title) })
        let tables = try MovingTable.inOrder(of: self)
        // What the migrations themselves put in comes from the dump too, as it was.
        for table in tables.reversed() { try execute("DELETE FROM \(raw: table.quoted)") }
        // Rows may refer to rows that come later.
        if dialect == .sqlite { try execute("PRAGMA defer_foreign_keys = ON") }
        var left = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0) })
        var loaded: [Dump.Table] = []
        while let opening = try dump.nextTable() {
            guard let table = left.removeValue(forKey: opening.name)?.inOrder(of: opening.columns) else {
                throw StorageError(.other, "the table \(opening.name) is not as in the backup, or not known")
            }
            loaded.append(try load(table, opening, &dump, progress))
            KillPoint.pass("restore.table")
        }
        guard left.isEmpty else { throw StorageError.brokenDump }
        return loaded
    }

    private func expectEmpty() throws {
        let present =
            dialect == .postgres
            ? try tableNames()
            : try query("SELECT name FROM sqlite_master WHERE type = 'table'") { $0.text(0) }
        // Where a program has only just looked, there is the table of migrations, and none of them.
        let isNew = try present.isEmpty || present == ["storage_migration"] && appliedMigrations().isEmpty
        guard isNew else {
            throw StorageError(.other, "the database holds tables already; a backup is restored into an empty one")
        }
    }

    private func load(
        _ table: MovingTable, _ opening: Dump.Opening, _ dump: inout DumpReader, _ progress: (String, Int) -> Void
    ) throws -> Dump.Table {
        var done = 0
        func count() {
            done += 1
            if done.isMultiple(of: 2_000) { progress(table.name, done) }
        }
        let told =
            if let connection = connection as? PostgreSQLConnection {
                try copy(table, &dump, opening, connection, count)
            } else {
                try insert(table, &dump, opening, count)
            }
        progress(table.name, told.rows)
        try goOnCounting(table, after: opening.last)
        if dialect == .postgres { try execute("ANALYZE \(raw: table.quoted)") }
        var here = RowDigest()
        try forEachRow(of: table) { values in
            var row: [UInt8] = []
            DumpRow.append(values, to: &row)
            here.add(row[...])
        }
        guard here.table(table.name) == told else {
            throw StorageError(.corrupt, "\(table.name) is not as in the backup; nothing of it is kept")
        }
        return told
    }

    private func copy(
        _ table: MovingTable, _ dump: inout DumpReader, _ opening: Dump.Opening, _ connection: PostgreSQLConnection,
        _ count: () -> Void
    ) throws -> Dump.Table {
        var told: Dump.Table?
        try connection.copy(into: table.copyTarget) { send in
            var lines = CopyText()
            told = try dump.rows(of: opening) { row in
                lines.add(try DumpRow.values(row, count: table.columns.count))
                try send(lines.take())
                count()
            }
        }
        guard let told else { throw StorageError.brokenDump }
        return told
    }

    private func insert(
        _ table: MovingTable, _ dump: inout DumpReader, _ opening: Dump.Opening, _ count: () -> Void
    ) throws -> Dump.Table {
        let insertion = SQL(raw: "INSERT INTO \(table.sqliteTarget) VALUES ")
        return try dump.rows(of: opening) { row in
            let values = try DumpRow.values(row, count: table.columns.count)
            try execute(insertion + "(" + SQL.list(values) + ")")
            count()
        }
    }

    /// The next key comes after every one that was ever given.
    private func goOnCounting(_ table: MovingTable, after last: Int64) throws {
        guard let column = table.counted else { return }
        let highest =
            try first("SELECT max(\(raw: "\"\(column)\"")) FROM \(raw: table.quoted)") { $0.int64OrNil(0) ?? 0 } ?? 0
        let last = max(last, highest)
        guard last > 0 else { return }
        switch dialect {
        case .sqlite:
            try execute("DELETE FROM sqlite_sequence WHERE name = \(table.name)")
            try execute("INSERT INTO sqlite_sequence (name, seq) VALUES (\(table.name), \(last))")
        case .postgres:
            _ = try first("SELECT setval(pg_get_serial_sequence(\(table.quoted), \(column)), \(last))") { $0.int64(0) }
        }
    }
}

extension MovingTable {
    /// The same with its columns in this order; nil when they are others.
    fileprivate func inOrder(of names: [String]) -> MovingTable? {
        let ordered = names.compactMap { name in columns.first { $0.name == name } }
        guard ordered.count == names.count, Set(names).count == columns.count else { return nil }
        return MovingTable(name: name, columns: ordered, counted: counted)
    }
}
