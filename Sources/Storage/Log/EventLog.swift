public import EventKit

/// The events of one installation in the order of their commits: what everything else reads, and the only truth about
/// them.
public struct EventLog: Sendable {
    let database: Database
    let installation: String
    let site: String

    /// `installation` becomes part of each event's `source`; `site` is where the schemas of its data are.
    public init(database: Database, installation: String, site: String = "http://localhost") {
        self.database = database
        self.installation = installation
        self.site = site
    }

    /// Which log this is, the position of its oldest event (1 when there is none yet), and of its newest (0 then).
    public func bounds() async throws -> (epoch: String, first: Int64, head: Int64) {
        try await database.read { try $0.logBounds() }
    }

    /// Events after the position `after` whose type a pattern matches, in order.
    ///
    /// - Parameters:
    ///   - partitions: only events whose subjects lie in these of the 64; nil for all.
    ///   - limit: at most so many events.
    ///   - maxBytes: at most so many bytes as CloudEvents, but at least one event.
    public func read(
        after: Int64, matching patterns: [TopicPattern], in partitions: [Int]? = nil, limit: Int, maxBytes: Int
    ) async throws -> LogBatch {
        try await database.read { reader in
            // The head is read first: all up to it is visible to the queries that follow, whatever is committed
            // meanwhile.
            let (epoch, first, head) = try reader.logBounds()
            var batch = LogBatch(epoch: epoch, first: first, head: head, next: head, events: [])
            let part: SQL = partitions.map { " AND \"partition\" IN (\(SQL.list($0)))" } ?? ""
            guard after < head,
                let selection = try reader.selection(patterns, part, after: after, head: head, limit: limit)
            else { return batch }
            var bytes = 0
            var addresses: [String: Addresses] = [:]
            try reader.run(selection) { row in
                let event = loggedEvent(
                    Event(
                        id: row.text(2), type: row.text(3), subject: row.text(4), time: row.time(5), data: row.text(6),
                        traceparent: row.textOrNil(7)),
                    row.int64(0), row.int64(1), epoch: epoch, &addresses)
                bytes += event.approximateSize
                if bytes > maxBytes && !batch.events.isEmpty { return false }
                batch.events.append(event)
                return true
            }
            let isCut = batch.events.count >= limit || bytes > maxBytes
            if isCut, let last = batch.events.last { batch.next = last.position }
            return batch
        }
    }

    /// Calls `take` with what this process commits, in order, on the thread that commits, before who changed something is answered: it must
    /// not block. Only on SQLite, where events have their positions then. Nil ends it; there is one at a time.
    public func onCommit(_ take: (@Sendable (CommittedEvents) -> Void)?) { database.log.onCommit(take) }

    /// The events as reading them would give them.
    public func events(of committed: CommittedEvents) -> [LoggedEvent] {
        var known: [String: Addresses] = [:]
        return committed.events.map {
            loggedEvent($0.event, $0.position, $0.previous, epoch: committed.epoch, &known)
        }
    }

    /// The newest position that this process has seen, without asking; nil where it is not told of each, as on PostgreSQL.
    public var knownHead: Int64? { database.log.head }

    /// Tells that the log has grown: once at the start, then at once after commits of this process and within 250 ms
    /// after those of others. Ends when the database is closed.
    ///
    /// On PostgreSQL the first call also starts this process's sequencer, without which no event gets a position.
    public func changes() -> AsyncStream<Void> {
        let changes = database.log.grown.stream()
        database.startLogWatch()
        return changes
    }

    /// Returns when every event committed so far has its position, which on PostgreSQL it gets after its commit.
    public func stamped() async throws {
        guard database.dialect == .postgres else { return }
        for await _ in changes() {
            let waits = try await database.read {
                try $0.first("SELECT 1 FROM event_log WHERE position IS NULL") { _ in true }
            }
            if waits == nil { return }
        }
    }

