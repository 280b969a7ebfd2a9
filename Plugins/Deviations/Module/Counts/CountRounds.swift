import CalendarKit
import DeviationsCore
import EventKit
import Logging
import ModuleKit
import ServiceLifecycle
import Storage

/// Counts each period once its last reports should have been answered; see `CountStore`.
struct CountRounds: Service {
    let host: HostServices
    /// How long a period is.
    let months: Int
    /// Days after its end at which it is counted.
    let afterDays: Int

    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                do { try await countDue() } catch {
                    host.logger.error(
                        "reports could not be counted; the next round makes up for it",
                        metadata: ["error": "\(type(of: error))"])
                }
            } while (try? await Task.sleep(for: .seconds(3600))) != nil
        }
    }

    /// Counts all that is due, the oldest first.
    func countDue() async throws {
        let now = host.clock.now
        let today = Oslo.date(at: now)
        let chart = host.directory.chart
        while true {
            let isCounted = try await host.database.write { [months, afterDays] tx in
                guard let period = try CountStore.next(months: months, in: tx),
                    period.to.adding(days: afterDays) < today
                else { return false }
                let counts = try CountStore.count(
                    period, on: today, faculty: { chart.faculty(of: $0)?.id ?? $0 }, in: tx)
                return try CountStore.put(counts, of: period, at: now, in: tx)
            }
            if !isCounted { return }
        }
    }
}
