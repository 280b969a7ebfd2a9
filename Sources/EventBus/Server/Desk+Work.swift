import EventKit
import Foundation
import Logging
import Storage

extension Desk {
    /// `{queue, max ≤ 32, wait ≤ 20 s}` → `{jobs}`; empty when the wait is over.
    func take(
        _ request: DeskRequest, for key: ClientKey, _ isWanted: @Sendable () async -> Bool
    ) async throws -> DeskAnswer {
        guard let name = request.queue else { throw BusError(.badRequest, "work.take needs a queue") }
        let queue = try queue(name, of: key)
        let seconds = request.wait ?? 0
        guard seconds.isFinite else { throw BusError(.badRequest, "wait is no number of seconds") }
        let end = ContinuousClock.now + .seconds(min(max(seconds, 0), 20))
        let limit = min(max(request.max ?? 1, 1), 32)
        while true {
            let generation = jobs.arrivals.generation
            let taken = try await readied(jobs.take(name, max: limit, worker: key.name), by: queue)
            if !taken.isEmpty { return answer(Reply.Taken(jobs: taken), with: taken) }
            // Woken by each new job, and four times a second by the server, which is what ends the wait.
            guard ContinuousClock.now < end, !Task.isCancelled else { return answer(Reply.Taken(jobs: []), with: []) }
            await jobs.arrivals.wait(after: generation)
            guard await isWanted() else { return answer(Reply.Taken(jobs: []), with: []) }
        }
    }

    private func queue(_ name: String, of key: ClientKey) throws -> WorkQueue {
        guard key.work.contains(name), let queue = queues[name] else {
            throw BusError(.denied, "the key does not cover this queue")
        }
        return queue
    }

    /// `work.begin {job, token, messageID}`, `work.extend {job, token}`, `work.done {job, token, result? or size?}`,
    /// `work.fail {job, token, reason, retry}` → `{ok}`; `work.done {job, token, result?, queue}` → `{ok, jobs}`;
    /// `work.result {job, token, offset, bytes}` → `{ok, received}`.
    func report(_ request: DeskRequest, for key: ClientKey) async throws -> DeskAnswer {
        guard let job = request.job, let token = request.token else {
            throw BusError(.badRequest, "job and token are needed")
        }
        let claim = JobClaim(job: job, token: token)
        switch request.op {
        case "work.begin":
            guard let id = request.messageID, (1...250).contains(id.utf8.count) else {
                throw BusError(.badRequest, "work.begin needs a messageID of at most 250 bytes")
            }
            try await jobs.begin(claim, messageID: id, queues: key.work)
        case "work.extend": try await jobs.extend(claim, queues: key.work)
        case "work.result": return try await keepPart(request, of: claim, for: key)
        case "work.done":
            KillPoint.pass("desk.done")
            if let size = request.size {
                try await finish(claim, size: size, for: key)
            } else if let name = request.queue {
                return try await finish(claim, result: request.result, taking: queue(name, of: key), for: key)
            } else {
                try await jobs.done(claim, result: request.result, queues: key.work, follow: follow(for: key))
            }
        default:
            guard let reason = request.reason, let retry = request.retry else {
                throw BusError(.badRequest, "work.fail needs reason and retry")
            }
            try await jobs.fail(claim, reason: reason, retry: retry, queues: key.work, follow: follow(for: key))
        }
        return DeskAnswer(body: Reply.encode(Reply.Accepted()))
    }

    /// The job is done, and the next of `queue` is taken: one wait for the disk instead of two.
    private func finish(
        _ claim: JobClaim, result: String?, taking queue: WorkQueue, for key: ClientKey
    ) async throws -> DeskAnswer {
        let next = try await jobs.done(
            claim, result: result, queues: key.work, follow: follow(for: key), next: (queue.name, key.name))
        let taken = try await readied(next.map { [$0] } ?? [], by: queue)
        return answer(Reply.Accepted(jobs: taken), with: taken)
    }

    /// What follows from a report by this key; nil when none of its queues wants to know.
    private func follow(for key: ClientKey) -> WorkQueue.ReportHandler? {
        guard key.work.contains(where: { queues[$0]?.handleReport != nil }) else { return nil }
        return { [queues] job, tx in try queues[job.queue]?.handleReport?(job, tx) }
    }

    /// Parts go in JSON as base64, so a request's 64 KiB hold some 48,000 bytes.
    private func keepPart(_ request: DeskRequest, of claim: JobClaim, for key: ClientKey) async throws -> DeskAnswer {
        guard let offset = request.offset, offset >= 0, let part = request.bytes.flatMap({ Data(base64Encoded: $0) })
        else { throw BusError(.badRequest, "work.result needs offset, and bytes in base64") }
        let received = try await jobs.keep(Array(part), at: offset, of: claim, queues: key.work)
        return DeskAnswer(body: Reply.encode(Reply.Kept(received: received)))
    }

    /// A result that the host cannot use is a failed attempt; what storage cannot do now is tried again.
    private func finish(_ claim: JobClaim, size: Int, for key: ClientKey) async throws {
        let takers = key.work.compactMap { queues[$0] }.filter { $0.handleResult != nil }
        do {
            try await jobs.done(claim, size: size, queues: takers.map(\.name)) { [queues] job, result, tx in
                try queues[job.queue]?.handleResult?(job, result, tx)
            }
        } catch let error where !(error is BusError || error is StorageError) {
            logger.error("a result could not be used", metadata: ["job": "\(claim.job)", "error": "\(error)"])
            try await jobs.fail(claim, reason: "the host could not use the result", retry: true, queues: key.work)
            throw BusError(.badRequest, "the host could not use the result")
        }
    }

    /// Holds the jobs `taken`: they are given back if it cannot be delivered.
    private func answer(_ reply: some Encodable, with taken: [TakenJob]) -> DeskAnswer {
        guard !taken.isEmpty else { return DeskAnswer(body: Reply.encode(reply)) }
        KillPoint.pass("desk.taken")
        let claims = taken.map { JobClaim(job: $0.job, token: $0.token) }
        return DeskAnswer(body: Reply.encode(reply)) { [jobs, logger] in
            do { try await jobs.release(claims) } catch {
                logger.error("a lease nobody got was not given back; it runs out", metadata: ["error": "\(error)"])
            }
        }
    }

    private func readied(_ taken: [Job], by queue: WorkQueue) async throws -> [TakenJob] {
        var ready: [TakenJob] = []
        for job in taken {
            guard let token = job.token else { continue }
            let claim = JobClaim(job: job.id, token: token)
            do {
                guard let payload = try await queue.prepare(job) else {
                    try await jobs.dropUnwanted(claim)
                    continue
                }
                ready.append(
                    TakenJob(
                        job: job.id, token: token, queue: job.queue, key: job.key, payload: payload,
                        attempt: job.attempts,
                        leaseSeconds: JobStore.leaseSeconds, messageID: job.messageID))
            } catch is JobIsHeld {
                try await jobs.hold(claim)
            } catch {
                logger.error(
                    "a job could not be readied",
                    metadata: ["job": "\(job.id)", "queue": "\(queue.name)", "error": "\(error)"])
                try await jobs.fail(claim, reason: "the host could not ready it", retry: true, queues: [queue.name])
            }
        }
        return ready
    }
}
