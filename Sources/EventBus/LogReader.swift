public import EventKit
public import Logging
public import ServiceLifecycle
public import Storage
import Synchronization

/// Reads the log inside the host, with its position in the same database: each event takes effect exactly once.
///
/// The position is in table `bus_reader`. Several hosts may run the same reader; they take turns by batches.
public final class LogReader: Service {
    /// What a reader does with an event; its changes and the reader's position are kept together or not at all.
    public typealias Handler = @Sendable (LoggedEvent, Transaction) throws -> Void

    private struct Place {
        var epoch: String
        var position: Int64
    }

    private static let batchSize = 25

    public let name: String
    private let topics: [TopicPattern]
    private let log: EventLog
    private let database: Database
    private let logger: Logger
    private let pauses: [Duration]
    private let afterCommit: @Sendable () -> Void
    private let handle: Handler
    private let failing = Mutex<String?>(nil)

    /// - Parameters:
    ///   - name: unique among readers, never changed: the position is kept under it.
    ///   - pauses: how long to wait after the first, second, … failure in a row; the last one repeats.
    ///   - afterCommit: called after each transaction, for example `jobs.wake`.
    public init(
        name: String, topics: [TopicPattern], log: EventLog, database: Database, logger: Logger,
        pauses: [Duration] = [.seconds(1), .seconds(5), .seconds(30), .seconds(60)],
        afterCommit: @escaping @Sendable () -> Void = {}, handle: @escaping Handler
    ) {
        self.name = name
        self.topics = topics
        self.log = log
        self.database = database
        self.logger = logger
        self.pauses = pauses
        self.afterCommit = afterCommit
        self.handle = handle
    }

    /// Why it stands still at the moment, for the readiness page; nil when it does not.
    public var problem: String? { failing.withLock { $0 } }

    /// Reads until the task is cancelled or a graceful shutdown begins.
    ///
    /// - Throws: `BusError` (`epoch`, `truncated`) when the log is not the one it has read: somebody must look.
    public func run() async throws {
        try await cancelWhenGracefulShutdown {
            // Listened to before the first look, so that nothing is committed unheard in between.
            let changes = self.log.changes()
            do {
                try await self.readAll()
                for await _ in changes { try await self.readAll() }
            } catch is CancellationError {}
        }
    }

    /// Reads up to the head; what fails is tried again for as long as it takes.
    private func readAll() async throws {
        var failures = 0
        var oneByOne = 0
        while !Task.isCancelled {
            do {
                // After a failure its batch is read one by one, so that what comes before the event that fails is not
                // held up.
                guard try await readBatch(limit: oneByOne > 0 ? 1 : Self.batchSize) else {
                    failing.withLock { $0 = nil }
                    return
                }
                failures = 0
                oneByOne -= 1
            } catch var error as BusError {
                error = BusError(error.code, "reader \(name): \(error.message)", first: error.first, epoch: error.epoch)
                failing.withLock { [error] in $0 = error.message }
                throw error
            } catch {
                failures += 1
                oneByOne = Self.batchSize
                try await pause(after: failures, error)
            }
        }
    }

    private func pause(after failures: Int, _ error: any Error) async throws {
        failing.withLock { $0 = "a handler or the database fails" }
        BusMetrics().readerFailed(name)
        logger.error(
            "a reader cannot go on and tries again",
            metadata: ["reader": "\(name)", "failures": "\(failures)", "error": "\(error)"])
        guard let last = pauses.last else { return }
        try await Task.sleep(for: failures <= pauses.count ? pauses[failures - 1] : last)
    }

    /// - Returns: false when there was nothing more to read.
    private func readBatch(limit: Int) async throws -> Bool {
        let stored = try await database.read { [name] in try Self.place(of: name, in: $0) }
        let position = stored?.position ?? 0
        let batch = try await log.read(after: position, matching: topics, limit: limit, maxBytes: 1 << 20)
        try batch.check(follows: position, of: stored?.epoch)
        guard batch.next > position else { return false }
        try await database.write { [name, handle] tx in
            // The row first, so that there is one to lock; then, when another host was faster, it has handled these.
            try tx.execute(
                "INSERT INTO bus_reader (name, epoch, position) VALUES (\(name), \(batch.epoch), 0) ON CONFLICT (name) DO NOTHING"
            )
            guard try Self.place(of: name, in: tx)?.position == position else { return }
            for event in batch.events { try handle(event, tx) }
            try tx.execute(
                """
                INSERT INTO bus_reader (name, epoch, position) VALUES (\(name), \(batch.epoch), \(batch.next))
                ON CONFLICT (name) DO UPDATE SET position = excluded.position
                """)
        }
        if !batch.events.isEmpty { afterCommit() }
        return true
    }

    /// Puts the reader `name`, unless it has read before, behind all that the log holds: history that nobody is to act
    /// on.
    ///
    /// - Throws: `StorageError`.
    public static func skipHistory(name: String, log: EventLog, database: Database) async throws {
        try await log.stamped()
        let (epoch, _, head) = try await log.bounds()
        try await database.write { tx in
            try tx.execute(
                """
                INSERT INTO bus_reader (name, epoch, position) VALUES (\(name), \(epoch), \(head)) ON CONFLICT (name) \
                DO NOTHING
                """)
        }
    }

    /// Whether the reader `name` has a position.
    public static func hasBegun(name: String, database: Database) async throws -> Bool {
        try await database.read { try place(of: name, in: $0) } != nil
    }

    private static func place(of name: String, in reader: Reader) throws -> Place? {
        let lock: SQL = reader is Transaction ? reader.dialect.forUpdate : ""
        return try reader.first("SELECT epoch, position FROM bus_reader WHERE name = \(name)\(lock)") {
            Place(epoch: $0.text(0), position: $0.int64(1))
        }
    }
}
