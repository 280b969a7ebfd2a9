import Logging
public import ServiceLifecycle
import Storage
import Synchronization

/// One side of a hand-over at work: woken at once by the other side on this host, and within seconds by one on another.
public final class HandoverReader: Service {
    private struct Failure {
        var count: Int
        var end: ContinuousClock.Instant
    }

    private let vault: Vault
    private let waiting: SQL
    private let pauses: [Duration]
    private let handle: @Sendable (String) async throws -> Bool
    private let failures = Mutex([String: Failure]())

    /// - Parameters:
    ///   - waiting: which rows of `vault_handover` wait for this side.
    ///   - pauses: how long one that failed for the first, second, … time is left alone; the last one repeats.
    ///   - handle: false when there was nothing left to do.
    init(
        _ vault: Vault, waiting: SQL, pauses: [Duration] = [.zero, .seconds(5), .seconds(30), .seconds(300)],
        handle: @escaping @Sendable (String) async throws -> Bool
    ) {
        (self.vault, self.waiting, self.pauses, self.handle) = (vault, waiting, pauses, handle)
    }

    /// How many fail at the moment, for the readiness page.
    public var failing: Int { failures.withLock { $0.count } }

    /// Works until the task is cancelled or a graceful shutdown begins.
    public func run() async throws {
        await vault.handoverMoved.listen(every: .seconds(5)) {
            try await self.handleAll()
        } failed: { error in
            self.vault.logger.error("hand-overs cannot be read; it is tried again", metadata: ["error": "\(error)"])
        }
    }

    /// Handles all that wait now. One that fails is logged and does not hold up the others.
    ///
    /// - Returns: how many were handled.
    /// - Throws: `StorageError` when the database cannot be read.
    @discardableResult
    public func handleAll() async throws -> Int {
        var handled = 0
        var seen: Set<String> = []
        while !Task.isCancelled {
            let limit = seen.count + 20
            let ids = try await vault.data.read { [waiting] reader in
                try reader.query("SELECT id FROM vault_handover WHERE \(waiting) ORDER BY at, id LIMIT \(limit)") {
                    $0.text(0)
                }
            }
            let new = ids.filter { seen.insert($0).inserted }
            if new.isEmpty { break }
            for id in new where isDue(id) {
                if await attempt(id) { handled += 1 }
            }
        }
        failures.withLock { $0 = $0.filter { seen.contains($0.key) } }
        return handled
    }

    private func isDue(_ id: String) -> Bool {
        failures.withLock { $0[id].map { $0.end <= .now } ?? true }
    }

    private func attempt(_ id: String) async -> Bool {
        do {
            let isHandled = try await handle(id)
            failures.withLock { $0[id] = nil }
            return isHandled
        } catch {
            let count = failures.withLock { failures in
                let count = (failures[id]?.count ?? 0) + 1
                failures[id] = Failure(count: count, end: .now + pauses[min(count, pauses.count) - 1])
                return count
            }
            // No id, and of a module's error only its kind: the log must tie nobody to a case.
            let reason = (error as? StorageError)?.message ?? (error as? VaultError)?.message ?? "\(type(of: error))"
            vault.logger.error(
                "a hand-over cannot be handled yet; it is tried again",
                metadata: ["failures": "\(count)", "error": "\(reason)"])
            return false
        }
    }
}
