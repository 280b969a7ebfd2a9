import EventKit
import ModuleKit
import Storage
import Synchronization
import Vault
import WhistleblowingCore

/// Bounds what comes from people nobody knows, so that nobody can fill the installation, and knows nothing of where it comes from.
///
/// Reports are counted in memory, by each host, and forgotten when it stops: no time of theirs is stored. Files are counted in the
/// database. Without room for files a report can still be sent, without them; what somebody sends by name is never refused here.
final class AnonymousGate: Sendable {
    /// Something of late has been refused. Figures do not name the module.
    static let alarm = Alarm("anonymous-limits", path: "/admin/events")

    /// Whether reports without a name are taken at all.
    let isOpen: Bool
    private let database: Database
    private let clock: Clock
    private let bytes: Int
    private let inflow: Mutex<Inflow>
    /// How often something was refused since it was last asked for.
    private let refusals = Mutex(0)

    /// - Parameter bytes: of files that wait.
    init(_ host: HostServices, isOpen: Bool = true, perHour: Int, bytes: Int) {
        (database, clock, self.bytes, self.isOpen) = (host.database, host.clock, bytes, isOpen)
        inflow = Mutex(Inflow(perHour: perHour))
    }

    /// - Throws: ``TooManyReports``.
    func takeReport() throws(TooManyReports) {
        if inflow.withLock({ $0.take(at: clock.now) }) { return }
        refusals.withLock { $0 += 1 }
        throw TooManyReports()
    }

    /// Bytes of files that may still come: those that no report has yet, and those of anonymous reports that nobody has
    /// acknowledged, count.
    func room() async throws -> Int {
        let waiting = try await database.read { reader in
            try SealedFiles.bytes(looseOrSealedBy: WhistleblowStore.keysOfUnseen, in: reader)
        }
        if waiting >= bytes { refusals.withLock { $0 += 1 } }
        return max(0, bytes - waiting)
    }

    /// How often something was refused since the last time.
    func refused() -> Int {
        refusals.withLock { count in
            defer { count = 0 }
            return count
        }
    }
}

/// More anonymous reports have come of late than are taken in an hour.
struct TooManyReports: Error {}
