import DeviationsCore
import EventKit
import Storage
import Vault

extension DeviationStore {
    /// The person's own open cases likely about the same as what they are about to report at `now`, their titles still sealed.
    static func ownLikely(
        of person: String, category: String, tokens: String, at now: Timestamp, in reader: Reader
    ) throws -> [DeviationRow] {
        let rows = try reader.query(
            """
            SELECT \(raw: DeviationRow.columns) FROM deviations_case
            WHERE reporter = \(person) AND category = \(category) AND urgency < \(firstEndedUrgency)
                AND key_id IS NOT NULL ORDER BY id DESC LIMIT 50
            """, DeviationRow.init)
        let known = try search.tokens(of: rows.map(\.key), in: reader)
        let candidates = rows.map {
            LikelySame.Candidate(key: $0.key, receivedAt: $0.receivedAt, tokens: known[$0.key] ?? [])
        }
        let own = Set(tokens.split(separator: " ").map(String.init))
        // What one has reported oneself one may report again a year later.
        return LikelySame.ranked(candidates, as: own, receivedAt: now, within: 366)
            .compactMap { key in rows.first { $0.key == key } }
    }

    /// Open cases likely about the same as this one, the likeliest first, their titles still sealed: those of its unit and category that
    /// `scope` reaches, and no other.
    ///
    /// - Parameter tokens: those of the case's own words.
    static func likelySame(
        as stored: StoredDeviation, tokens: String, scope: Scope, in reader: Reader
    ) throws -> [DeviationRow] {
        let deviation = stored.deviation
        let seconds = Int64(LikelySame.days) * 86_400
        // What one has reported oneself is nobody's to merge.
        let rows = try reader.query(
            """
            SELECT \(raw: DeviationRow.columns) FROM deviations_case
            WHERE unit = \(deviation.unit) AND category = \(deviation.report.category) AND id <> \(stored.key)
                AND urgency < \(firstEndedUrgency) AND reports = 1 AND key_id IS NOT NULL
                AND received_at >= \(deviation.receivedAt.adding(seconds: -seconds))
                AND received_at <= \(deviation.receivedAt.adding(seconds: seconds))
                AND reporter <> \(scope.person) AND \(scope.condition) AND locked_to IS NULL
            ORDER BY urgency DESC, id DESC LIMIT 200
            """, DeviationRow.init)
        let known = try search.tokens(of: rows.map(\.key), in: reader)
        let candidates = rows.map {
            LikelySame.Candidate(key: $0.key, receivedAt: $0.receivedAt, tokens: known[$0.key] ?? [])
        }
        let own = Set(tokens.split(separator: " ").map(String.init))
        let ranked = LikelySame.ranked(candidates, as: own, receivedAt: deviation.receivedAt)
        return ranked.compactMap { key in rows.first { $0.key == key } }
    }
}
