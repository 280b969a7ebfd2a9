extension StorageError {
    /// The error that `result` tells of. Its message leaves out the server's details, which may hold stored values.
    init(_ result: PostgreSQLResult, statement: String) {
        let state = result.diagnosis(.state) ?? ""
        let reason = result.diagnosis(.message) ?? "the connection to PostgreSQL was lost"
        self.init(Self.kind(state, result), "\(reason) (in: \(statement))")
    }

    /// By the codes of https://www.postgresql.org/docs/15/errcodes-appendix.html; none means that no server answered.
    private static func kind(_ state: String, _ result: PostgreSQLResult) -> Kind {
        switch state {
        case "23505": .unique(uniqueColumns(result))
        case "23P01": .unique(nil)
        case "23503": .foreignKey
        case "23502", "23514": .check
        case "40001", "40P01", "55P03", "57014": .busy
        case "53100": .full
        case "XX001", "XX002": .corrupt
        // A writer finds itself on a standby after a failover, or the server is going down or full of connections.
        case "", "25006", "57P01", "57P02", "57P03", "53300": .unavailable
        default: state.hasPrefix("08") ? .unavailable : .other
        }
    }

    /// `table.a, table.b` as SQLite writes it, from the detail `Key (a, b)=(1, 2) already exists.`
    private static func uniqueColumns(_ result: PostgreSQLResult) -> String? {
        guard let table = result.diagnosis(.table), let detail = result.diagnosis(.detail),
            let open = detail.firstIndex(of: "("), let close = detail.firstIndex(of: ")"), open < close
        else { return result.diagnosis(.constraint) }
        let columns = detail[detail.index(after: open)..<close].split(separator: ", ")
        return columns.map { "\(table).\($0)" }.joined(separator: ", ")
    }
}
