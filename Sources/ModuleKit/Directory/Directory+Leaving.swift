public import EventKit
public import Storage

extension Directory {
    /// The person leaves: from now on they hold no role, stand in for nobody, and are in no choice. What they held ends as every role
    /// does, so that open cases go to who stands in for them, or is next.
    ///
    /// Sign-ins and tokens are the host's to end. Whoever comes back has no role.
    /// - Returns: whether they were here.
    public static func end(person id: String, by: String, at now: Timestamp, in tx: Transaction) throws -> Bool {
        let ended = try tx.execute(
            "UPDATE directory_person SET ended_at = \(now) WHERE id = \(id) AND (ended_at IS NULL OR ended_at > \(now))"
        )
        guard ended > 0 else { return false }
        try endGrants("person = \(id)", by: by, at: now, in: tx)
        try tx.execute("DELETE FROM directory_deputy WHERE deputy = \(id) AND from_time >= \(now)")
        try tx.execute(
            "UPDATE directory_deputy SET to_time = \(now) WHERE deputy = \(id) AND (to_time IS NULL OR to_time > \(now))"
        )
        try changed(in: tx)
        return true
    }

    /// The person is back, without a role.
    public static func revive(person id: String, in tx: Transaction) throws {
        try tx.execute("UPDATE directory_person SET ended_at = NULL, removed = 0 WHERE id = \(id)")
        try changed(in: tx)
    }

    /// Ends the grants that go on; one that has not begun keeps its row, and never counts.
    static func endGrants(_ which: SQL, by: String, at now: Timestamp, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE directory_grant SET to_time = CASE WHEN from_time < \(now) THEN \(now) ELSE to_time END,
              ended_by = \(by), ended_at = \(now)
            WHERE \(which) AND (to_time IS NULL OR to_time > \(now)) AND (ended_at IS NULL OR ended_at > from_time)
            """)
    }
}
