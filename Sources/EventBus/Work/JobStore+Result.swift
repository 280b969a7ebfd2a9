import EventKit
import Storage

/// Results too large for one message come in parts, which wait in table `bus_result` until the job is done.
extension JobStore {
    /// The largest result of a job.
    public static let maxResultBytes = 16 << 20

    /// Keeps a part of the job's result, and renews the lease.
    ///
    /// A part that does not begin where the kept ones end changes nothing: after a lost answer or connection the worker
    /// goes on from what this returns. Parts that an earlier holder of the job sent are forgotten.
    ///
    /// - Returns: how many bytes are kept by now.
    /// - Throws: `BusError`: `leaseLost`; `badRequest` over `maxResultBytes`.
    public func keep(_ bytes: [UInt8], at offset: Int, of claim: JobClaim, queues: [String]) async throws -> Int {
        let time = now()
        return try await database.write { tx in
            let isHeld =
                try tx.execute(
                    """
                    UPDATE bus_job SET lease_until = \(time.adding(seconds: Self.leaseSeconds)), changed_at = \(time)
                    WHERE id = \(claim.job) AND token = \(claim.token) AND state IN ('leased', 'sending')
                        AND queue IN (\(SQL.list(queues)))
                    """) > 0
            guard isHeld else { throw BusError(.leaseLost, "the lease of job \(claim.job) is lost") }
            try tx.execute("DELETE FROM bus_result WHERE job = \(claim.job) AND token <> \(claim.token)")
            let kept = try Self.keptBytes(claim, in: tx)
            guard offset == kept, !bytes.isEmpty else { return kept }
            guard kept + bytes.count <= Self.maxResultBytes else {
                throw BusError(.badRequest, "a result has at most \(Self.maxResultBytes) bytes")
            }
            try tx.execute(
                """
                INSERT INTO bus_result (job, token, start, size, bytes)
                VALUES (\(claim.job), \(claim.token), \(offset), \(bytes.count), \(bytes))
                """)
            return kept + bytes.count
        }
    }

    /// The job is done and its result, which came in parts, is what `handle` makes of it: both are kept or neither.
    ///
    /// Reported again it is accepted again, and not handled again. The parts are forgotten.
    ///
    /// - Throws: `BusError`: `leaseLost`; `badRequest` when not all `size` bytes are there; what `handle` throws.
    public func done(
        _ claim: JobClaim, size: Int, queues: [String], handle: @escaping WorkQueue.ResultHandler
    ) async throws {
        let time = now()
        try await database.write { tx in
            let job = try tx.first(
                """
                SELECT \(Self.columns) FROM bus_job WHERE id = \(claim.job) AND token = \(claim.token)
                    AND state <> 'dropped' AND queue IN (\(SQL.list(queues)))\(tx.dialect.forUpdate)
                """, Self.job)
            guard let job else { throw BusError(.leaseLost, "the lease of job \(claim.job) is lost") }
            if job.state == .done { return }
            guard try Self.keptBytes(claim, in: tx) == size else {
                throw BusError(.badRequest, "the result of job \(claim.job) is not complete")
            }
            let parts = try tx.query(
                """
                SELECT bytes FROM bus_result WHERE job = \(claim.job) AND token = \(claim.token) ORDER BY start
                """
            ) { $0.bytes(0) }
            try handle(job, Array(parts.joined()), tx)
            try tx.execute("DELETE FROM bus_result WHERE job = \(claim.job)")
            try tx.execute(
                """
                UPDATE bus_job SET state = 'done', payload = '', lease_until = NULL, changed_at = \(time)
                WHERE id = \(claim.job)
                """)
        }
    }

    private static func keptBytes(_ claim: JobClaim, in reader: Reader) throws -> Int {
        try reader.first(
            """
            SELECT coalesce(max(start + size), 0) FROM bus_result WHERE job = \(claim.job) AND token = \(claim.token)
            """
        ) { $0.int(0) } ?? 0
    }
}
