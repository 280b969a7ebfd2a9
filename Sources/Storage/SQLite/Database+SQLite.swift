extension Database {
    /// Starts the writer's thread, which makes the file, and then the readers'.
    func startSQLite(_ path: String) async throws {
        let writeBack = WriteBack()
        try await start(writerThreads, "sql-write", path, readOnly: false) { [writers, otherThreads, log] connection in
            while let jobs = writers.take(atMost: 256) {
                connection.commit(jobs, writers, log)
                if writeBack.hasCommitted(jobs.count) { connection.writeBack() }
            }
            writeBack.close()
            // The last connection to close empties the log into the file, but not if another closes at the same moment.
            otherThreads.wait()
        }
        try await start(otherThreads, "sql-write-back", path, readOnly: true) { writeBack.run($0) }
        for _ in 0..<max(1, options.readers) {
            try await start(otherThreads, "sql-read", path, readOnly: true) { [readers] connection in
                while let jobs = readers.take(atMost: 1) {
                    for job in jobs { connection.read(job) }
                }
            }
        }
    }

    /// Returns when the thread has opened its connection.
    private func start(
        _ threads: Threads, _ name: String, _ path: String, readOnly: Bool,
        _ body: @escaping @Sendable (SQLiteConnection) -> Void
    ) async throws {
        let (lockTimeout, pageCache) = (options.lockTimeout, options.pageCache)
        try await withCheckedThrowingContinuation { (opened: CheckedContinuation<Void, any Error>) in
            threads.start(name) {
                do {
                    try SQLiteConnection.open(
                        path, readOnly: readOnly, pageCache: pageCache, lockTimeout: lockTimeout
                    ) { connection in
                        opened.resume()
                        body(connection)
                    }
                } catch {
                    opened.resume(throwing: error)
                }
            }
        }
    }
}
