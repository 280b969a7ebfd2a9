public import EventKit
public import Storage

/// A piece of work for a worker, as its table holds it.
public struct Job: Sendable, Hashable, Identifiable {
    /// Where a job stands.
    public enum State: String, Sendable, CaseIterable {
        /// To be taken, at `notBefore` at the earliest.
        case waiting
        /// Taken; nothing irrevocable has begun.
        case leased
        /// Taken, and its worker is doing what cannot be undone, such as handing over a mail.
        case sending
        case done
        /// Given up until an operator retries or drops it.
        case parked
        case dropped
    }

    public let id: Int64
    public let queue: String
    /// Unique among all jobs, those done long ago excepted: enqueueing it again does nothing.
    public let key: String
    /// JSON, as it was enqueued; empty once the job is done or dropped: it may name people and what they have to do with.
    public let payload: String
    /// Must reach its end even if that means doing it twice.
    public let required: Bool
    public let state: State
    /// How often it was taken.
    public let attempts: Int
    public let notBefore: Timestamp
    /// Shown by whoever holds the lease; nil before the first one.
    public let token: String?
    /// Key name of the worker that took it last.
    public let worker: String?
    /// Set by `begin`: if it stands on a job that is taken, an earlier attempt may have reached its end.
    public let messageID: String?
    /// Why it failed last, or was parked or dropped.
    public let reason: String?
    public let createdAt: Timestamp
    public let changedAt: Timestamp
}

/// Proof that a worker holds a job.
public struct JobClaim: Sendable, Hashable {
    public let job: Int64
    public let token: String

    public init(job: Int64, token: String) {
        self.job = job
        self.token = token
    }
}

/// A queue of jobs, and how the host readies one for the worker that takes it.
public struct WorkQueue: Sendable {
    /// What the host makes of a result that came in parts, in the transaction in which its job becomes done.
    public typealias ResultHandler = @Sendable (Job, [UInt8], Transaction) throws -> Void

    /// What follows from a worker's report, in its transaction; the job is as the report leaves it. A report may come twice.
    public typealias ReportHandler = @Sendable (Job, Transaction) throws -> Void

    public let name: String
    /// What the worker gets, composed at the time of the take; nil drops the job as no longer wanted.
    ///
    /// What it throws counts as a failed attempt, `JobIsHeld` excepted.
    public let prepare: @Sendable (Job) async throws -> String?
    /// Nil: the queue takes no results in parts.
    public let handleResult: ResultHandler?
    /// Told of `work.done` without parts and of `work.fail`; nil: nobody is.
    public let handleReport: ReportHandler?

    public init(
        name: String, prepare: @escaping @Sendable (Job) async throws -> String? = { $0.payload },
        handleResult: ResultHandler? = nil, handleReport: ReportHandler? = nil
    ) {
        self.name = name
        self.handleResult = handleResult
        self.handleReport = handleReport
        self.prepare = prepare
    }
}
