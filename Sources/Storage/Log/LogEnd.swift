import EventKit

/// How far the log has come, as far as a transaction that alone may write knows: what it has asked once it need not ask again.
final class LogEnd {
    private var head: Int64?
    private var last: [String: Int64] = [:]

    /// The place that the next event of `type` gets.
    func place(of type: String, in reader: Reader) throws -> (position: Int64, previous: Int64) {
        let head = try head ?? reader.newest("SELECT max(position) FROM event_log")
        return (head + 1, try last[type] ?? reader.newest("SELECT max(position) FROM event_log WHERE type = \(type)"))
    }

    func append(_ type: String, at position: Int64) {
        head = position
        last[type] = position
    }
}

extension Reader {
    fileprivate func newest(_ sql: SQL) throws -> Int64 { try first(sql) { $0.int64OrNil(0) ?? 0 } ?? 0 }
}

extension Transaction {
    /// Adds `event` to the log, on SQLite at its place.
    func insert(_ event: Event) throws -> AppendedEvent? {
        let partition = EventLog.partition(of: event.subject)
        let values: SQL =
            "\(event.id), \(event.type), \(event.subject), \(partition), \(event.time), \(event.data), \(event.traceparent)"
        switch dialect {
        case .sqlite:
            let (position, previous) = try logEnd.place(of: event.type, in: self)
            try execute(
                """
                INSERT INTO event_log (id, type, subject, "partition", time, body, traceparent, position, previous)
                VALUES (\(values), \(position), \(previous))
                """)
            logEnd.append(event.type, at: position)
            return AppendedEvent(event: event, position: position, previous: previous)
        case .postgres:
            try execute(
                """
                INSERT INTO event_log (id, type, subject, "partition", time, body, traceparent) VALUES (\(values))
                """)
            return nil
        }
    }
}
