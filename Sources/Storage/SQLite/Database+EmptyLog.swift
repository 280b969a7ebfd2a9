import Foundation

extension Database {
    /// Writes SQLite's log back into the file and cuts it to nothing, so that what was overwritten or deleted is no longer in it.
    ///
    /// Does nothing on PostgreSQL.
    ///
    /// - Throws: ``StorageError``; `.busy` when readers held an older state for the whole lock timeout.
    package func emptyLog() async throws {
        guard case .file(let path) = url.location else { return }
        let lockTimeout = options.lockTimeout
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            // On a connection of its own: the writer's is always in a transaction.
            otherThreads.start("sql-empty-log") {
                done.resume(with: Result { try Self.emptyLog(path, lockTimeout) })
            }
        }
    }

    private static func emptyLog(_ path: String, _ lockTimeout: Duration) throws {
        var result: Result<Bool, any Error> = .success(false)
        try SQLiteConnection.open(path, readOnly: false, lockTimeout: lockTimeout) { connection in
            // SQLite waits for readers and writers, but not for another who empties the log: that is answered at once.
            let end = ContinuousClock.now + lockTimeout
            result = Result {
                while try !connection.emptyLog() {
                    if ContinuousClock.now > end { return false }
                    Thread.sleep(forTimeInterval: 0.01)
                }
                return true
            }
        }
        if try !result.get() { throw StorageError(.busy, "the database's log is in use and cannot be emptied") }
    }
}

extension SQLiteConnection {
    /// False when somebody uses it.
    fileprivate func emptyLog() throws -> Bool {
        var isBusy = true
        do {
            _ = try run("PRAGMA wal_checkpoint(TRUNCATE)") { row in
                isBusy = row.bool(0)
                return false
            }
        } catch let error as StorageError where error.kind == .busy {}
        return !isBusy
    }
}
