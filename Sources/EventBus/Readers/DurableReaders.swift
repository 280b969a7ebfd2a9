public import EventKit
public import Storage

/// Readers whose positions the host keeps, in tables `bus_durable`, `bus_member` and `bus_partition`.
///
/// Any number of processes, its members, read under one name. Each of the 64 partitions of the log belongs to one of them at a time, so
/// that the events of a subject stay in order. A member that is heard of no more loses its partitions; what it commits afterwards is
/// refused, because another fence holds them (design: events.md, “The desk”).
public struct DurableReaders: Sendable {
    /// A member must be heard of again within so many seconds.
    public static let leaseSeconds: Int64 = 15
    /// How many parts the log has; `EventLog` puts each subject into one.
    static let partitions = 64

    let database: Database
    let now: @Sendable () -> Timestamp

    public init(database: Database, now: (@Sendable () -> Timestamp)? = nil) {
        self.database = database
        self.now = now ?? systemTime
    }

    /// What a member holds.
    struct Holding: Sendable, Hashable, Codable {
        /// A partition, and the position up to which its events have been handled.
        struct Part: Sendable, Hashable, Codable {
            var partition: Int
            var position: Int64
            /// Grows each time the partition changes hands. Nil from a host of an older version.
            var term: Int64?
        }

        var epoch: String
        /// How far the log has come.
        var head: Int64
        /// Shown with each commit; grows with each new membership. What a younger member gives back an older one may take: who keeps effects
        /// elsewhere goes by the partitions' terms.
        var fence: Int64
        /// How many partitions it should hold; it gives back what it has beyond that once it has committed.
        var share: Int
        var partitions: [Part]
    }

    /// Joins `name` as `member`, or renews the membership, and takes the free partitions that are the member's share.
    ///
    /// - Parameters:
    ///   - member: chosen by the process, another one at each start.
    ///   - types: what the reader reads; the same for all members and for ever.
    ///   - from: the first position wanted by a reader that is new; 0 for all the log holds.
    /// - Throws: `BusError` (`badRequest`) for other types, (`epoch`) when it has read another log,
    ///   (`truncated`) for a new one that wants what the log no longer holds.
    func open(_ name: String, member: String, types: [TopicPattern], from: Int64) async throws -> Holding {
        let time = now()
        let topics = types.map(\.description).sorted().joined(separator: " ")
        return try await database.write { tx in
            let (epoch, first, head) = try tx.logBounds()
            try Self.make(name, topics, epoch, at: time, in: tx) {
                if from > 0 && from < first { throw BusError(.truncated, "the log begins later", first: first) }
                return min(max(from, first), head + 1) - 1
            }
            guard let reader = try Self.locked(name, in: tx) else {
                throw BusError(.busy, "the reader is being dropped")
            }
            guard reader.topics == topics else {
                throw BusError(.badRequest, "reader \(name) reads other types; a reader of these needs another name")
            }
            guard reader.epoch == epoch else {
                throw BusError(.epoch, "reader \(name): the log is another one than it has read", epoch: epoch)
            }
            try Self.forgetLapsed(name, at: time, in: tx)
            let fence = try Self.membership(of: member, in: reader, name, at: time, in: tx)
            let share = try Self.takeShare(name, fence, in: tx)
            let parts = try tx.query(
                """
                SELECT "partition", position, term FROM bus_partition WHERE reader = \(name) AND fence = \(fence)
                ORDER BY "partition"
                """
            ) { Holding.Part(partition: $0.int(0), position: $0.int64(1), term: $0.int64(2)) }
            return Holding(epoch: epoch, head: head, fence: fence, share: share, partitions: parts)
        }
    }

    /// Everything in `partitions` up to `position` has been handled.
    ///
    /// - Throws: `BusError` (`leaseLost`) when one of them is no longer the member's; then none has moved.
    func commit(_ name: String, fence: Int64, partitions: [Int], position: Int64) async throws {
        try await database.write { tx in
            let held: SQL = """
                reader = \(name) AND fence = \(fence) AND "partition" IN (\(SQL.list(partitions)))
                """
            let count = try tx.query("SELECT 1 FROM bus_partition WHERE \(held)\(tx.dialect.forUpdate)") { _ in () }
                .count
            guard count == Set(partitions).count else {
                throw BusError(.leaseLost, "a partition of reader \(name) is somebody else's by now")
            }
            guard position <= (try tx.logBounds().head) else {
                throw BusError(.badRequest, "the log does not reach so far")
            }
            try tx.execute("UPDATE bus_partition SET position = \(position) WHERE \(held) AND position < \(position)")
        }
    }

