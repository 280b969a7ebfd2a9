public import EventKit
import Foundation

extension Reader {
    /// Writes all tables by `send`, as this reader sees them: call it within ``Database/snapshot(_:)``.
    ///
    /// - Parameters:
    ///   - without: tables of which the columns are written and no rows.
    ///   - progress: called with a table, how many of its rows are written, and of how many.
    public func dump(
        _ kind: String, of installation: String, at time: Timestamp, without: Set<String>,
        progress: (String, Int, Int) -> Void, send: ([UInt8]) throws -> Void
    ) throws -> [Dump.Table] {
        let head = Dump.Head(
            kind: kind, installation: installation, made: time.milliseconds,
            migrations: try appliedMigrations().sorted(), without: without.sorted())
        try Self.send(.head, head, send)
        let tables = try MovingTable.inOrder(of: self).map { table in
            try dump(table, hasRows: !without.contains(table.name), progress, send)
        }
        try send(Self.frame(.end, []))
        return tables
    }

    private func dump(
        _ table: MovingTable, hasRows: Bool, _ progress: (String, Int, Int) -> Void, _ send: ([UInt8]) throws -> Void
    ) throws -> Dump.Table {
        let opening = Dump.Opening(
            name: table.name, columns: table.columns.map(\.name), last: try lastKey(of: table))
        try Self.send(.table, opening, send)
        var digest = RowDigest()
        if hasRows {
            let count = try first("SELECT count(*) FROM \(raw: table.quoted)") { $0.int(0) } ?? 0
            try forEachRow(of: table) { values in
                var row: [UInt8] = []
                DumpRow.append(values, to: &row)
                digest.add(row[...])
                try send(Self.frame(.row, row))
                if digest.rows.isMultiple(of: 2_000) { progress(table.name, digest.rows, count) }
            }
            progress(table.name, digest.rows, count)
        }
        KillPoint.pass("backup.table")
        try Self.send(.tableEnd, digest.table(table.name), send)
        return digest.table(table.name)
    }

    /// Calls `body` with the values of every row, a hundred of them in memory at a time.
    func forEachRow(of table: MovingTable, _ body: ([SQLValue]) throws -> Void) throws {
        guard dialect == .postgres else { return try forEach(table.sourceQuery) { try body(table.values($0)) } }
        let query = table.name == "event_log" ? table.stampedLog : table.targetQuery
        try run("DECLARE dumped NO SCROLL CURSOR FOR \(query)") { _ in true }
        var count = 0
        repeat {
            count = 0
            try forEach("FETCH 100 FROM dumped") { row in
                count += 1
                try body(table.values(row))
            }
        } while count > 0
        try run("CLOSE dumped") { _ in true }
    }

    private func lastKey(of table: MovingTable) throws -> Int64 {
        guard let column = table.counted else { return 0 }
        let last: SQL =
            switch dialect {
            case .sqlite: "SELECT seq FROM sqlite_sequence WHERE name = \(table.name)"
            case .postgres:
                "SELECT pg_sequence_last_value(CAST(pg_get_serial_sequence(\(table.quoted), \(column)) AS regclass))"
            }
        return try first(last) { $0.int64OrNil(0) ?? 0 } ?? 0
    }

    private static func send(
        _ kind: Dump.Frame, _ content: some Encodable, _ send: ([UInt8]) throws -> Void
    ) throws { try send(frame(kind, Array(try JSONEncoder().encode(content)))) }

    private static func frame(_ kind: Dump.Frame, _ content: [UInt8]) -> [UInt8] {
        var bytes = [kind.rawValue]
        DumpRow.append(UInt32(content.count), to: &bytes)
        return bytes + content
    }
}

extension MovingTable {
    /// PostgreSQL's log in the order of its positions, with those that its youngest events are about to get: SQLite's log has no other,
    /// and a restored log is another one.
    fileprivate var stampedLog: SQL {
        let others = SQL(
            raw: columns.map { column in
                switch column.name {
                case "position":
                    """
                    coalesce(position, (SELECT coalesce(max(position), 0) FROM event_log)
                        + row_number() OVER (PARTITION BY position IS NULL ORDER BY entry)) AS position
                    """
                case "previous": "previous"
                default: "\"\(column.name)\""
                }
            }.joined(separator: ", "))
        let list = SQL(
            raw: columns.map { column in
                column.name == "previous"
                    ? "coalesce(previous, lag(position) OVER (PARTITION BY type ORDER BY position), 0) AS previous"
                    : "\"\(column.name)\""
            }.joined(separator: ", "))
        return "SELECT \(list) FROM (SELECT \(others) FROM event_log) AS stamped ORDER BY position"
    }
}
