import EventKit
import Storage

extension JobStore {
    /// Leases up to `max` jobs of `queue` to `worker`, the longest due first; the leases are committed when this
    /// returns.
    public func take(_ queue: String, max: Int, worker: String) async throws -> [Job] {
        let time = now()
        // A look first, so that workers who wait do not queue for the one writer of SQLite.
        let mayHaveSome = try await database.read { reader in
            try reader.first(
                """
                SELECT 1 WHERE EXISTS (SELECT 1 FROM bus_job WHERE \(Self.isFree(queue, at: time)))
                OR EXISTS (SELECT 1 FROM (\(Self.heads(queue, at: time))) AS heads WHERE id IS NOT NULL)
                OR EXISTS (SELECT 1 FROM bus_job WHERE queue = \(queue) AND \(Self.isLapsed(at: time)))
                OR EXISTS (SELECT 1 FROM bus_job WHERE queue = \(queue) AND \(Self.isMisdated(at: time)))
                """
            ) { _ in true } ?? false
        }
        guard mayHaveSome else { return [] }
        return try await database.write { try Self.take(queue, max: max, worker: worker, at: time, in: $0) }
    }

    /// The same as part of `tx`. On PostgreSQL it waits for nobody's rows, so that what `tx` has locked can harm nobody.
    static func take(
        _ queue: String, max: Int, worker: String, at time: Timestamp, in tx: Transaction
    ) throws -> [Job] {
        try settleLapsed(queue, at: time, in: tx)
        try tx.execute(
            """
            UPDATE bus_job SET not_before = \(time) WHERE id IN (
                SELECT id FROM bus_job WHERE queue = \(queue) AND \(isMisdated(at: time))\(tx.dialect.skipLocked))
            """)
        let free: SQL = isFree(queue, at: time)
        var taken = try lease(free, max, worker, at: time, in: tx)
        if taken.count < max {
            let first: SQL = """
                id IN (SELECT id FROM (\(heads(queue, at: time))) AS heads) AND state = 'waiting' AND not_before <= \(time)
                """
            taken += try lease(first, max - taken.count, worker, at: time, in: tx)
        }
        return taken
    }

    private static func lease(
        _ due: SQL, _ max: Int, _ worker: String, at time: Timestamp, in tx: Transaction
    ) throws -> [Job] {
        try tx.query(
            """
            WITH due AS (
                SELECT id FROM bus_job WHERE \(due) ORDER BY not_before, id LIMIT \(max)\(tx.dialect.skipLocked))
            UPDATE bus_job SET state = 'leased', attempts = attempts + 1, lease_until = \
            \(time.adding(seconds: leaseSeconds)),
                token = \(newToken()), worker = \(worker), changed_at = \(time)
            WHERE id IN (SELECT id FROM due) RETURNING \(columns)
            """, job
        ).sorted { ($0.notBefore, $0.id) < ($1.notBefore, $1.id) }
    }

    /// Its time has come, and it is in no lane.
    private static func isFree(_ queue: String, at time: Timestamp) -> SQL {
        "queue = \(queue) AND lane IS NULL AND state = 'waiting' AND not_before <= \(time)"
    }

    /// Of each lane of which nobody has one in hand, the id of the one that has been due longest; null when none is.
    ///
    /// It steps from lane to lane in the index, as one with many jobs that wait is looked at by every idle worker. A take beside this one
    /// may have leased a lane's first a moment ago, unseen: on PostgreSQL its row is locked, and it is still the first here.
    static func heads(_ queue: String, at time: Timestamp) -> SQL {
        let waiting: SQL = "queue = \(queue) AND state = 'waiting'"
        return """
            WITH RECURSIVE lanes(name) AS (
                SELECT min(lane) FROM bus_job WHERE \(waiting) AND lane IS NOT NULL
                UNION ALL
                SELECT (SELECT min(lane) FROM bus_job WHERE \(waiting) AND lane > lanes.name) FROM lanes
                WHERE lanes.name IS NOT NULL)
            SELECT (SELECT id FROM bus_job WHERE \(waiting) AND lane = lanes.name AND not_before <= \(time)
                ORDER BY not_before, id LIMIT 1) AS id
            FROM lanes WHERE lanes.name IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM bus_job WHERE queue = \(queue) AND lane = lanes.name AND lease_until IS NOT NULL)
            """
    }

    /// Gives back what a take leased but could not hand over; the attempt does not count.
    func release(_ claims: [JobClaim]) async throws {
        let time = now()
        try await database.write { tx in
            for claim in claims {
                try tx.execute(
                    """
                    UPDATE bus_job SET state = 'waiting', attempts = attempts - 1, lease_until = NULL, changed_at = \
                    \(time)
                    WHERE id = \(claim.job) AND token = \(claim.token) AND state = 'leased'
                    """)
            }
        }
        wake()
    }

    /// Decides what becomes of jobs whose lease ran out.
    ///
    /// One that ran out in `sending` may have reached its end or not: a required one is done again, under the same
    /// message id; another is parked for an operator (design: events.md, “Guarantees”). The token stays, so that a
    /// worker that was only slow can still report the end. In a lane it keeps its place.
    private static func settleLapsed(_ queue: String, at time: Timestamp, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE bus_job SET
                state = CASE WHEN attempts >= \(maxAttempts) OR (state = 'sending' AND required = 0) THEN 'parked' \
                ELSE 'waiting' END,
                reason = CASE WHEN state = 'sending' THEN 'ambiguous' ELSE 'the lease ran out' END,
                not_before = CASE WHEN lane IS NULL THEN CAST(\(time) AS BIGINT) ELSE not_before END,
                lease_until = NULL, changed_at = \(time)
            WHERE id IN (
                SELECT id FROM bus_job WHERE queue = \(queue) AND \(isLapsed(at: time))\(tx.dialect.skipLocked))
            """)
    }

    /// Run out, or further ahead than a lease ever lasts: then it was given before the clock went back. Hosts' clocks may differ by a minute.
    private static func isLapsed(at time: Timestamp) -> SQL {
        "(lease_until <= \(time) OR lease_until > \(time.adding(seconds: leaseSeconds + 60)))"
    }

    /// To wait longer than after any failure, but not for ever: then its time was set before the clock went back.
    private static func isMisdated(at time: Timestamp) -> SQL {
        let farthest = time.adding(seconds: (backOff.max() ?? 0) + 60)
        return "(state = 'waiting' AND not_before > \(farthest) AND not_before < \(never))"
    }

    private static func newToken() -> String {
        var random = SystemRandomNumberGenerator()
        return String(random.next(), radix: 16) + String(random.next(), radix: 16)
    }
}
