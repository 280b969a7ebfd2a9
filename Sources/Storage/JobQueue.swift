import Dispatch
import Synchronization

/// A closure that waits for a thread with a connection.
struct Job<Access>: Sendable {
    /// What came of running the closure, and how to tell its caller once it is known whether the work was kept.
    struct Outcome {
        let succeeded: Bool
        let answer: (StorageError?) -> Void
    }

    /// False for a statement that must not be in a transaction.
    var isTransaction = true
    let run: @Sendable (Access) -> Outcome
    let refuse: @Sendable (StorageError) -> Void
}

/// The jobs that wait for a set of threads.
final class JobQueue<Access>: Sendable {
    private struct State {
        var waiting: [Job<Access>] = []
        var idleThreads = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wakeUp = DispatchSemaphore(value: 0)

    /// Puts `job` last, or refuses it when the queue is closed.
    func add(_ job: Job<Access>) {
        let (accepted, wake) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.waiting.append(job)
            guard state.idleThreads > 0 else { return (true, false) }
            state.idleThreads -= 1
            return (true, true)
        }
        if !accepted { job.refuse(.closed) }
        if wake { wakeUp.signal() }
    }

    /// The longest-waiting jobs, at most `limit`; blocks the thread until there is one. Nil when the queue is closed.
    func take(atMost limit: Int) -> [Job<Access>]? {
        while true {
            let jobs: [Job<Access>]? = state.withLock { state in
                if state.isClosed { return nil }
                let jobs = Array(state.waiting.prefix(limit))
                state.waiting.removeFirst(jobs.count)
                if jobs.isEmpty { state.idleThreads += 1 }
                return jobs
            }
            guard let jobs else { return nil }
            if !jobs.isEmpty { return jobs }
            wakeUp.wait()
        }
    }

    /// Refuses all jobs that wait now.
    func refuseWaiting(_ error: StorageError) {
        let jobs = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for job in jobs { job.refuse(error) }
    }

    /// Refuses what waits and what comes; threads get nil.
    func close() {
        let idleThreads = state.withLock { state in
            state.isClosed = true
            defer { state.idleThreads = 0 }
            return state.idleThreads
        }
        for _ in 0..<idleThreads { wakeUp.signal() }
        refuseWaiting(.closed)
    }
}
