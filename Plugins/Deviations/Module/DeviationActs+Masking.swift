import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Vault

/// Hiding passages, and looking at what is hidden.
extension DeviationActs {
    /// Hides a passage in the case; `search` makes the tokens of what is left.
    ///
    /// - Throws: `Problem` 404 or 403; `DeviationError`, also when the case does not hold the passage.
    func mask(
        _ act: MaskPassage, in id: String, _ key: CaseKey?, search: SearchTokens, by viewer: Viewer, _ visit: Visit,
        ifVersion version: Int, in tx: Transaction
    ) throws -> StoredDeviation {
        let changed = try perform(
            on: id, key, by: viewer, visit, DeviationsRights.write, ifVersion: version, in: tx
        ) { _, _ in act }
        guard let key else { throw DeviationStoreError.notFound }
        let count = try DeviationStore.mask(
            act.passage.trimmingSpaces(), as: act.id, by: viewer.person.id, at: visit.now, in: changed, by: key,
            search: search, cases.vault.files, tx)
        // What was given out of the case before may hold it.
        try cases.traces.withdraw(id, in: tx)
        if count == 0 { throw DeviationError.invalid([FieldProblem(.passage, .unknown)]) }
        return changed
    }

    /// What a mask hides, for the one who asks, with the reason in the history.
    func unmask(
        _ act: UnmaskPassage, in id: String, _ key: CaseKey?, by viewer: Viewer, _ visit: Visit, in tx: Transaction
    ) throws -> String {
        guard let key, let stored = try DeviationStore.load(id, key: key, locked: true, in: tx),
            visit.access.may(viewer, DeviationsRights.read, on: stored.deviation.accessObject)
        else { throw ModuleKit.Problem.notFound(visit.language) }
        guard visit.access.may(viewer, DeviationsRights.unmask, on: stored.deviation.accessObject) else {
            throw ModuleKit.Problem.forbidden(visit.language)
        }
        guard let passage = try DeviationStore.passage(of: act.mask, inCase: stored.key, by: key, in: tx) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        _ = try perform([act], on: id, key, by: viewer.person.id, at: visit.now, ifVersion: nil, in: tx)
        return passage
    }
}
