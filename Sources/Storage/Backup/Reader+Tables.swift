extension Reader {
    /// The tables that have a column of this name.
    package func tables(with column: String) throws -> [String] {
        let selection: SQL =
            switch dialect {
            case .sqlite:
                """
                SELECT listed.name FROM pragma_table_list AS listed JOIN pragma_table_info(listed.name) AS held
                WHERE listed.schema = 'main' AND listed.type = 'table' AND held.name = \(column) ORDER BY listed.name
                """
            case .postgres:
                """
                SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
                WHERE relnamespace = CAST(current_schema() AS regnamespace) AND relkind = 'r' AND attname = \(column)
                ORDER BY relname
                """
            }
        return try query(selection) { $0.text(0) }
    }
}
