import EventKit
import Logging

/// Gives committed events their positions. Of all processes one does it: the one that holds an advisory lock as long as
/// it is connected.
///
/// It looks for rows without a position, never for rows after the last one: a row that was inserted early may be
/// committed late.
final class Sequencer {
    private let connection: PostgreSQLConnection
    private let reader: Reader
    private var isInCharge = false
    private var head: Int64 = -1
    private static let batch = 1000

    init(_ connection: PostgreSQLConnection) {
        self.connection = connection
        reader = Reader(connection)
    }

    var isAlive: Bool { connection.isAlive }

    /// Stamps what waits, if this process is in charge. True when the log has grown since the last call, by whomever.
    func pass() throws -> Bool {
        if !isInCharge {
            let lock: SQL = "SELECT pg_try_advisory_lock(\(raw: String(AdvisoryLock.sequencer)))"
            isInCharge = try reader.first(lock) { $0.bool(0) } ?? false
        }
        if isInCharge {
            KillPoint.pass("sequencer.before-stamp")
            var stamped = Self.batch
            while stamped == Self.batch {
                stamped = try stamp()
                if stamped > 0 { KillPoint.pass("sequencer.stamped") }
            }
        }
        let newest = try reader.first("SELECT coalesce(max(position), 0) FROM event_log") { $0.int64(0) } ?? 0
        defer { head = newest }
        return newest != head
    }

    private func stamp() throws -> Int {
        try reader.run(
            """
            WITH waiting AS (SELECT entry, type FROM event_log WHERE position IS NULL ORDER BY entry LIMIT \
            \(raw: String(Self.batch))),
            numbered AS (
                SELECT entry, type, row_number() OVER (ORDER BY entry) + (SELECT coalesce(max(position), 0) FROM \
                event_log) AS position
                FROM waiting),
            linked AS (
                SELECT entry, position, coalesce(
                    lag(position) OVER (PARTITION BY type ORDER BY entry),
                    (SELECT max(stamped.position) FROM event_log AS stamped WHERE stamped.type = numbered.type), 0) \
                    AS previous
                FROM numbered)
            UPDATE event_log SET position = linked.position, previous = linked.previous FROM linked WHERE \
            event_log.entry = linked.entry
            """
        ) { _ in true }
    }
}

extension Database {
    /// Starts the thread that stamps, or waits to take over from the process that does.
    func startSequencer(_ connectionString: String) {
        let lockTimeout = options.lockTimeout
        otherThreads.start("sql-log") { [log, logger] in
            var sequencer: Sequencer?
            var isFailing = false
            repeat {
                do {
                    if sequencer?.isAlive != true {
                        sequencer = nil
                        sequencer = Sequencer(
                            try PostgreSQLConnection(connectionString, readOnly: false, lockTimeout: lockTimeout))
                    }
                    if try sequencer?.pass() == true { log.grown.send() }
                    isFailing = false
                } catch {
                    if !isFailing { logger?.error("events wait for a position", metadata: ["error": "\(error)"]) }
                    isFailing = true
                }
            } while log.wait()
        }
    }
}
