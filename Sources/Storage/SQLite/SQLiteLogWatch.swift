import Logging

extension Database {
    /// Starts the thread that sees other processes' events; those of this process are told of by the writer.
    func startSQLiteLogWatch(_ path: String) {
        let lockTimeout = options.lockTimeout
        otherThreads.start("sql-log") { [log, logger] in
            do {
                try SQLiteConnection.open(path, readOnly: true, lockTimeout: lockTimeout) { connection in
                    let reader = Reader(connection)
                    var head: Int64 = -1
                    repeat {
                        let newest = try? reader.first("SELECT coalesce(max(position), 0) FROM event_log") {
                            $0.int64(0)
                        }
                        if let newest, newest != head {
                            head = newest
                            log.saw(newest)
                            log.grown.send()
                        }
                    } while log.wait()
                }
            } catch {
                logger?.error("the event log is not watched", metadata: ["error": "\(error)"])
            }
        }
    }
}
