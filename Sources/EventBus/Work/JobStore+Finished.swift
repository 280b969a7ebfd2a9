import EventKit
import Storage

/// What is done need not be known for ever.
extension JobStore {
    /// Hosts' clocks may differ, and events have the time of their change: a job may seem a little older than its event.
    private static let margin: Int64 = 86_400

    /// Deletes up to `limit` jobs that were done or dropped before `time`, but none that the log could bring forth anew: their keys are what
    /// keeps a thing from being done twice, so each stays as long as the log holds an event as old as the job.
    ///
    /// - Returns: how many went.
    func forgetFinished(before time: Timestamp, limit: Int = 1000) async throws -> Int {
        try await database.write { tx in
            let oldest = try tx.first(
                "SELECT time FROM event_log WHERE position IS NOT NULL ORDER BY position LIMIT 1"
            ) { $0.time(0) }
            let created = oldest.map { $0.adding(seconds: -Self.margin) } ?? time
            return try tx.execute(
                """
                DELETE FROM bus_job WHERE id IN (
                    SELECT id FROM bus_job WHERE state IN ('done', 'dropped') AND changed_at < \(time)
                        AND created_at < \(created)
                    ORDER BY changed_at LIMIT \(limit)\(tx.dialect.skipLocked))
                """)
        }
    }
}
