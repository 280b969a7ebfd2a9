import Logging
import ModuleKit
import ServiceLifecycle
import Storage
import Vault

/// Empties deviations as soon as the whistleblowing side has what was theirs, as long as the module is on.
struct Departures: Service {
    let reRegistrations: ReRegistrations

    func run() async throws { try await reader().run() }

    func reader() async throws -> HandoverReader {
        try await reRegistrations.outbox().completions { [reRegistrations] handover, tx in
            try reRegistrations.completed(handover, at: reRegistrations.host.clock.now, in: tx)
        }
    }
}

/// Removes what has waited long enough, once an hour: farewells, and drafts of reports that were never sent. Raises the alarm when
/// reports were turned away.
struct WaitingRounds: Service {
    let reRegistrations: ReRegistrations
    /// What lets in people who are not signed in.
    var inflow: InflowGate?
    var alarm = WaitingRounds.alarm

    /// Reports of people who are not signed in were turned away of late.
    static let alarm = Alarm("deviations-signed-out", path: "/admin/events")

    func run() async throws {
        let host = reRegistrations.host
        await cancelWhenGracefulShutdown {
            repeat {
                do { try await look() } catch {
                    host.logger.error(
                        "old farewells and drafts could not be removed; the next round makes up for it",
                        metadata: ["error": "\(type(of: error))"])
                }
            } while (try? await Task.sleep(for: .seconds(3600))) != nil
        }
    }

    func look() async throws {
        let (host, now) = (reRegistrations.host, reRegistrations.host.clock.now)
        try await reRegistrations.removeDue(at: now)
        if let inflow { try await alarm.report(inflow.refused(), host) }
        try await host.database.write { try DeviationStore.dropDrafts(at: now, host.vault, in: $0) }
    }
}
