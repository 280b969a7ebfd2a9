import EventBus
import EventKit
import Foundation
import Logging
import ServiceLifecycle
import Storage
import Synchronization

@testable import Workers

/// A host's desk over a database of its own, with the key of one worker.
struct TestDesk {
    let jobs: JobStore
    let keys: KeyStore
    let clock: TestClock
    let credentials: ClientCredentials
    private let database: Database
    private let serverKey: KeyPair

    static func with(_ body: (TestDesk) async throws -> Void) async throws {
        let folder = try ScratchFolder()
        let database = try await Database.open(try DatabaseURL("sqlite:\(folder.path)/host.sqlite"))
        do {
            try await database.migrate(EventLog.migrations + BusSchema.migrations)
            try await body(TestDesk(database, folder))
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private init(_ database: Database, _ folder: ScratchFolder) async throws {
        let clock = TestClock()
        self.clock = clock
        self.database = database
        jobs = JobStore(database: database, now: { clock.now })
        keys = KeyStore(database: database)
        serverKey = try KeyPair.generate()
        let endpoints = BusEndpoints(feed: "ipc://\(folder.path)/feed", desk: "ipc://\(folder.path)/desk")
        credentials = ClientCredentials(
            name: "worker",
            pair: try await keys.make("worker", topics: [], work: [NotificationsWorker.queue, WebhooksWorker.queue]),
            serverKey: serverKey.publicKey, endpoints: endpoints)
    }

    /// Serves the desk while `body` runs.
    func serving(_ body: () async throws -> Void) async throws {
        let server = try BusServer(
            log: EventLog(database: database, installation: "test"), keys: keys, jobs: jobs,
            queues: [NotificationsWorker.queue, WebhooksWorker.queue, "others"].map { WorkQueue(name: $0) },
            serverKey: serverKey,
            endpoints: BusEndpoints(feed: credentials.feed, desk: credentials.desk), logger: .silent)
        try await server.start()
        try await withThrowingTaskGroup { group in
            group.addTask { try await server.run() }
            try await body()
            group.cancelAll()
        }
    }

    /// Runs a worker while `body` runs, then stops it gracefully.
    func working(_ mail: MailSettings, log: RecordedLog, _ body: () async throws -> Void) async throws {
        try await working(try NotificationsWorker(credentials, mail: mail, logger: log.logger), body)
    }

    /// The same for any worker.
    func working(_ worker: any Service, _ body: () async throws -> Void) async throws {
        let group = ServiceGroup(services: [worker], logger: .silent)
        try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await group.run() }
            try await body()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    func add(_ mail: Mail, key: String = "1", required: Bool = true) async throws {
        try await add(
            payload: String(decoding: JSONEncoder().encode(mail), as: UTF8.self), key: key, required: required)
    }

    func add(
        payload: String, key: String = "1", required: Bool = true, queue: String = NotificationsWorker.queue,
        lane: String? = nil
    ) async throws {
        _ = try await database.write { [jobs] tx in
            try jobs.enqueue(queue, key: key, payload: payload, required: required, lane: lane, in: tx)
        }
        jobs.wake()
    }

    /// Moves the clock, and lets the desk look for what is due by then.
    func pass(seconds: Int64) {
        clock.pass(seconds: seconds)
        jobs.wake()
    }
}

/// A clock that stands until a test moves it.
final class TestClock: Sendable {
    private let time = Mutex(Timestamp(milliseconds: 1_795_767_330_000))

    var now: Timestamp { time.withLock { $0 } }

    func pass(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}
