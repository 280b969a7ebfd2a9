public import EventKit
public import Storage

/// Thrown by a `WorkQueue.prepare` for a job whose time has not come: it waits a minute more, and the attempt does not count.
public struct JobIsHeld: Error {
    public init() {}
}

/// How a job stands, for those who follow what becomes of it.
public struct JobStanding: Sendable, Hashable {
    public let key: String
    public let state: Job.State
    public let attempts: Int
    /// What its worker said of it last.
    public let said: String?
    public let changedAt: Timestamp
}

/// What is done to all jobs of a queue whose keys begin alike: they go to one place.
extension JobStore {
    /// None that waits is taken before `time`.
    public func postpone(_ queue: String, keys prefix: String, until time: Timestamp, in tx: Transaction) throws {
        try tx.execute(
            "UPDATE bus_job SET not_before = \(time) WHERE \(Self.waiting(queue, prefix)) AND not_before < \(time)")
    }

    /// Those that wait may be taken now, in the order in which they came, from the first attempt on. Call `wake` after the commit.
    public func hasten(_ queue: String, keys prefix: String, in tx: Transaction) throws {
        try tx.execute("UPDATE bus_job SET not_before = \(now()), attempts = 0 WHERE \(Self.waiting(queue, prefix))")
    }

    /// None of them is ever done, nor is what a worker has in hand tried again; what they were about is forgotten.
    public func forget(_ queue: String, keys prefix: String, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE bus_job SET state = 'dropped', payload = '', reason = 'no longer wanted', lease_until = NULL,
                changed_at = \(now())
            WHERE queue = \(queue) AND \(Self.begins(prefix)) AND state NOT IN ('done', 'dropped')
            """)
    }

    /// The last `limit` by their keys, the last first.
    public func standing(_ queue: String, keys prefix: String, limit: Int, in reader: Reader) throws -> [JobStanding] {
        try reader.query(
            """
            SELECT key, state, attempts, CASE WHEN state = 'done' THEN result ELSE reason END, changed_at FROM bus_job
            WHERE queue = \(queue) AND \(Self.begins(prefix)) ORDER BY key DESC LIMIT \(limit)
            """
        ) { row in
            JobStanding(
                key: row.text(0), state: Job.State(rawValue: row.text(1)) ?? .parked, attempts: row.int(2),
                said: row.textOrNil(3), changedAt: row.time(4))
        }
    }

    /// A job that was just taken is given back, to be looked at again in a minute.
    func hold(_ claim: JobClaim) async throws {
        let time = now()
        try await database.write { tx in
            try tx.execute(
                """
                UPDATE bus_job SET state = 'waiting', attempts = attempts - 1, lease_until = NULL,
                    not_before = \(time.adding(seconds: 60)), changed_at = \(time)
                WHERE id = \(claim.job) AND token = \(claim.token) AND state = 'leased'
                """)
        }
    }

    private static func waiting(_ queue: String, _ prefix: String) -> SQL {
        "queue = \(queue) AND \(begins(prefix)) AND state = 'waiting'"
    }

    /// Keys are ASCII and compared by their bytes.
    private static func begins(_ prefix: String) -> SQL { "key >= \(prefix) AND key < \(prefix + "\u{7F}")" }
}
