import EventKit
import Logging
import Metrics
import ModuleKit
import ServiceLifecycle
import Storage

/// Ties what was noted within a second, anchors each day when it is over, and lets old lines go.
struct AuditService: Service {
    let database: Database
    let clock: Clock
    let months: Int
    let metrics: any MetricsFactory
    let logger: Logger

    func run() async throws {
        let waiting = Gauge(label: "trivsel_audit_unchained", factory: metrics)
        await cancelWhenGracefulShutdown {
            var (isFailing, rounds) = (false, 0)
            repeat {
                do {
                    waiting.record(try await AuditChain(database: database).unchained())
                    try await AuditChain(database: database).extend()
                    try await AuditAnchor.set(at: clock.now, in: database, logger)
                    if rounds.isMultiple(of: 3600) { try await removeOld() }
                    isFailing = false
                } catch {
                    if !isFailing { logger.error("the audit trail waits to be tied", metadata: ["error": "\(error)"]) }
                    isFailing = true
                }
                rounds += 1
            } while (try? await Task.sleep(for: .seconds(1))) != nil
        }
    }

    private func removeOld() async throws {
        let gone = try await AuditRetention(database: database, months: months).remove(at: clock.now)
        if gone > 0 { logger.info("old lines of the audit trail were removed", metadata: ["count": "\(gone)"]) }
    }
}
