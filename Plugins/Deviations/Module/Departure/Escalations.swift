import CalendarKit
import DeviationsCore
import EventKit
import Foundation
import ModuleKit
import Storage
import Vault
import WhistleblowingContract

/// Takes word of deviations that nobody follows up to whistleblowing, without the deviation knowing (V5).
struct Escalations: Sendable {
    let host: HostServices
    let cases: CaseVault

    /// Once for each case of the reporter's own.
    ///
    /// - Throws: `Problem` 404 for a case that is not theirs, `DeviationError`.
    func escalate(_ id: String, by viewer: Viewer, _ visit: Visit) async throws {
        let missing = ModuleKit.Problem.notFound(visit.language)
        guard let key = try await cases.key(of: id) else { throw missing }
        let seen = try await host.database.read { reader -> (StoredDeviation, [TimelineEntry])? in
            guard let stored = try DeviationStore.load(id, key: key, in: reader) else { return nil }
            return (stored, try DeviationStore.timeline(ofCase: stored.key, by: key, forReporter: true, in: reader))
        }
        guard let (stored, entries) = seen, visit.owns(stored.deviation, viewer) else { throw missing }
        let today = Oslo.date(at: visit.now)
        try Escalate().check(stored.deviation, on: today)
        let names = Dictionary(visit.access.chart.units.map { ($0.id, $0.names.nb) }) { first, _ in first }
        let given = Handing(number: cases.numbers[stored], names: names).escalation(
            stored.deviation, entries, excluded: excluded(stored.deviation, visit))
        let payload = try given.payload()
        let token = try await token(of: id)
        let outbox = try await host.vault.outbox(from: "deviations", to: HandedOver.recipient)
        try await host.database.write { tx in
            guard let current = try DeviationStore.load(id, key: key, locked: true, in: tx),
                visit.owns(current.deviation, viewer)
            else { throw missing }
            try Escalate().check(current.deviation, on: today)
            guard try DeviationStore.remember(escalation: token, in: tx) else { throw DeviationError.escalatedBefore }
            try outbox.offer(UUID().uuidString, payload, in: tx)
        }
    }

    /// Whether the reporter may say that the case is not followed up; nil when it is not late.
    func isOffered(for deviation: Deviation, on today: CivilDate) async throws -> Bool? {
        guard deviation.isOverdue(on: today) else { return nil }
        let token = try await token(of: deviation.id)
        return try await host.database.read { try !DeviationStore.isKnown(escalation: token, in: $0) }
    }

    private func token(of id: String) async throws -> String { try await cases.lookup().token(id, for: "escalation") }

    /// Who must not see it: those who did not follow it up, and those who lead them.
    private func excluded(_ deviation: Deviation, _ visit: Visit) -> [String] {
        let chart = visit.access.chart
        let units = Set([deviation.unit, chart.faculty(of: deviation.unit)?.id].compactMap(\.self))
        let leaders = [Role.lineManager, .intakeOfficer].flatMap {
            chart.holders(of: $0, within: units, now: visit.now)
        }
        return Set(leaders + [deviation.handler].compactMap(\.self)).sorted()
    }
}
