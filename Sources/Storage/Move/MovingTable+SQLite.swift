extension MovingTable {
    /// SQLite's tables, the token indexes among them.
    static func all(ofSQLite source: Reader) throws -> [MovingTable] {
        let counted = Set(
            try source.query("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'") {
                $0.text(0)
            })
        let rows = try source.query(
            """
            SELECT listed.name, listed.type, held.name, held.type, held.pk
            FROM pragma_table_list AS listed JOIN pragma_table_info(listed.name) AS held
            WHERE listed.schema = 'main' AND listed.type IN ('table', 'virtual')
                AND listed.name NOT LIKE 'sqlite_%' AND listed.name <> 'storage_migration'
            ORDER BY listed.name, held.cid
            """
        ) {
            (table: $0.text(0), isIndex: $0.text(1) == "virtual", column: $0.text(2), type: $0.text(3), pk: $0.bool(4))
        }
        return try Dictionary(grouping: rows) { $0.table }.sorted { $0.key < $1.key }.map { name, rows in
            // A token index's key is the row's number, which is not told of.
            if rows[0].isIndex {
                return MovingTable(
                    name: name, columns: [.init(name: "key", kind: .integer), .init(name: "tokens", kind: .tokens)],
                    counted: nil)
            }
            let columns = try rows.map { row in
                guard let kind = Kind(sqlite: row.type) else {
                    throw StorageError(.other, "\(name).\(row.column) is of the type \(row.type), which is not known")
                }
                return Column(name: row.column, kind: kind)
            }
            return MovingTable(
                name: name, columns: columns, counted: counted.contains(name) ? rows.first { $0.pk }?.column : nil)
        }
    }
}
