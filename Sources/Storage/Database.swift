import Foundation
public import Logging

/// How a database is opened.
public struct DatabaseOptions: Sendable {
    /// Connections that read, each with a thread of its own.
    public var readers = max(2, min(8, ProcessInfo.processInfo.activeProcessorCount))
    /// Connections that write, each with a thread of its own. SQLite has one writer whatever stands here.
    public var writers = 4
    /// KiB of pages that each of SQLite's connections keeps in memory. PostgreSQL keeps its own.
    public var pageCache = 10_240
    /// How long to wait for a lock that another process holds before giving up with `.busy`: who asked is to have an answer within 5 s.
    public var lockTimeout: Duration = .seconds(4)

    public init() {}
}

/// The one door to the database, whichever engine is behind it.
///
/// Closures are synchronous and run on the database's own threads.
public final class Database: Sendable {
    /// What the engine writes differently.
    public let dialect: Dialect
    /// Where it is.
    public let url: DatabaseURL
    let options: DatabaseOptions
    let logger: Logger?
    let readers = JobQueue<Reader>()
    let writers = JobQueue<Transaction>()
    let writerThreads = Threads()
    let otherThreads = Threads()
    let log = LogWatch()

    private init(_ url: DatabaseURL, _ options: DatabaseOptions, _ logger: Logger?) {
        self.url = url
        self.options = options
        self.logger = logger
        dialect = url.dialect
    }

    /// Opens the database; SQLite's file is made if it is missing, its folder is not.
    ///
    /// - Throws: ``StorageError`` whose message is one line for the operator.
    public static func open(
        _ url: DatabaseURL, options: DatabaseOptions = .init(), logger: Logger? = nil
    ) async throws -> Database {
        let database = Database(url, options, logger)
        do {
            switch url.location {
            case .file(let path): try await database.startSQLite(path)
            case .server(let text): try await database.startPostgreSQL(text)
            }
        } catch {
            await database.close()
            throw error
        }
        return database
    }

    /// Runs `body` beside other readers and the writers.
    ///
    /// On SQLite it sees one state of the database throughout. On PostgreSQL each of its queries sees what was
    /// committed before it.
    public func read<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let run: @Sendable (Reader) -> Job<Reader>.Outcome = { reader in
                let result = Result { try body(reader) }
                return .init(succeeded: true) { failure in
                    continuation.resume(with: failure.map { .failure($0) } ?? result)
                }
            }
            readers.add(Job(run: run) { continuation.resume(throwing: $0) })
        }
    }

    /// Runs `body` in a transaction of its own and returns when it is committed and safe on disk.
    ///
    /// - Throws: what `body` throws, and then nothing of it is kept; ``StorageError`` when it could not be committed.
    @discardableResult
    public func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            let run: @Sendable (Transaction) -> Job<Transaction>.Outcome = { tx in
                var result = Result { try body(tx) }
                if case .success = result, let failure = tx.failure { result = .failure(failure) }
                let succeeded = if case .success = result { true } else { false }
                #if DEBUG
                    let answer: @Sendable () -> Void = { [result] in continuation.resume(with: result) }
                    if succeeded, let planted = self.plantedOutcome(of: tx, answer: answer) { return planted }
                #endif
                return .init(succeeded: succeeded) { [result] failure in
                    if let failure, succeeded {
                        continuation.resume(throwing: failure)
                    } else {
                        if succeeded { for body in tx.whenKept { body() } }
                        continuation.resume(with: result)
                    }
                }
            }
            writers.add(Job(run: run) { continuation.resume(throwing: $0) })
        }
    }

    /// Lets running closures end, refuses those that wait with `.unavailable`, and ends all threads and connections.
    public func close() async {
        readers.close()
        writers.close()
        log.close()
        await otherThreads.ended()
        await writerThreads.ended()
    }
}

extension Database {
    /// Runs a statement that PostgreSQL refuses inside a transaction, such as `CREATE DATABASE`.
    package func administer(_ statement: String) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let run: @Sendable (Transaction) -> Job<Transaction>.Outcome = { tx in
                let result = Result { try tx.run(SQL(raw: statement)) { _ in true } }.map { _ in }
                return .init(succeeded: true) { failure in
                    continuation.resume(with: failure.map { .failure($0) } ?? result)
                }
            }
            writers.add(Job(isTransaction: false, run: run) { continuation.resume(throwing: $0) })
        }
    }
}
