public import DeviationsCore
import EventKit
public import Storage
public import Vault

/// Deviations in the database. Every function works within the transaction of its caller.
public enum DeviationStore {
    /// Tokens of the words of title and description.
    static let search = TokenIndex(table: "deviations_search")
    private static let standingStart = allColumns.split(separator: ",").count

    /// Stores a new deviation, which has no measures yet, with version 1.
    public static func insert(_ sealed: SealedReport, in tx: Transaction) throws -> StoredDeviation {
        let deviation = sealed.deviation
        let report = deviation.report
        let key = try tx.first(
            """
            INSERT INTO deviations_case (uid, version, unit, campus, category, environment, status, reporter,
                received_at, due_on, urgency, forwardings, key_id, title, reported_unit, occurred_on, threshold,
                channels_which, channels_text, description)
            VALUES (\(deviation.id), 1, \(deviation.unit), \(report.campus), \(report.category),
                \(report.environment.rawValue), \(deviation.status.rawValue), \(deviation.reporter),
                \(deviation.receivedAt), \(deviation.dueOn), \(urgency(of: deviation)), 0, \(sealed.key.id), \(sealed.title),
                \(report.unit), \(report.occurredOn), \(report.threshold?.rawValue), \(sealed.channelsWhich),
                \(sealed.channelsText), \(sealed.description))
            RETURNING id
            """
        ) { $0.int64(0) }
        guard let key else { throw StorageError(.other, "an inserted deviation got no key") }
        try search.put(key, sealed.tokens, in: tx)
        if let behalf = sealed.behalf { try add(behalf: behalf, toCase: key, in: tx) }
        try add(deviation.exclusions, toCase: key, by: sealed.key, sealed.token, in: tx)
        return StoredDeviation(key: key, version: 1, deviation: deviation)
    }

    /// Which key opens the deviation with this id; nil when there is none, or its content is gone.
    static func keyID(of id: String, in reader: Reader) throws -> CaseKey.ID? {
        try reader.first("SELECT key_id FROM deviations_case WHERE uid = \(id) AND key_id IS NOT NULL") {
            CaseKey.ID($0.bytes(0))
        } ?? nil
    }

    /// The deviation with this id, measures included, opened by `key`; nil when there is none, or its content is gone.
    ///
    /// `locked` keeps others from changing it until the transaction ends.
    public static func load(
        _ id: String, key: CaseKey?, locked: Bool = false, in reader: Reader
    ) throws -> StoredDeviation? {
        guard let key else { return nil }
        let lock = locked ? reader.dialect.forUpdate : ""
        let sql: SQL = """
            SELECT \(raw: allColumns), \(raw: standingColumns) FROM deviations_case
            WHERE uid = \(id) AND key_id = \(key.id)
            """
        var more = (exclusions: 0, rounds: 0, isOnBehalf: false)
        let found = try reader.first(sql + lock) { row in
            var stored = try deviation(row, key)
            more = readStanding(row, from: standingStart, into: &stored.deviation)
            return stored
        }
        guard var stored = found else { return nil }
        if more.exclusions > 0 {
            stored.deviation.exclusions = try exclusions(ofCase: stored.key, by: key, in: reader)
        }
        if more.isOnBehalf { stored.deviation.onBehalf = try behalf(ofCase: stored.key, by: key, in: reader) }
        if more.rounds > 0 { stored.deviation.rounds = try rounds(ofCase: stored.key, in: reader) }
        stored.deviation.measures = try measures(ofCase: stored.key, by: key, in: reader)
        return stored
    }

    /// Stores what `changed` has become of `stored`, and counts its version on.
    ///
    /// - Throws: `DeviationStoreError.changedMeanwhile` if it no longer has the version of `stored`.
    public static func save(
        _ changed: Deviation, over stored: StoredDeviation, key: CaseKey, token: (String) -> String,
        in tx: Transaction
    ) throws -> StoredDeviation {
        let version = stored.version + 1
        let rows = try tx.execute(
            """
            UPDATE deviations_case SET
                version = \(version), unit = \(changed.unit), status = \(changed.status.rawValue),
                handler = \(changed.handler), due_on = \(changed.dueOn), expected_on = \(changed.expectedOn), urgency = \(urgency(of: changed)),
                ended_at = \(changed.endedAt), forwardings = \(changed.forwardings),
                triage_deviation = \(changed.triage?.isDeviation),
                triage_sensitive = \(changed.triage?.holdsSensitiveData),
                cause_what = \(key.sealed(changed.cause?.whatHappened, as: .whatHappened)),
                cause_why = \(key.sealed(changed.cause?.why, as: .why)),
                cause_prevention = \(key.sealed(changed.cause?.prevention, as: .prevention)),
                outcome = \(key.sealed(changed.outcome, as: .outcome)),
                reporter = \(changed.reporter), withdrawn_on = \(changed.withdrawnOn), goes_on = \(changed.goesOn),
                ending = \(changed.ending?.rawValue)
            WHERE id = \(stored.key) AND version = \(stored.version)
            """)
        if rows == 0 { throw DeviationStoreError.changedMeanwhile(version: 0) }
        if changed.reporter != stored.deviation.reporter {
            for person in stored.deviation.reporters { try forget(person, inCase: stored.key, in: tx) }
            try removeBehalf(ofCase: stored.key, in: tx)
        }
        for measure in changed.measures where !stored.deviation.measures.contains(measure) {
            try put(measure, caseKey: stored.key, by: key, in: tx)
        }
        try saveStanding(changed, over: stored.deviation, stored.key, by: key, token, in: tx)
        return StoredDeviation(key: stored.key, version: version, deviation: changed)
    }

    /// Where a deviation stands among all: open ones by their deadline, then ended ones, the latest first.
    static func urgency(of deviation: Deviation) -> Int64 {
        guard let endedAt = deviation.endedAt else { return deviation.deadline.daysSince1970 }
        return endedUrgency(endedAt)
    }

    /// Where what ended then stands.
    static func endedUrgency(_ endedAt: Timestamp) -> Int64 { lastUrgency - endedAt.milliseconds / 1000 }

    /// Open deviations lie below, ended ones above.
    static let firstEndedUrgency: Int64 = 10_000_000
    private static let lastUrgency: Int64 = 1_000_000_000_000
}
