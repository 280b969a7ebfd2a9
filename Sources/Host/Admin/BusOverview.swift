import EventBus
import EventKit
import Storage

/// What the administrator's page shows of the bus.
struct BusOverview: Sendable {
    struct Key: Sendable {
        let name, publicKey, topics, work: String
    }

    struct Queue: Sendable {
        let name: String
        let waiting, leased, parked: Int
        /// Seconds for which its oldest work has waited.
        let oldest: Int64
        let stands: Bool
        /// What fails and is tried again.
        let retried: RetriedWork?
    }

    struct State: Sendable {
        let epoch: String
        let head: Int64
        let keys: [Key]
        let queues: [Queue]
        let readers: [DurableReaders.Standing]
    }

    let log: EventLog
    let keys: KeyStore
    let jobs: JobStore
    let readers: DurableReaders
    let queues: [String]
    /// A queue whose oldest work has waited so many seconds stands still.
    let stallSeconds: Int64

    func read() async throws -> State {
        let (epoch, _, head) = try await log.bounds()
        let counts = try await jobs.counts()
        func count(_ queue: String, _ states: Set<Job.State>) -> Int {
            counts.filter { $0.queue == queue && states.contains($0.state) }.reduce(0) { $0 + $1.count }
        }
        let ages = try await jobs.oldestWaiting(in: queues)
        let retried = try await jobs.retried(in: queues)
        return State(
            epoch: epoch, head: head,
            keys: try await keys.list().map { key in
                Key(
                    name: key.name, publicKey: key.publicKey,
                    topics: key.topics.map(\.description).joined(separator: ", "),
                    work: key.work.joined(separator: ", "))
            },
            queues: queues.map {
                Queue(
                    name: $0, waiting: count($0, [.waiting]), leased: count($0, [.leased, .sending]),
                    parked: count($0, [.parked]), oldest: ages[$0] ?? 0, stands: ages[$0] ?? 0 >= stallSeconds,
                    retried: retried[$0])
            }, readers: try await readers.list())
    }
}
