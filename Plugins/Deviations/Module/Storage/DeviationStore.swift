public import DeviationsCore
import EventKit
public import Storage

/// Deviations in the database. Every function works within the transaction of its caller.
public enum DeviationStore {
    /// Words of title and description.
    static let search = SearchIndex(table: "deviations_search")

    /// The words by which a deviation is found: those of its title and description.
    public static func words(of report: Report) -> SearchWords { SearchWords("\(report.title) \(report.description)") }

    /// Stores a new deviation, which has no measures yet, with version 1.
    public static func insert(_ deviation: Deviation, words: SearchWords, in tx: Transaction) throws -> StoredDeviation
    {
        let report = deviation.report
        let (which, text) = columns(of: report.ordinaryChannels)
        let key = try tx.first(
            """
            INSERT INTO deviations_case (uid, version, unit, campus, category, environment, status, reporter,
                received_at, due_on, urgency, forwardings, title, reported_unit, occurred_on, threshold,
                channels_which, channels_text, description)
            VALUES (\(deviation.id), 1, \(deviation.unit), \(report.campus), \(report.category),
                \(report.environment.rawValue), \(deviation.status.rawValue), \(deviation.reporter),
                \(deviation.receivedAt), \(deviation.dueOn), \(urgency(of: deviation)), 0, \(report.title),
                \(report.unit), \(report.occurredOn), \(report.threshold?.rawValue), \(which), \(text),
                \(report.description))
            RETURNING id
            """
        ) { $0.int64(0) }
        guard let key else { throw StorageError(.other, "an inserted deviation got no key") }
        try search.put(key, words, in: tx)
        return StoredDeviation(key: key, version: 1, deviation: deviation)
    }

    /// The deviation with this id, measures included; nil when there is none.
    ///
    /// `locked` keeps others from changing it until the transaction ends.
    public static func load(_ id: String, locked: Bool = false, in reader: Reader) throws -> StoredDeviation? {
        try load(where: "uid = \(id)", locked, reader)
    }

    /// The deviation with this number; nil when there is none.
    public static func load(_ number: CaseNumber, in reader: Reader) throws -> StoredDeviation? {
        let stored = try load(where: "id = \(number.key)", false, reader)
        return stored?.number == number ? stored : nil
    }

    /// Stores what `changed` has become of `stored`, and counts its version on.
    ///
    /// - Throws: `DeviationStoreError.changedMeanwhile` if it no longer has the version of `stored`.
    public static func save(
        _ changed: Deviation, over stored: StoredDeviation, in tx: Transaction
    ) throws -> StoredDeviation {
        let version = stored.version + 1
        let rows = try tx.execute(
            """
            UPDATE deviations_case SET
                version = \(version), unit = \(changed.unit), status = \(changed.status.rawValue),
                handler = \(changed.handler), expected_on = \(changed.expectedOn), urgency = \(urgency(of: changed)),
                ended_at = \(changed.endedAt), forwardings = \(changed.forwardings),
                triage_deviation = \(changed.triage?.isDeviation),
                triage_sensitive = \(changed.triage?.holdsSensitiveData),
                cause_what = \(changed.cause?.whatHappened), cause_why = \(changed.cause?.why),
                outcome = \(changed.outcome)
            WHERE id = \(stored.key) AND version = \(stored.version)
            """)
        if rows == 0 { throw DeviationStoreError.changedMeanwhile(version: 0) }
        for measure in changed.measures where !stored.deviation.measures.contains(measure) {
            try put(measure, caseKey: stored.key, in: tx)
        }
        return StoredDeviation(key: stored.key, version: version, deviation: changed)
    }

    /// Where a deviation stands among all: open ones by their deadline, then ended ones, the latest first.
    static func urgency(of deviation: Deviation) -> Int64 {
        guard let endedAt = deviation.endedAt else { return deviation.deadline.daysSince1970 }
        return lastUrgency - endedAt.milliseconds / 1000
    }

    /// Open deviations lie below, ended ones above.
    static let firstEndedUrgency: Int64 = 10_000_000
    private static let lastUrgency: Int64 = 1_000_000_000_000

    private static func load(where condition: SQL, _ locked: Bool, _ reader: Reader) throws -> StoredDeviation? {
        let lock = locked ? reader.dialect.forUpdate : ""
        let stored = try reader.first(
            "SELECT \(raw: allColumns) FROM deviations_case WHERE " + condition + lock, deviation)
        guard var stored else { return nil }
        stored.deviation.measures = try measures(ofCase: stored.key, in: reader)
        return stored
    }
}
