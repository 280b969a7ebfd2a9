import EventBus
import EventKit
import Logging
import ServiceLifecycle
import Storage
import Synchronization
import TrivselTesting

@testable import EventBus

/// An event for tests, of one of two types.
struct Happened: EventPayload {
    static let type = "test.happened.v1"
    var number: Int
}

struct Ended: EventPayload {
    static let type = "test.ended.v1"
    var number: Int
}

/// A clock that stands until it is moved.
final class TestClock: Sendable {
    private let time = Mutex(Timestamp(milliseconds: 1_800_000_000_000))

    var now: Timestamp { time.withLock { $0 } }

    func advance(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// A database with the bus's tables, and what stands on it.
struct Bed: Sendable {
    let database: Database
    let log: EventLog
    let keys: KeyStore
    let jobs: JobStore
    let readers: DurableReaders
    let clock = TestClock()
    let serverKey: KeyPair
    let counted = Counted()
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init(_ database: Database) throws {
        self.database = database
        log = EventLog(database: database, installation: "test")
        keys = KeyStore(database: database)
        jobs = JobStore(database: database) { [clock] in clock.now }
        readers = DurableReaders(database: database) { [clock] in clock.now }
        serverKey = try KeyPair.generate()
    }

    /// Lays a bed, gives it to `body`, and takes it away.
    static func lay(_ engine: Engine = .sqlite, _ body: (Bed) async throws -> Void) async throws {
        try await TestDatabase.with(engine, EventLog.migrations + BusSchema.migrations) { try await body(try Bed($0)) }
    }

    /// Runs a server while `body` runs; it must have released its ports when this returns.
    func serving(
        at endpoints: BusEndpoints = BusEndpoints(feed: "tcp://127.0.0.1:*", desk: "tcp://127.0.0.1:*"),
        queues: [WorkQueue] = [], states: [StateSource] = [], feedHighWater: Int32 = 10_000,
        _ body: (BusEndpoints) async throws -> Void
    ) async throws {
        let server = try BusServer(
            log: log, keys: keys, jobs: jobs, queues: queues, states: { states }, serverKey: serverKey,
            endpoints: endpoints,
            feedHighWater: feedHighWater, logger: logger, metrics: BusMetrics(factory: counted))
        let bound = try await server.start()
        try await withThrowingTaskGroup { group in
            group.addTask { try await server.run() }
            try await body(bound)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// A new client's credentials.
    func client(
        _ name: String = "reader", topics: String = "*", work: [String] = [], readers: [String] = [],
        at endpoints: BusEndpoints
    ) async throws -> ClientCredentials {
        let pair = try await keys.make(
            name, topics: topics.split(separator: " ").map { try pattern(String($0)) }, work: work, readers: readers)
        return ClientCredentials(name: name, pair: pair, serverKey: serverKey.publicKey, endpoints: endpoints)
    }

    /// Commits events one by one; odd numbers have happened, even ones ended.
    func commit(_ numbers: ClosedRange<Int>) async throws {
        for number in numbers {
            let payload: any EventPayload = number % 2 == 1 ? Happened(number: number) : Ended(number: number)
            let event = try Event(payload, subject: "case-\(number % 7)", at: clock.now)
            try await database.write { try $0.append(event) }
        }
    }

    /// Waits until the log has come to `head`: on PostgreSQL positions are given a moment after the commit.
    func stamped(_ head: Int64) async throws {
        for await _ in log.changes() where try await log.bounds().head >= head { return }
    }

    func enqueue(_ keys: [String], queue: String = "mail", required: Bool = false) async throws {
        try await database.write { [jobs] tx in
            for key in keys { try jobs.enqueue(queue, key: key, payload: "{}", required: required, in: tx) }
        }
        jobs.wake()
    }
}

extension BusEndpoints {
    /// Of two hosts.
    func and(_ other: BusEndpoints) -> BusEndpoints {
        BusEndpoints(feed: "\(feed),\(other.feed)", desk: "\(desk),\(other.desk)")
    }
}

func pattern(_ text: String) throws -> TopicPattern {
    guard let pattern = TopicPattern(text) else { throw BusError(.invalid, text) }
    return pattern
}

extension LoggedEvent {
    /// Which of the test events it is.
    var number: Int {
        get throws { event.type == Happened.type ? try payload(Happened.self).number : try payload(Ended.self).number }
    }
}

extension BusSubscriber {
    /// The first `count` events.
    func next(_ count: Int) async throws -> [LoggedEvent] {
        var iterator = makeAsyncIterator()
        return try await iterator.next(count)
    }
}

extension BusSubscriber.Iterator {
    /// The next `count` events, fewer if the reading ends.
    mutating func next(_ count: Int) async throws -> [LoggedEvent] {
        var events: [LoggedEvent] = []
        while events.count < count, let event = try await next() { events.append(event) }
        return events
    }
}
