import DeviationsCore
import EventKit
import Foundation
import Storage
import Vault

/// What is left of a case, sealed by another key: it takes the place of all that the first key has sealed, earlier
/// versions included.
///
/// Made before the transaction that puts it in place, which may be a later one.
struct Resealed: Codable, Sendable {
    /// The words of a step, by its row.
    struct Words: Codable, Sendable {
        let row: Int64
        let text: Data
    }

    /// The words of a measure.
    struct Measured: Codable, Sendable {
        let id: String
        let action, cause: Data
        let effect: Data?
    }

    private let key, title, description, channels: Data
    private let channelsWhich: String?
    private let whatHappened, why, prevention, outcome: Data?
    private let steps: [Words]
    /// Steps for those who handle the case whose words go: nothing of them is left.
    private let removed: [Int64]
    private let measures: [Measured]
    private let tokens: String
    /// Whom the case is kept from, in the order of its rows.
    private let kept: [Data]

    /// - Parameters:
    ///   - left: the case with the texts that are left.
    ///   - rows: its history as it was.
    ///   - kept: places in the history whose words stay.
    init(
        _ left: Deviation, _ rows: [(id: Int64, entry: TimelineEntry)], keeping kept: Set<Int>, by key: CaseKey,
        search: SearchTokens
    ) throws {
        let report = left.report
        let (which, text) = DeviationStore.columns(of: report.ordinaryChannels)
        self.key = Data(key.id.bytes)
        title = Data(try key.seal(report.title, as: .title))
        description = Data(try key.seal(report.description, as: .description))
        channels = Data(try key.sealed(text, as: .channels))
        channelsWhich = which
        whatHappened = try key.sealed(left.cause?.whatHappened, as: .whatHappened).map { Data($0) }
        why = try key.sealed(left.cause?.why, as: .why).map { Data($0) }
        prevention = try key.sealed(left.cause?.prevention, as: .prevention).map { Data($0) }
        outcome = try key.sealed(left.outcome, as: .outcome).map { Data($0) }
        let worded = rows.enumerated().filter { !$0.element.entry.text.isEmpty }
        steps = try worded.filter { kept.contains($0.offset) }.map {
            Words(row: $0.element.id, text: Data(try key.sealed($0.element.entry.text, as: .entry)))
        }
        removed = worded.filter { !kept.contains($0.offset) && $0.element.entry.kind.isPrivate }.map(\.element.id)
        measures = try left.measures.map {
            Measured(
                id: $0.id, action: Data(try key.seal($0.action, as: .measure($0.id))),
                cause: Data(try key.sealed($0.cause, as: .measureCause($0.id))),
                effect: try key.sealed($0.effect, as: .measureEffect($0.id)).map { Data($0) })
        }
        tokens = search.tokens(of: "\(report.title) \(report.description)")
        self.kept = try left.exclusions.map {
            Data(try key.seal($0.person.isEmpty ? $0.name : $0.person, as: .exclusion))
        }
    }

    var keyID: CaseKey.ID? { CaseKey.ID(Array(key)) }

    /// Puts it in place and destroys the key of before.
    func replace(inCase caseKey: Int64, _ old: CaseKey.ID, _ vault: Vault, in tx: Transaction) throws {
        guard let keyID else { throw StorageError(.other, "a case sealed anew has no key") }
        try tx.execute(
            """
            UPDATE deviations_case SET version = version + 1, key_id = \(keyID), title = \(Array(title)),
                description = \(Array(description)), channels_which = \(channelsWhich),
                channels_text = \(Array(channels)), cause_what = \(whatHappened.map { Array($0) }),
                cause_why = \(why.map { Array($0) }), cause_prevention = \(prevention.map { Array($0) }), outcome = \(outcome.map { Array($0) })
            WHERE id = \(caseKey)
            """)
        for row in removed { try tx.execute("DELETE FROM deviations_entry WHERE id = \(row)") }
        // What was sealed by the first key would no longer open.
        try tx.execute("UPDATE deviations_entry SET text = \([UInt8]()) WHERE case_id = \(caseKey)")
        for step in steps {
            try tx.execute("UPDATE deviations_entry SET text = \(Array(step.text)) WHERE id = \(step.row)")
        }
        for measure in measures {
            try tx.execute(
                """
                UPDATE deviations_measure SET action = \(Array(measure.action)), cause = \(Array(measure.cause)),
                    effect = \(measure.effect.map { Array($0) }) WHERE uid = \(measure.id)
                """)
        }
        // Files stay under the key that goes.
        try DeviationStore.removeFiles(ofCase: caseKey, in: tx)
        try DeviationStore.reseal(kept.map { Array($0) }, inCase: caseKey, in: tx)
        // What people were asked, what was hidden, and what the public was told, may hold what has gone; who reported for whom certainly does.
        try DeviationStore.removeMasks(ofCase: caseKey, in: tx)
        try DeviationStore.removeBehalf(ofCase: caseKey, in: tx)
        try DeviationStore.removeConsultations(ofCase: caseKey, in: tx)
        try SummaryStore.remove(ofCase: caseKey, in: tx)
        try DeviationStore.search.put(caseKey, tokens, in: tx)
        try vault.destroy(old, in: tx)
    }
}
