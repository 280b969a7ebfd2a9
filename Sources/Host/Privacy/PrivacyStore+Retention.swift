import EventKit
import ModuleKit
import Storage
import Vault

extension PrivacyStore {
    // When a case goes

    /// What is kept of the cases of `module`, and how a module says that they are gone.
    static func traces(of module: String) -> CaseTraces {
        CaseTraces(
            forget: { try forget($0, of: module, in: $1) },
            withdraw: { id, tx in
                try tx.execute("UPDATE privacy_case SET extract = NULL WHERE module = \(module) AND object = \(id)")
            })
    }

    /// That anybody found, read or gave out anything of the case stays; which case it was does not.
    private static func forget(_ id: String, of module: String, in tx: Transaction) throws {
        let requests = try tx.query(
            """
            SELECT request FROM privacy_case WHERE module = \(module) AND object = \(id) UNION
            SELECT request FROM privacy_act WHERE module = \(module) AND object = \(id) AND request IS NOT NULL
            """
        ) { $0.text(0) }
        if requests.isEmpty { return }
        for request in requests { try Idempotency.remove(request, in: tx) }
        try tx.execute("DELETE FROM privacy_case WHERE module = \(module) AND object = \(id)")
        try blur("module = \(module) AND object = \(id)", in: tx)
    }

    /// What was done to a case stays; to which, and when, does not: the audit trail knows when somebody looked at which case, and together
    /// the two would tell for whom.
    static func blur(_ condition: SQL, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE privacy_act SET module = NULL, object = NULL,
                at = COALESCE((SELECT min(first.at) FROM privacy_act first WHERE first.request = privacy_act.request), at)
            WHERE \(condition)
            """)
    }

    // When the time is over

    /// Requests that were decided before this day, the first ones.
    static func decided(before day: CivilDate, limit: Int, in reader: Reader) throws -> [(id: String, key: CaseKey.ID)]
    {
        try reader.query(
            "SELECT id, key_id FROM privacy_request WHERE decided_on < \(day) ORDER BY decided_on, id LIMIT \(limit)"
        ) { row in CaseKey.ID(row.bytes(1)).map { (row.text(0), $0) } }.compactMap(\.self)
    }

    /// Deletes a request with its answer, its extracts and its log.
    static func delete(_ id: String, _ key: CaseKey.ID, _ vault: Vault, in tx: Transaction) throws {
        try tx.execute("DELETE FROM privacy_case WHERE request = \(id)")
        try tx.execute("DELETE FROM privacy_act WHERE request = \(id)")
        try tx.execute("DELETE FROM privacy_request WHERE id = \(id)")
        try Idempotency.remove(id, in: tx)
        try vault.destroy(key, in: tx)
    }

    /// Deletes what is noted of copies taken before this moment; how many of at most `limit`.
    static func deleteActs(before limit: Timestamp, atMost count: Int, in tx: Transaction) throws -> Int {
        try tx.execute(
            """
            DELETE FROM privacy_act WHERE id IN (
                SELECT id FROM privacy_act WHERE request IS NULL AND at < \(limit) ORDER BY at LIMIT \(count))
            """)
    }
}
