import Logging
import ModuleKit
import ServiceLifecycle
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

/// Removes farewells that have waited long enough, once an hour.
struct FarewellRounds: Service {
    let reRegistrations: ReRegistrations

    func run() async throws {
        let host = reRegistrations.host
        await cancelWhenGracefulShutdown {
            repeat {
                do { try await reRegistrations.removeDue(at: host.clock.now) } catch {
                    host.logger.error(
                        "old farewells could not be removed; the next round makes up for it",
                        metadata: ["error": "\(type(of: error))"])
                }
            } while (try? await Task.sleep(for: .seconds(3600))) != nil
        }
    }
}
