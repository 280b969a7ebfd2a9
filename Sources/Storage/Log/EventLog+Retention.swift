public import EventKit

extension EventLog {
    /// Forgets the oldest events: those before `moment` up to and including `position`, at most `limit` of them.
    ///
    /// The newest event stays in any case, because the next position follows from it. The log says where it begins: see ``bounds()``.
    /// - Parameter position: what every reader has handled, asked within the same transaction.
    /// - Returns: how many have gone.
    public func forget(
        before moment: Timestamp, limit: Int = 5_000, handled position: @escaping @Sendable (Reader) throws -> Int64
    ) async throws -> Int {
        try await database.write { tx in
            let (_, first, head) = try tx.logBounds()
            let last = min(try position(tx), head - 1, first + Int64(limit) - 1)
            let kept = try tx.first(
                "SELECT min(position) FROM event_log WHERE position >= \(first) AND position <= \(last) AND time >= \(moment)"
            ) { $0.int64OrNil(0) }
            let new = (kept ?? nil) ?? last + 1
            guard new > first else { return 0 }
            try tx.execute("UPDATE event_log_epoch SET first = \(new)")
            return try tx.execute("DELETE FROM event_log WHERE position < \(new)")
        }
    }
}