    /// Gives back `partitions`, or with nil all of them and the membership.
    func release(_ name: String, fence: Int64, partitions: [Int]?) async throws {
        try await database.write { tx in
            guard try Self.locked(name, in: tx) != nil else { return }
            let held: SQL = "reader = \(name) AND fence = \(fence)"
            if let partitions {
                try tx.execute(
                    "UPDATE bus_partition SET fence = NULL WHERE \(held) AND \"partition\" IN (\(SQL.list(partitions)))"
                )
            } else {
                try tx.execute("UPDATE bus_partition SET fence = NULL WHERE \(held)")
                try tx.execute("DELETE FROM bus_member WHERE \(held)")
            }
        }
    }
}

extension DurableReaders {
    private struct Stored {
        var topics: String
        var epoch: String
        var fence: Int64
    }

    private static func make(
        _ name: String, _ topics: String, _ epoch: String, at time: Timestamp, in tx: Transaction,
        after: () throws -> Int64
    ) throws {
        let isNew =
            try tx.execute(
                """
                INSERT INTO bus_durable (name, topics, epoch, fence, created_at)
                VALUES (\(name), \(topics), \(epoch), 0, \(time)) ON CONFLICT (name) DO NOTHING
                """) > 0
        guard isNew else { return }
        let position = try after()
        for partition in 0..<partitions {
            try tx.execute(
                """
                INSERT INTO bus_partition (reader, "partition", position) VALUES (\(name), \(partition), \(position))
                """)
        }
    }

    /// Members of one reader come and go one after the other.
    private static func locked(_ name: String, in tx: Transaction) throws -> Stored? {
        try tx.first("SELECT topics, epoch, fence FROM bus_durable WHERE name = \(name)\(tx.dialect.forUpdate)") {
            Stored(topics: $0.text(0), epoch: $0.text(1), fence: $0.int64(2))
        }
    }

    private static func forgetLapsed(_ name: String, at time: Timestamp, in tx: Transaction) throws {
        // Further ahead than a lease lasts: it was given before the clock went back. Hosts' clocks may differ by a minute.
        let farthest = time.adding(seconds: leaseSeconds + 60)
        try tx.execute(
            "DELETE FROM bus_member WHERE reader = \(name) AND (lease_until <= \(time) OR lease_until > \(farthest))")
        try tx.execute(
            """
            UPDATE bus_partition SET fence = NULL WHERE reader = \(name) AND fence IS NOT NULL
                AND fence NOT IN (SELECT fence FROM bus_member WHERE reader = \(name))
            """)
    }

    /// The member's fence, its lease renewed.
    private static func membership(
        of member: String, in reader: Stored, _ name: String, at time: Timestamp, in tx: Transaction
    ) throws -> Int64 {
        let until = time.adding(seconds: leaseSeconds)
        let known = try tx.query(
            """
            UPDATE bus_member SET lease_until = \(until) WHERE reader = \(name) AND member = \(member) RETURNING fence
            """
        ) { $0.int64(0) }
        if let fence = known.first { return fence }
        let fence = reader.fence + 1
        try tx.execute("UPDATE bus_durable SET fence = \(fence) WHERE name = \(name)")
        try tx.execute(
            """
            INSERT INTO bus_member (reader, member, fence, lease_until) VALUES (\(name), \(member), \(fence), \(until))
            """)
        return fence
    }

    /// - Returns: how many partitions the member should hold.
    private static func takeShare(_ name: String, _ fence: Int64, in tx: Transaction) throws -> Int {
        let members = try tx.first("SELECT count(*) FROM bus_member WHERE reader = \(name)") { $0.int(0) } ?? 1
        let held =
            try tx.first("SELECT count(*) FROM bus_partition WHERE reader = \(name) AND fence = \(fence)") { $0.int(0) }
            ?? 0
        let share = (partitions + members - 1) / max(members, 1)
        if held < share {
            try tx.execute(
                """
                UPDATE bus_partition SET fence = \(fence), term = term + 1 WHERE reader = \(name) AND "partition" IN (
                    SELECT "partition" FROM bus_partition WHERE reader = \(name) AND fence IS NULL
                    ORDER BY "partition" LIMIT \(share - held))
                """)
        }
        return share
    }
}
