import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Vault

/// Hiding passages, and looking at what is hidden.
extension DeviationActs {
    /// Hides a passage in the case and in `reports`, which are part of it; `search` makes the tokens of what is left.
    ///
    /// - Throws: `Problem` 404 or 403; `DeviationError`, also when the case does not hold the passage.
    func mask(
        _ act: MaskPassage, in id: String, _ key: CaseKey?, _ reports: [NamedCase], search: SearchTokens,
        by viewer: Viewer, _ visit: Visit, ifVersion version: Int, in tx: Transaction
    ) throws -> StoredDeviation {
        let changed = try perform(
            on: id, key, by: viewer, visit, DeviationsRights.write, ifVersion: version, in: tx
        ) { _, _ in act }
        guard let key else { throw DeviationStoreError.notFound }
        let (passage, vault) = (act.passage.trimmingSpaces(), cases.vault.files)
        var count = try DeviationStore.hide(passage, inCase: changed.key, by: key, search: search, vault, in: tx)
        for report in reports {
            guard let part = try DeviationStore.load(report.id, key: report.key, locked: true, in: tx),
                part.deviation.mergedInto == id
            else { continue }
            count += try DeviationStore.hide(passage, inCase: part.key, by: report.key, search: search, vault, in: tx)
        }
        try DeviationStore.add(
            mask: act.id, of: passage, by: viewer.person.id, at: visit.now, toCase: changed.key, by: key, in: tx)
        // What was given out of the case before may hold it.
        for one in [id] + reports.map(\.id) { try cases.traces.withdraw(one, in: tx) }
        if count == 0 { throw DeviationError.invalid([FieldProblem(.passage, .unknown)]) }
        return changed
    }

    /// Hides a file of the case or of one of `reports`, which are part of it.
    ///
    /// - Throws: `Problem` 404 or 403; `DeviationError`, also when neither shows such a file.
    func mask(
        _ act: MaskFile, in id: String, _ key: CaseKey?, _ reports: [NamedCase], by viewer: Viewer, _ visit: Visit,
        ifVersion version: Int, in tx: Transaction
    ) throws -> StoredDeviation {
        let changed = try perform(
            on: id, key, by: viewer, visit, DeviationsRights.write, ifVersion: version, in: tx
        ) { _, _ in act }
        guard let key else { throw DeviationStoreError.notFound }
        var name: String?
        for (caseKey, key) in try parts(of: changed, key, reports, in: tx) where name == nil {
            name = try DeviationStore.hide(
                file: act.file, as: act.id, inCase: caseKey, by: key, cases.vault.files, in: tx)
        }
        guard let name else { throw DeviationError.invalid([FieldProblem(.file, .unknown)]) }
        try DeviationStore.add(
            mask: act.id, of: name, by: viewer.person.id, at: visit.now, toCase: changed.key, by: key, in: tx)
        for one in [id] + reports.map(\.id) { try cases.traces.withdraw(one, in: tx) }
        return changed
    }

    /// The case and the reports that are part of it, by their keys.
    private func parts(of main: StoredDeviation, _ key: CaseKey, _ reports: [NamedCase], in tx: Transaction) throws
        -> [(Int64, CaseKey)]
    {
        try [(main.key, key)]
            + reports.compactMap { report in
                let part = try DeviationStore.load(report.id, key: report.key, locked: true, in: tx)
                guard let part, part.deviation.mergedInto == main.deviation.id else { return nil }
                return (part.key, report.key)
            }
    }

    /// What a mask hides.
    enum Hidden: Sendable {
        case passage(String)
        case file(SealedFile, CaseKey)
    }

    /// The reports that are part of the case, with their keys. One that joins it later makes another version of the case.
    func reports(of id: String) async throws -> [NamedCase] {
        let ids = try await database.read { try DeviationStore.reports(mergedInto: id, in: $0) }
        var reports: [NamedCase] = []
        for id in ids {
            if let key = try await cases.key(of: id) { reports.append(NamedCase(id: id, key: key)) }
        }
        return reports
    }

    /// What a mask hides, for the one who asks, with the reason in the history.
    func unmask(
        _ act: UnmaskPassage, in id: String, _ key: CaseKey?, _ reports: [NamedCase], by viewer: Viewer, _ visit: Visit,
        in tx: Transaction
    ) throws -> Hidden {
        guard let key, let stored = try DeviationStore.load(id, key: key, locked: true, in: tx) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        try visit.require(DeviationsRights.unmask, on: stored.deviation.accessObject, viewer)
        guard let passage = try DeviationStore.passage(of: act.mask, inCase: stored.key, by: key, in: tx) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        _ = try perform([act], on: id, key, by: viewer.person.id, visit.way, at: visit.now, ifVersion: nil, in: tx)
        for (caseKey, key) in try parts(of: stored, key, reports, in: tx) {
            if let file = try DeviationStore.file(
                hiddenBy: act.mask, inCase: caseKey, by: key, cases.vault.files, in: tx)
            {
                return .file(file, key)
            }
        }
        return .passage(passage)
    }
}
