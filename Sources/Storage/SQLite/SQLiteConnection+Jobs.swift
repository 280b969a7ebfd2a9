import EventKit

extension SQLiteConnection {
    /// Runs one reading closure in a transaction, so that its queries see the same state.
    func read(_ job: Job<Reader>) {
        do {
            try execute("BEGIN")
            let outcome = job.run(Reader(self))
            try execute("COMMIT")
            outcome.answer(nil)
        } catch {
            job.refuse(StorageError(wrapping: error))
        }
    }

    /// Runs all `jobs` in one transaction, each of several in a savepoint of its own: many changes share one wait for the disk.
    func commit(_ jobs: [Job<Transaction>], _ writers: JobQueue<Transaction>, _ log: LogWatch) {
        var outcomes: [Job<Transaction>.Outcome] = []
        var hasEvents = false
        var appended: [AppendedEvent] = []
        var committed: CommittedEvents?
        var last: [SQL] = []
        var logEnd = LogEnd()
        let isShared = jobs.count > 1
        do {
            try execute("BEGIN IMMEDIATE")
            for job in jobs {
                if isShared { try execute("SAVEPOINT job") }
                let tx = Transaction(self, logEnd)
                let outcome = job.run(tx)
                outcomes.append(outcome)
                // Some errors, such as a full disk, end the whole transaction.
                guard isInTransaction else { throw tx.failure ?? StorageError(.other, "the transaction was lost") }
                if !outcome.succeeded {
                    try execute(isShared ? "ROLLBACK TO job" : "ROLLBACK")
                    logEnd = LogEnd()
                }
                if isShared { try execute("RELEASE job") }
                guard outcome.succeeded else { continue }
                if tx.hasEvents { hasEvents = true }
                appended += tx.appended
                last += tx.last
            }
            for sql in last { try execute(sql) }
            if !appended.isEmpty { committed = try CommittedEvents(Reader(self).logBounds().epoch, appended) }
            if hasEvents { KillPoint.pass("host.before-commit") }
            if isInTransaction { try execute("COMMIT") }
            if hasEvents { KillPoint.pass("host.committed") }
            if let committed { log.give(committed) }
            for outcome in outcomes { outcome.answer(nil) }
            if hasEvents { log.grown.send() }
        } catch {
            let failure = StorageError(wrapping: error)
            if isInTransaction { try? execute("ROLLBACK") }
            for outcome in outcomes { outcome.answer(failure) }
            for job in jobs.dropFirst(outcomes.count) { job.refuse(failure) }
            // Who waited behind has waited as long as these: another process holds the lock.
            if failure.kind == .busy { writers.refuseWaiting(failure) }
        }
    }
}
