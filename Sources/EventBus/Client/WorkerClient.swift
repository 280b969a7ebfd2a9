import Foundation
public import Logging

/// Takes jobs from the desk and reports what became of them. Any number of tasks may use one.
///
/// Each call asks until the desk answers: it survives lost connections and a host that starts anew. Calls throw
/// `BusError`: `leaseLost` when the job is somebody else's by now, `denied` and `refused` when the key does not allow
/// it; and `CancellationError` when the task is cancelled or the client closed.
public final class WorkerClient: Sendable {
    private let client: BusClient

    /// - Throws: `BusError` (`invalid`) for credentials that are malformed.
    public init(_ credentials: ClientCredentials, logger: Logger) throws {
        client = try BusClient(credentials, subscriptions: nil, logger: logger)
    }

    /// Leases up to `max` jobs (32 at most), waiting up to `wait` (20 s at most) for the first one; empty when there is
    /// none.
    public func take(_ queue: String, max: Int = 1, wait: Duration = .seconds(20)) async throws -> [TakenJob] {
        let request = DeskRequest(op: "work.take", max: max, queue: queue, wait: wait / .seconds(1))
        return try JSONDecoder().decode(Reply.Taken.self, from: Data(try await client.ask(request, wait: wait))).jobs
    }

    /// Announces what cannot be undone, such as handing over a mail, and under which id; after an error it must not be
    /// done.
    public func begin(_ job: TakenJob, messageID: String) async throws {
        try await report(DeskRequest(op: "work.begin", job: job.job, token: job.token, messageID: messageID))
    }

    /// Renews the lease of a job that takes long.
    public func extend(_ job: TakenJob) async throws {
        try await report(DeskRequest(op: "work.extend", job: job.job, token: job.token))
    }

    /// The job is done.
    public func done(_ job: TakenJob, result: String? = nil) async throws {
        try await report(DeskRequest(op: "work.done", job: job.job, token: job.token, result: result))
    }

    /// The job is done; takes the next of `queue` with the same request.
    ///
    /// - Returns: nil when none is due, or the host is of a version that does not know how: then `take`.
    public func done(_ job: TakenJob, result: String? = nil, thenTake queue: String) async throws -> TakenJob? {
        let request = DeskRequest(op: "work.done", queue: queue, job: job.job, token: job.token, result: result)
        let answer = try await client.ask(request)
        return try JSONDecoder().decode(Reply.Accepted.self, from: Data(answer)).jobs?.first
    }

    /// The job is done, and this came of it; at most 16 MiB.
    ///
    /// Goes in parts, each of which renews the lease. After a lost connection, or called again, it goes on where it
    /// was.
    ///
    /// - Throws: also `badRequest` for a queue that takes no such results, or when the host could not use this one.
    public func done(_ job: TakenJob, bytes: [UInt8]) async throws {
        var received = try await send([], at: 0, of: job)
        while received < bytes.count {
            let end = min(received + Self.partBytes, bytes.count)
            received = try await send(bytes[received..<end], at: received, of: job)
        }
        try await report(DeskRequest(op: "work.done", job: job.job, token: job.token, size: bytes.count))
    }

    /// As base64 in JSON it fits a request.
    private static let partBytes = 45_000

    private func send(_ part: ArraySlice<UInt8>, at offset: Int, of job: TakenJob) async throws -> Int {
        let request = DeskRequest(
            op: "work.result", job: job.job, token: job.token, offset: offset, bytes: Data(part).base64EncodedString())
        return try JSONDecoder().decode(Reply.Kept.self, from: Data(try await client.ask(request))).received
    }

    /// The job failed; `reason` is shown to operators and must not name people or hold content.
    public func fail(_ job: TakenJob, reason: String, retry: Bool) async throws {
        try await report(DeskRequest(op: "work.fail", job: job.job, token: job.token, reason: reason, retry: retry))
    }

    /// Releases the sockets; open calls end with `CancellationError`.
    public func close() async { await client.close() }

    private func report(_ request: DeskRequest) async throws {
        _ = try await client.ask(request)
    }
}
