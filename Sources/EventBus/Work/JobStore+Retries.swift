public import EventKit
import Storage

/// The work of a queue that has failed and is tried again.
public struct RetriedWork: Sendable, Hashable {
    public let count: Int
    /// When the oldest of it came to be.
    public let since: Timestamp
    /// Why it failed the last time any of it did.
    public let reason: String?
}

extension JobStore {
    /// What fails in each of `queues` and is not given up yet; nothing of a queue where all goes well.
    public func retried(in queues: [String]) async throws -> [String: RetriedWork] {
        try await database.read { reader in
            var found: [String: RetriedWork] = [:]
            for queue in queues {
                let failing: SQL = "queue = \(queue) AND state = 'waiting' AND attempts > 0 AND reason IS NOT NULL"
                let work = try reader.first(
                    "SELECT count(*), min(created_at) FROM bus_job WHERE \(failing)"
                ) { (count: $0.int(0), since: $0.timeOrNil(1)) }
                guard let work, let since = work.since else { continue }
                let reason = try reader.first(
                    "SELECT reason FROM bus_job WHERE \(failing) ORDER BY changed_at DESC LIMIT 1"
                ) { $0.textOrNil(0) }
                found[queue] = RetriedWork(count: work.count, since: since, reason: reason ?? nil)
            }
            return found
        }
    }
}
