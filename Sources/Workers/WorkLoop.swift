import EventBus
import Logging
import ServiceLifecycle
import Synchronization

/// What all workers do: take the jobs of a queue one after the other until they are to stop, and keep the lease of the one in hand.
struct WorkLoop: Sendable {
    let queue: String
    let client: WorkerClient
    let logger: Logger
    private let hand = Hand()

    init(queue: String, client: WorkerClient, logger: Logger) {
        self.queue = queue
        self.client = client
        self.logger = logger
    }

    /// Gives each job to `work` until a graceful stop or cancellation; then lets go of the desk.
    ///
    /// `work` gives the next job when it came with the answer to its report.
    ///
    /// - Throws: `BusError` when the desk does not let this key in, or not at this queue.
    func run(_ work: @escaping @Sendable (TakenJob) async -> TakenJob?) async throws {
        try await Self.run([self]) { _, job in await work(job) }
    }

    /// The same with several hands, each with a line to the desk of its own: `work` is told whose the job is. The first that fails ends all.
    static func run(_ hands: [WorkLoop], _ work: @escaping @Sendable (Int, TakenJob) async -> TakenJob?) async throws {
        guard let first = hands.first else { return }
        let result: Result<Void, any Error>
        do {
            try await withGracefulShutdownHandler {
                try await withThrowingTaskGroup { group in
                    for (number, hand) in hands.enumerated() {
                        group.addTask { try await hand.workOff { await work(number, $0) } }
                    }
                    while try await group.next() != nil {}
                }
            } onGracefulShutdown: {
                first.logger.info("\(first.queue) worker stops")
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        for hand in hands { await hand.client.close() }
        first.logger.info("\(first.queue) worker stopped")
        try result.get()
    }

    /// Reports the job as done.
    ///
    /// - Returns: the next one, unless there is none or the worker is to stop.
    func done(_ job: TakenJob, result: String? = nil) async throws -> TakenJob? {
        if !Task.isShuttingDownGracefully { return try await client.done(job, result: result, thenTake: queue) }
        try await client.done(job, result: result)
        return nil
    }

    private func workOff(_ work: @Sendable (TakenJob) async -> TakenJob?) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await renewLeases() }
            while var job = try await nextJob() {
                while let next = await holding(job, work) { job = next }
            }
            group.cancelAll()
        }
    }

    /// Waits for a job; nil when it is time to stop.
    private func nextJob() async throws -> TakenJob? {
        do {
            while !Task.isShuttingDownGracefully {
                if let job = try await cancelWhenGracefulShutdown({ try await client.take(queue) }).first { return job }
            }
        } catch is CancellationError {}
        return nil
    }

    /// Has `job` in hand while `work` runs.
    private func holding(_ job: TakenJob, _ work: @Sendable (TakenJob) async -> TakenJob?) async -> TakenJob? {
        hand.hold(job)
        defer { hand.letGo() }
        return await work(job)
    }

    /// Renews the lease of what is in hand, each time a third of it has passed, until cancelled.
    ///
    /// One task for all jobs: most take some milliseconds, a lease lasts half a minute. A lost lease shows when the outcome is reported.
    private func renewLeases() async {
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            if let job = hand.due() { try? await client.extend(job) }
        }
    }
}

/// The job that a worker has in hand, and when its lease is to be renewed.
private final class Hand: Sendable {
    private let held = Mutex<(job: TakenJob, renewal: ContinuousClock.Instant)?>(nil)

    func hold(_ job: TakenJob) { held.withLock { $0 = (job, Self.renewal(of: job)) } }

    func letGo() { held.withLock { $0 = nil } }

    /// The job in hand if its lease is to be renewed now; told once.
    func due() -> TakenJob? {
        held.withLock {
            guard let (job, renewal) = $0, renewal <= .now else { return nil }
            $0 = (job, Self.renewal(of: job))
            return job
        }
    }

    private static func renewal(of job: TakenJob) -> ContinuousClock.Instant {
        .now + .seconds(job.leaseSeconds) / 3
    }
}