    private func loggedEvent(
        _ event: Event, _ position: Int64, _ previous: Int64, epoch: String, _ known: inout [String: Addresses]
    ) -> LoggedEvent {
        let addresses = known[event.type] ?? self.addresses(of: event)
        known[event.type] = addresses
        return LoggedEvent(
            event: event, position: position, previous: previous, epoch: epoch, source: addresses.source,
            dataSchema: addresses.schema)
    }

    private typealias Addresses = (source: String, schema: String)

    private func addresses(of event: Event) -> Addresses {
        ("/trivsel/\(installation)/\(event.module)", site + LoggedEvent.schemaPath(of: event.type))
    }
}

/// An event at the place that its transaction has given it.
struct AppendedEvent: Sendable {
    let event: Event
    let position: Int64
    let previous: Int64
}

/// What one transaction of this process has added to the log.
public struct CommittedEvents: Sendable {
    public let epoch: String
    public let first: Int64
    public let last: Int64
    let events: [AppendedEvent]

    /// Nil for none.
    init?(_ epoch: String, _ events: [AppendedEvent]) {
        guard let first = events.first, let last = events.last else { return nil }
        (self.epoch, self.first, self.last, self.events) = (epoch, first.position, last.position, events)
    }
}

/// A piece of the log.
public struct LogBatch: Sendable, Hashable {
    public var epoch: String
    /// Position of the oldest event the log holds.
    public var first: Int64
    /// Position of the newest event of any type.
    public var head: Int64
    /// Everything that matches up to and including this position is in this batch or before it.
    public var next: Int64
    public var events: [LoggedEvent]
}

extension LoggedEvent {
    /// Bytes as a CloudEvent, within a few: the names of its fields take some 330.
    fileprivate var approximateSize: Int {
        event.data.utf8.count + event.type.utf8.count + 2 * event.subject.utf8.count + source.utf8.count
            + dataSchema.utf8.count + 400
    }
}

extension Reader {
    /// See ``EventLog/bounds()``, within a transaction.
    package func logBounds() throws -> (epoch: String, first: Int64, head: Int64) {
        let bounds = try first(
            """
            SELECT epoch, first, (SELECT coalesce(max(position), 0) FROM event_log) FROM event_log_epoch
            """
        ) { (epoch: $0.text(0), first: $0.int64(1), head: $0.int64(2)) }
        guard let bounds else { throw StorageError(.corrupt, "the event log has no epoch") }
        return bounds
    }

    /// The query for what is wanted; nil when the log has no type that a pattern matches.
    fileprivate func selection(
        _ patterns: [TopicPattern], _ part: SQL, after: Int64, head: Int64, limit: Int
    ) throws -> SQL? {
        let columns: SQL = "SELECT position, previous, id, type, subject, time, body, traceparent FROM event_log"
        let limit = max(1, limit)
        if patterns.contains(where: { $0.description == "*" }) {
            return columns
                + " WHERE position > \(after) AND position <= \(head)\(part) ORDER BY position LIMIT \(limit)"
        }
        let types = try loggedTypes().filter { type in patterns.contains { $0.matches(type) } }
        if types.isEmpty { return nil }
        // Each type by its own index range, so that a rare type is found without reading what lies between.
        let positions = types.map { type -> SQL in
            """
            SELECT position FROM (SELECT position FROM event_log
            WHERE type = \(type) AND position > \(after) AND position <= \(head)\(part) ORDER BY position LIMIT \(limit)) AS \
            one_type
            """
        }
        return columns
            + """
             WHERE position IN (\(SQL.joined(positions, separator: " UNION ALL ")))
            ORDER BY position LIMIT \(limit)
            """
    }

    /// The types in the log: one step in the index for each, however many events there are.
    private func loggedTypes() throws -> [String] {
        try query(
            """
            WITH RECURSIVE known(type) AS (
                SELECT min(type) FROM event_log
                UNION ALL SELECT (SELECT min(type) FROM event_log WHERE type > known.type) FROM known WHERE \
                known.type IS NOT NULL)
            SELECT type FROM known WHERE type IS NOT NULL
            """
        ) { $0.text(0) }
    }
}
