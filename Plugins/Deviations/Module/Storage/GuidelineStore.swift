import DeviationsCore
import EventKit
import Storage

/// Adds versions of the guideline. One is never changed: cases are ruled by it.
enum GuidelineStore {
    /// Adds what was typed, if the last version is the one that its author has seen.
    ///
    /// - Parameter make: makes the version, from the day on which the last one begins.
    /// - Throws: what `make` throws; `DeviationStoreError.changedMeanwhile`.
    static func add(
        by person: String, at now: Timestamp, ifLast seen: String?, in tx: Transaction,
        _ make: (_ last: CivilDate?) throws -> Guideline
    ) throws -> Guideline {
        // Read after it is locked: a version added meanwhile is there.
        _ = try tx.query("SELECT valid_from FROM deviations_guideline\(tx.dialect.forUpdate)") { $0.text(0) }
        let last = try DeviationStore.guidelines(in: tx).last?.validFrom
        if let seen, seen != last?.description { throw DeviationStoreError.changedMeanwhile(version: 0) }
        let new = try make(last)
        try tx.execute(
            """
            INSERT INTO deviations_guideline (valid_from, owner, norwegian, english, added_by, added_at)
            VALUES (\(new.validFrom), \(new.owner), \(new.norwegian), \(new.english), \(person), \(now))
            """)
        return new
    }
}
