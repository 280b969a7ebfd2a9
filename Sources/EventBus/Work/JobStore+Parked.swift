public import EventKit
import Storage

/// Which parked jobs an operator decides on.
public enum ParkedJobs: Sendable, Hashable {
    case one(Int64)
    /// All of a queue; with `through`, only those parked by that moment, as nobody has seen the others.
    case queue(String, through: Timestamp? = nil)

    fileprivate var condition: SQL {
        switch self {
        case .one(let id): "id = \(id) AND state = 'parked'"
        case .queue(let name, through: nil): "queue = \(name) AND state = 'parked'"
        case .queue(let name, through: let time?):
            "queue = \(name) AND state = 'parked' AND changed_at <= \(time)"
        }
    }
}

/// The parked jobs of a queue, in numbers.
public struct ParkedQueue: Sendable, Hashable {
    public let name: String
    public let count: Int
    /// When the last of them was parked.
    public let last: Timestamp
}

/// What only a person can settle.
extension JobStore {
    /// Parked jobs of `queue`, or of all queues, in the order of their ids, after the job `after`.
    ///
    /// `changedAt` is when each was parked.
    public func parked(_ queue: String? = nil, after: Int64 = 0, limit: Int = 100) async throws -> [Job] {
        let own: SQL = queue.map { " AND queue = \($0)" } ?? ""
        return try await database.read { reader in
            try reader.query(
                """
                SELECT \(Self.columns) FROM bus_job
                WHERE state = 'parked' AND id > \(after)\(own) ORDER BY id LIMIT \(limit)
                """, Self.job)
        }
    }

    /// The queues that have parked jobs, by name.
    public func parkedQueues() async throws -> [ParkedQueue] {
        try await database.read { reader in
            try reader.query(
                """
                SELECT queue, count(*), max(changed_at) FROM bus_job WHERE state = 'parked' GROUP BY queue ORDER BY queue
                """
            ) { ParkedQueue(name: $0.text(0), count: $0.int(1), last: $0.time(2)) }
        }
    }

    /// The parked job with this id; nil when it is not parked.
    public func parked(id: Int64) async throws -> Job? {
        try await database.read {
            try $0.first("SELECT \(Self.columns) FROM bus_job WHERE id = \(id) AND state = 'parked'", Self.job)
        }
    }

    /// They are tried again, from the first attempt on.
    ///
    /// - Returns: how many; those that are not parked are left as they are.
    @discardableResult
    public func retry(_ jobs: ParkedJobs) async throws -> Int {
        let time = now()
        let changed = try await database.write { tx in
            try tx.execute(
                """
                UPDATE bus_job SET state = 'waiting', attempts = 0, not_before = \(time), changed_at = \(time)
                WHERE \(jobs.condition)
                """)
        }
        wake()
        return changed
    }

    /// They are never to be done; what they were about is forgotten.
    ///
    /// - Returns: how many; those that are not parked are left as they are.
    @discardableResult
    public func drop(_ jobs: ParkedJobs, reason: String) async throws -> Int {
        let time = now()
        return try await database.write { tx in
            try tx.execute(
                "DELETE FROM bus_result WHERE job IN (SELECT id FROM bus_job WHERE \(jobs.condition))")
            return try tx.execute(
                """
                UPDATE bus_job SET state = 'dropped', payload = '', reason = \(String(reason.prefix(500))),
                    changed_at = \(time)
                WHERE \(jobs.condition)
                """)
        }
    }

    /// For how many seconds each of `queues` has had work that nobody took: 0 when none is due.
    ///
    /// A job whose lease ran out is due again, even before somebody's take finds it so.
    public func oldestWaiting(in queues: [String]) async throws -> [String: Int64] {
        let time = now()
        return try await database.read { reader in
            var ages: [String: Int64] = [:]
            for queue in queues {
                let waits = try [
                    "SELECT min(not_before) FROM bus_job WHERE queue = \(queue) AND state = 'waiting'",
                    "SELECT min(lease_until) FROM bus_job WHERE queue = \(queue) AND lease_until IS NOT NULL",
                ].compactMap { sql in try reader.first(sql as SQL) { $0.timeOrNil(0) } ?? nil }
                ages[queue] = waits.map { max(0, (time.milliseconds - $0.milliseconds) / 1000) }.max() ?? 0
            }
            return ages
        }
    }
}
