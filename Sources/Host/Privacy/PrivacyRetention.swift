import CalendarKit
import EventKit
import Logging
import ModuleKit
import ServiceLifecycle
import Storage
import Vault

/// Deletes what was asked, answered and logged about personal data when its time is over; an open request stays.
///
/// By default three years: who was answered knows from then on what a claim for damages needs (personvernforordningen art. 82), and it is
/// time-barred three years after that (foreldelsesloven § 9 no. 1); no longer (art. 5 (1) e).
struct PrivacyRetention: Service {
    let database: Database
    let vault: Vault
    let clock: Clock
    let months: Int
    let logger: Logger

    private static let atOnce = 100

    /// Looks once an hour, first at the start.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                do { try await look() } catch {
                    logger.error(
                        "old privacy requests stay until the next try", metadata: ["error": "\(type(of: error))"])
                }
            } while (try? await Task.sleep(for: .seconds(3600))) != nil
        }
    }

    /// Deletes all that may go now, piece by piece so that changes come in between.
    func look() async throws {
        let first = Oslo.date(at: clock.now).adding(months: -months)
        var gone = 0
        repeat {
            gone = try await database.write { tx in
                let old = try PrivacyStore.decided(before: first, limit: Self.atOnce, in: tx)
                for (id, key) in old { try PrivacyStore.delete(id, key, vault, in: tx) }
                return old.count
            }
            if gone > 0 { logger.info("old privacy requests were deleted", metadata: ["count": "\(gone)"]) }
        } while gone == Self.atOnce && !Task.isCancelled
        repeat {
            gone = try await database.write {
                try PrivacyStore.deleteActs(before: Oslo.startOfDay(first), atMost: Self.atOnce, in: $0)
            }
        } while gone == Self.atOnce && !Task.isCancelled
    }
}
