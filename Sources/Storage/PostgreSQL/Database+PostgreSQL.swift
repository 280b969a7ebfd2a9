import EventKit

extension Database {
    /// Starts the threads and makes sure that the server answers.
    func startPostgreSQL(_ connectionString: String) async throws {
        let lockTimeout = options.lockTimeout
        for _ in 0..<max(1, options.writers) {
            writerThreads.start("sql-write") { [writers, log] in
                serve(writers) {
                    try PostgreSQLConnection(connectionString, readOnly: false, lockTimeout: lockTimeout)
                } run: { job, connection in
                    connection.commit(job, log)
                }
            }
        }
        for _ in 0..<max(1, options.readers) {
            otherThreads.start("sql-read") { [readers] in
                serve(readers) {
                    try PostgreSQLConnection(connectionString, readOnly: true, lockTimeout: lockTimeout)
                } run: { job, connection in
                    job.run(Reader(connection)).answer(nil)
                }
            }
        }
        _ = try await read { reader in try reader.first("SELECT 1") { $0.int(0) } }
    }
}

/// Runs the jobs of a queue, one at a time, on a connection that is made again when it was lost.
private func serve<Access>(
    _ queue: JobQueue<Access>, connect: () throws -> PostgreSQLConnection,
    run: (Job<Access>, PostgreSQLConnection) -> Void
) {
    var connection: PostgreSQLConnection?
    while let jobs = queue.take(atMost: 1) {
        for job in jobs {
            do {
                if let connection, connection.isAlive {
                    run(job, connection)
                } else {
                    connection = nil
                    let new = try connect()
                    connection = new
                    run(job, new)
                }
            } catch {
                // Who waited behind would wait as long for the same answer.
                job.refuse(StorageError(wrapping: error))
                queue.refuseWaiting(StorageError(wrapping: error))
            }
        }
    }
}

extension PostgreSQLConnection {
    /// Runs one writing closure in a transaction of its own.
    fileprivate func commit(_ job: Job<Transaction>, _ log: LogWatch) {
        let tx = Transaction(self)
        guard job.isTransaction else { return job.run(tx).answer(nil) }
        do {
            try simple("BEGIN")
        } catch {
            return job.refuse(StorageError(wrapping: error))
        }
        let outcome = job.run(tx)
        do {
            let hasEvents = outcome.succeeded && tx.hasEvents
            if hasEvents { KillPoint.pass("host.before-commit") }
            if outcome.succeeded { try commit() } else { try simple("ROLLBACK") }
            if hasEvents { KillPoint.pass("host.committed") }
            outcome.answer(nil)
            if hasEvents { log.ring() }
        } catch {
            outcome.answer(StorageError(wrapping: error))
        }
    }
}
