import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Vault

/// Suggests to whoever may merge cases which are likely about the same; never one that is kept from them.
struct LikelyCases: Sendable {
    let cases: CaseVault

    /// Those like `stored`, with their titles; none when nothing can be merged into it or it into nothing.
    func find(like stored: StoredDeviation, for viewer: Viewer, _ visit: Visit, in database: Database) async throws
        -> [DeviationRow]
    {
        let deviation = stored.deviation
        guard deviation.status.isOpen, deviation.lockedTo == nil, deviation.mergedInto == nil,
            visit.access.may(viewer, DeviationsRights.write, on: deviation.accessObject)
        else { return [] }
        let report = deviation.report
        let tokens = try await cases.searchTokens().tokens(of: "\(report.title) \(report.description)")
        let write = visit.access.scope(of: viewer, DeviationsRights.write)
        let scope = Scope(
            units: write.units, person: viewer.person.id,
            isHandler: write.relations.contains(DeviationsRights.handler), token: cases.token(of: viewer.person.id))
        let rows = try await database.read {
            try DeviationStore.likelySame(as: stored, tokens: tokens, scope: scope, in: $0)
        }
        return try await cases.opened(DeviationPage(rows: rows, next: nil)).rows
    }
}
