/// A table as the target has it, and how its rows are read on both sides.
struct MovingTable {
    struct Column {
        let name: String
        let kind: Kind
    }

    /// What a column holds, whichever engine keeps it.
    enum Kind {
        case integer, real, text, bytes
        /// The tokens of a ``TokenIndex``.
        case tokens

        init?(postgres type: String) {
            switch type {
            case "bigint", "integer", "smallint": self = .integer
            case "double precision": self = .real
            case "text": self = .text
            case "bytea": self = .bytes
            case "tsvector": self = .tokens
            default: return nil
            }
        }

        init?(sqlite type: String) {
            switch type {
            case "INTEGER", "BIGINT": self = .integer
            case "REAL", "DOUBLE PRECISION": self = .real
            case "TEXT": self = .text
            case "BLOB": self = .bytes
            default: return nil
            }
        }
    }

    let name: String
    /// Those that come from the source.
    let columns: [Column]
    /// The column whose values the database makes, if it has one that is in the source too.
    let counted: String?

    var quoted: String { "\"\(name)\"" }

    /// Both engines' reserved words can be names in quotes.
    private func list(_ write: (Column) -> String) -> SQL { SQL(raw: columns.map(write).joined(separator: ", ")) }

    /// For COPY.
    var copyTarget: String { "\(quoted) (\(list { "\"\($0.name)\"" }.text))" }

    /// For INSERT.
    var sqliteTarget: String { "\(quoted) (\(list { Self.inSource($0.name, isIndex) }.text))" }

    var sourceQuery: SQL { "SELECT \(list { Self.inSource($0.name, isIndex) }) FROM \(raw: quoted)" }

    var targetQuery: SQL {
        let columns = list { column in
            if case .tokens = column.kind { return "array_to_string(tsvector_to_array(\(column.name)), ' ')" }
            return "\"\(column.name)\""
        }
        return "SELECT \(columns) FROM \(raw: quoted)"
    }

    private var isIndex: Bool { columns.contains { if case .tokens = $0.kind { true } else { false } } }

    /// A ``TokenIndex`` has the row's number for its key on SQLite.
    private static func inSource(_ name: String, _ isIndex: Bool) -> String {
        isIndex && name == "key" ? "rowid" : "\"\(name)\""
    }

    /// The values of a row of either query, written the same way.
    func values(_ row: Row) -> [SQLValue] {
        columns.indices.map { index in
            switch columns[index].kind {
            case .integer: row.int64OrNil(index).sqlValue
            case .real: row.doubleOrNil(index).sqlValue
            case .text: row.textOrNil(index).sqlValue
            case .bytes: row.bytesOrNil(index).sqlValue
            case .tokens:
                row.textOrNil(index).map { Set($0.split(separator: " ")).sorted().joined(separator: " ") }.sqlValue
            }
        }
    }
}

extension MovingTable {
    /// All tables of a database, each after those that it refers to.
    static func inOrder(of target: Reader) throws -> [MovingTable] {
        let references = try target.references()
        var left = target.dialect == .postgres ? try all(of: target) : try all(ofSQLite: target)
        var ordered: [MovingTable] = []
        while !left.isEmpty {
            let names = Set(left.map(\.name))
            let free = left.filter { references[$0.name, default: []].subtracting([$0.name]).isDisjoint(with: names) }
            guard !free.isEmpty else { throw StorageError(.other, "tables refer to each other in a circle") }
            ordered += free
            left.removeAll { table in free.contains { $0.name == table.name } }
        }
        return ordered
    }

    private static func all(of target: Reader) throws -> [MovingTable] {
        let rows = try target.query(
            """
            SELECT relname, attname, format_type(atttypid, NULL), CAST(attidentity AS TEXT)
            FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
            WHERE relnamespace = CAST(current_schema() AS regnamespace) AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
            ORDER BY relname, attnum
            """
        ) { (table: $0.text(0), column: $0.text(1), type: $0.text(2), identity: $0.text(3)) }
        let byTable = Dictionary(grouping: rows) { $0.table }.filter { $0.key != "storage_migration" }
        return try byTable.sorted { $0.key < $1.key }.map { name, rows in
            // What is always made by PostgreSQL, the order of the log's entries, is made there anew.
            let columns = try rows.filter { $0.identity != "a" }.map { row in
                guard let kind = Kind(postgres: row.type) else {
                    throw StorageError(
                        .other, "\(name).\(row.column) is of the type \(row.type), which is not moved yet")
                }
                return Column(name: row.column, kind: kind)
            }
            return MovingTable(name: name, columns: columns, counted: rows.first { $0.identity == "d" }?.column)
        }
    }
}

extension Reader {
    /// PostgreSQL's tables.
    func tableNames() throws -> [String] {
        try query(
            """
            SELECT relname FROM pg_class
            WHERE relnamespace = CAST(current_schema() AS regnamespace) AND relkind IN ('r', 'p') ORDER BY relname
            """
        ) { $0.text(0) }
    }

    /// The tables with those that they refer to.
    fileprivate func references() throws -> [String: Set<String>] {
        let selection: SQL =
            switch dialect {
            case .sqlite:
                """
                SELECT name, referred."table" FROM pragma_table_list JOIN pragma_foreign_key_list(name) AS referred
                WHERE pragma_table_list.schema = 'main'
                """
            case .postgres:
                """
                SELECT a.relname, b.relname FROM pg_constraint JOIN pg_class AS a ON a.oid = conrelid
                JOIN pg_class AS b ON b.oid = confrelid WHERE contype = 'f'
                """
            }
        let rows = try query(selection) { ($0.text(0), $0.text(1)) }
        return rows.reduce(into: [:]) { $0[$1.0, default: []].insert($1.1) }
    }

    /// SQLite's tables that hold what is to be moved; those below a token index are its own matter.
    func sourceTables() throws -> Set<String> {
        Set(
            try query(
                """
                SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')
                    AND name NOT LIKE 'sqlite_%' AND name <> 'storage_migration'
                """
            ) { $0.text(0) })
    }

    /// The names that the target has for SQLite's columns.
    func columns(ofSource table: MovingTable) throws -> Set<String> {
        let columns = try query("SELECT name FROM pragma_table_info(\(table.name))") { $0.text(0) }
        // A token index's key is the row's number, which is not told of.
        return Set(columns + (columns == ["tokens"] ? ["key"] : []))
    }
}
