import ModuleKit
import Storage
import Vault

/// Bounds what comes from people nobody knows: reports by the hour, files by their size in the database.
///
/// Without room for files a report can still be sent, without them; what somebody sends by name is never refused here.
struct AnonymousGate: Sendable {
    /// Something of late has been refused. Figures do not name the module.
    static let alarm = Alarm("anonymous-limits", path: "/admin/events")

    /// Whether reports without a name are taken at all.
    let isOpen: Bool
    private let database: Database
    private let bytes: Int
    private let inflow: InflowGate

    /// - Parameter bytes: of files that wait.
    init(_ host: HostServices, isOpen: Bool = true, perHour: Int, bytes: Int) {
        (database, self.bytes, self.isOpen) = (host.database, bytes, isOpen)
        inflow = InflowGate(clock: host.clock, perHour: perHour)
    }

    /// - Throws: `TooManyReports`.
    func takeReport() throws(TooManyReports) { try inflow.take() }

    /// Bytes of files that may still come: those that no report has yet, and those of anonymous reports that nobody has
    /// acknowledged, count.
    func room() async throws -> Int {
        let waiting = try await database.read { reader in
            try SealedFiles.bytes(looseOrSealedBy: WhistleblowStore.keysOfUnseen, in: reader)
        }
        if waiting >= bytes { inflow.noteRefusal() }
        return max(0, bytes - waiting)
    }

    /// How often something was refused since the last time.
    func refused() -> Int { inflow.refused() }
}
