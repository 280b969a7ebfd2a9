import CalendarKit
import DeviationsContract
import EventKit
import Logging
import ModuleKit
import ServiceLifecycle
import Storage
import Vault

/// Removes what was written in cases that ended long ago, after a warning; what is counted stays.
struct Retention: Service {
    let host: HostServices
    let cases: CaseVault
    /// How long it is kept; 0 for ever.
    let months: Int
    /// How long before the end those who lead the unit are told.
    let warningDays: Int

    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                do { try await look() } catch {
                    host.logger.error(
                        "old cases could not be looked at; the next round makes up for it",
                        metadata: ["error": "\(type(of: error))"])
                }
            } while (try? await Task.sleep(for: .seconds(3600))) != nil
        }
    }

    /// Warns of those whose time is near, and removes those that were warned of long enough ago.
    func look() async throws {
        guard months > 0 else { return }
        let now = host.clock.now
        let today = Oslo.date(at: now)
        let near = today.adding(months: -months).adding(days: warningDays)
        for old in try await host.database.read({ try RetentionStore.endedBefore(near, in: $0) }) {
            try await host.database.write { tx in
                guard try ReminderStore.mark(old.facts.id, clock: old.clock, step: 0, at: now, in: tx) else { return }
                let event = RetentionNear(deviation: old.facts, removedOn: today.adding(days: warningDays))
                try tx.append(Event(event, subject: old.facts.id, at: now))
            }
        }
        let (gone, warned) = (today.adding(months: -months), now.adding(seconds: Int64(-warningDays) * 86_400))
        for old in try await host.database.read({ try RetentionStore.due(endedBefore: gone, warned: warned, in: $0) }) {
            try await host.database.write { try remove(old.facts.id, at: now, in: $0) }
        }
    }

    /// With the reports that are part of it.
    func remove(_ id: String, at now: Timestamp, in tx: Transaction) throws {
        guard let main = try DeviationStore.plain("uid = \(id)", in: tx), main.keyID != nil else { return }
        let others = try DeviationStore.reports(mergedInto: main.key, limit: 100_000, in: tx).map(\.id)
        for uid in others + [id] {
            guard let plain = try DeviationStore.plain("uid = \(uid)", in: tx) else { continue }
            try DeviationStore.removeContent(ofCase: plain.key, in: tx)
            try RetentionStore.forgetPeople(ofCase: plain.key, in: tx)
            if let key = plain.keyID { try cases.vault.destroy(key, in: tx) }
            try Idempotency.forget(uid, in: tx)
            try cases.forget(uid, in: tx)
        }
        let event = ContentRemoved(deviation: main.facts)
        try cases.audit.note(
            AuditEntry(
                .decision, CaseVault.act(of: event), of: CaseVault.object(id), by: nil, way: AuditEntry.Way.system,
                at: now), in: tx)
        try tx.append(Event(event, subject: id, at: now))
    }
}
