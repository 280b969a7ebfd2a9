import EventKit
import Storage

/// What the holder of a lease reports. `queues` are those it may work on; a report that is sent again is accepted
/// again.
extension JobStore {
    /// The worker is about to do what cannot be undone; renews the lease.
    ///
    /// - Throws: `BusError` (`leaseLost`), and then it must not go on.
    public func begin(_ claim: JobClaim, messageID: String, queues: [String]) async throws {
        let time = now()
        try await report(claim, queues) {
            """
            UPDATE bus_job SET state = 'sending', message_id = \(messageID),
                lease_until = \(time.adding(seconds: Self.leaseSeconds)), changed_at = \(time)
            WHERE \($0) AND state IN ('leased', 'sending')
            """
        }
    }

    /// Renews the lease.
    ///
    /// - Throws: `BusError` (`leaseLost`).
    public func extend(_ claim: JobClaim, queues: [String]) async throws {
        let time = now()
        try await report(claim, queues) {
            """
            UPDATE bus_job SET lease_until = \(time.adding(seconds: Self.leaseSeconds)), changed_at = \(time)
            WHERE \($0) AND state IN ('leased', 'sending')
            """
        }
    }

    /// The job is done. Accepted after the lease ran out too, as long as nobody else has taken it: done is done.
    ///
    /// What it was about is forgotten; its key stays, so that nothing is done twice (design: events.md, “Guarantees”).
    ///
    /// - Parameters:
    ///   - follow: what follows from it, in the same transaction.
    ///   - next: who also takes the longest due job of which queue, in the same transaction.
    /// - Returns: the job that was taken so.
    /// - Throws: `BusError` (`leaseLost`).
    @discardableResult
    public func done(
        _ claim: JobClaim, result: String? = nil, queues: [String], follow: WorkQueue.ReportHandler? = nil,
        next: (queue: String, worker: String)? = nil
    ) async throws -> Job? {
        let time = now()
        return try await database.write { tx in
            try Self.report(claim, queues, forgetsParts: true, follow: follow, in: tx) {
                """
                UPDATE bus_job SET state = 'done', payload = '', result = \(result), lease_until = NULL,
                    changed_at = \(time)
                WHERE \($0) AND state <> 'dropped'
                """
            }
            guard let next else { return nil }
            return try Self.take(next.queue, max: 1, worker: next.worker, at: time, in: tx).first
        }
    }

    /// The job failed: it is tried again after a growing pause, or parked when it should not be or was tried often
    /// enough.
    ///
    /// - Parameter follow: what follows from it, in the same transaction.
    /// - Throws: `BusError` (`leaseLost`).
    public func fail(
        _ claim: JobClaim, reason: String, retry: Bool, queues: [String], follow: WorkQueue.ReportHandler? = nil
    ) async throws {
        let time = now()
        let pauses = Self.backOff.enumerated().map { "WHEN \($0.offset + 1) THEN \($0.element * 1000)" }
        try await report(claim, queues, forgetsParts: true, follow: follow) {
            """
            UPDATE bus_job SET
                state = CASE WHEN attempts >= \(Self.maxAttempts) OR \(retry) = 0 THEN 'parked' ELSE 'waiting' END,
                not_before = CAST(\(time) AS BIGINT) + CASE attempts \(raw: pauses.joined(separator: " ")) ELSE 0 END,
                reason = \(String(reason.prefix(500))), lease_until = NULL, message_id = NULL, changed_at = \(time)
            WHERE \($0) AND state IN ('leased', 'sending')
            """
        } orAccept: {
            "\($0) AND state IN ('waiting', 'parked')"
        }
    }

    /// The host no longer wants a job that was just taken.
    func dropUnwanted(_ claim: JobClaim) async throws {
        let time = now()
        try await report(claim, nil) {
            """
            UPDATE bus_job SET state = 'dropped', payload = '', reason = 'no longer wanted', lease_until = NULL,
                changed_at = \(time)
            WHERE \($0) AND state = 'leased'
            """
        }
    }

    private func report(
        _ claim: JobClaim, _ queues: [String]?, forgetsParts: Bool = false, follow: WorkQueue.ReportHandler? = nil,
        _ update: @escaping @Sendable (SQL) -> SQL, orAccept accept: @escaping @Sendable (SQL) -> SQL = { _ in "1 = 0" }
    ) async throws {
        try await database.write { tx in
            try Self.report(
                claim, queues, forgetsParts: forgetsParts, follow: follow, in: tx, update, orAccept: accept)
        }
    }

    private static func report(
        _ claim: JobClaim, _ queues: [String]?, forgetsParts: Bool, follow: WorkQueue.ReportHandler?,
        in tx: Transaction, _ update: (SQL) -> SQL, orAccept accept: (SQL) -> SQL = { _ in "1 = 0" }
    ) throws {
        var held: SQL = "id = \(claim.job) AND token = \(claim.token)"
        if let queues { held += " AND queue IN (\(SQL.list(queues)))" }
        guard try tx.execute(update(held)) > 0 else {
            if try tx.first("SELECT 1 FROM bus_job WHERE \(accept(held))", { _ in true }) != nil { return }
            throw BusError(.leaseLost, "the lease of job \(claim.job) is lost")
        }
        if forgetsParts { try tx.execute("DELETE FROM bus_result WHERE job = \(claim.job)") }
        if let follow, let job = try tx.first("SELECT \(columns) FROM bus_job WHERE id = \(claim.job)", job) {
            try follow(job, tx)
        }
    }
}
