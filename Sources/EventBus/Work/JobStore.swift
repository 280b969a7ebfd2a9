public import EventKit
public import Storage

/// The jobs of all queues, in table `bus_job`.
///
/// A job is leased to one worker at a time. A copy shares the signal that wakes those who wait for work.
public struct JobStore: Sendable {
    /// How long a lease lasts.
    public static let leaseSeconds: Int64 = 30
    /// After so many attempts a job is parked.
    public static let maxAttempts = 5
    /// When a job is due that waits until it is hastened: on 9999-12-31.
    public static let never = Timestamp(milliseconds: 253_402_214_400_000)
    /// Seconds to wait after the first, second, third and fourth failure.
    static let backOff: [Int64] = [10, 60, 600, 3600]

    let database: Database
    let now: @Sendable () -> Timestamp
    let arrivals = Arrivals()

    public init(database: Database, now: (@Sendable () -> Timestamp)? = nil) {
        self.database = database
        self.now = now ?? systemTime
    }

    /// Adds a job as part of `tx`, unless one with this key was added, `LogRetention` apart.
    ///
    /// Call `wake` after the commit; without it a waiting worker hears of the job within 250 ms.
    ///
    /// - Parameters:
    ///   - required: must reach its end even if that means doing it twice (a legally required notice).
    ///   - notBefore: an hour ahead at most, or `never`; what lies in between is due at once, see `take`.
    ///   - lane: where it goes. Of a lane's jobs one is taken at a time, the longest due first; nil: beside all others.
    /// - Returns: false when the key was there.
    @discardableResult
    public func enqueue(
        _ queue: String, key: String, payload: String, required: Bool, notBefore: Timestamp? = nil,
        lane: String? = nil, in tx: Transaction
    ) throws -> Bool {
        let time = now()
        return try tx.execute(
            """
            INSERT INTO bus_job (key, queue, payload, required, state, not_before, lane, created_at, changed_at)
            VALUES (
                \(key), \(queue), \(payload), \(required), 'waiting', \(notBefore ?? time), \(lane), \(time), \(time))
            ON CONFLICT (key) DO NOTHING
            """) > 0
    }

    /// Tells workers that wait that there may be jobs.
    public func wake() { arrivals.wake() }

    /// How many jobs are in each state of each queue, finished ones left out.
    public func counts() async throws -> [(queue: String, state: Job.State, count: Int)] {
        try await database.read { reader in
            try reader.query(
                """
                SELECT queue, state, count(*) FROM bus_job
                WHERE state NOT IN ('done', 'dropped') GROUP BY state, queue ORDER BY state, queue
                """
            ) { (queue: $0.text(0), state: Job.State(rawValue: $0.text(1)) ?? .waiting, count: $0.int(2)) }
        }
    }

    /// The job with this key; nil when there is none.
    public func find(key: String) async throws -> Job? {
        try await database.read { try $0.first("SELECT \(Self.columns) FROM bus_job WHERE key = \(key)", Self.job) }
    }

    static let columns: SQL = """
        id, queue, key, payload, required, state, attempts, not_before, token, worker, message_id, reason, \
        created_at, changed_at
        """

    static func job(_ row: Row) -> Job {
        Job(
            id: row.int64(0), queue: row.text(1), key: row.text(2), payload: row.text(3), required: row.bool(4),
            state: Job.State(rawValue: row.text(5)) ?? .parked, attempts: row.int(6), notBefore: row.time(7),
            token: row.textOrNil(8), worker: row.textOrNil(9), messageID: row.textOrNil(10), reason: row.textOrNil(11),
            createdAt: row.time(12), changedAt: row.time(13))
    }
}
