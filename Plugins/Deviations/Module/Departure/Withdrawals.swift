import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Vault

/// A reporter takes a report back, and those who handle it decide what becomes of it.
struct Withdrawals: Sendable {
    let acts: DeviationActs
    let departures: ReRegistrations

    private var cases: CaseVault { acts.cases }

    /// Withdraws the reporter's own report. What was re-registered is left alone, and the answer is the same.
    ///
    /// - Throws: `Problem` 404 for a report that is not theirs.
    func withdraw(_ id: String, by viewer: Viewer, _ visit: Visit) async throws {
        let missing = ModuleKit.Problem.notFound(visit.language)
        guard let key = try await cases.key(of: id) else {
            let farewells = try await departures.farewells(of: viewer).filter { $0.farewell.deviation == id }
            if farewells.isEmpty { throw missing }
            for (_, key) in farewells { try await departures.remove(key) }
            return
        }
        let farewells = try await departures.farewells(of: viewer)
        try await acts.database.write { tx in
            let stored = try DeviationStore.load(id, key: key, locked: true, in: tx)
            guard let stored, visit.owns(stored.deviation, viewer) else { throw missing }
            try withdraw(stored, key, farewells, by: viewer, visit, in: tx)
        }
    }

    /// The same as part of a transaction; `farewells` are the reporter's.
    func withdraw(
        _ stored: StoredDeviation, _ key: CaseKey, _ farewells: [(farewell: Farewell, key: CaseKey.ID)],
        by viewer: Viewer, _ visit: Visit, in tx: Transaction
    ) throws {
        let id = stored.deviation.id
        // The answers to their requests name them beside the case.
        try Idempotency.forget(id, in: tx)
        for (farewell, key) in farewells where farewell.deviation == id {
            try DeviationStore.removeFarewell(key, cases.vault, in: tx)
        }
        if stored.deviation.mergedInto != nil { return try withdraw(stored, key, by: viewer, visit, in: tx) }
        _ = try acts.perform(
            [WithdrawReport()], on: id, key, by: viewer.person.id, visit.way, at: visit.now, ifVersion: nil, in: tx)
    }

    /// Takes a report back that is part of a case: it is gone whole, and the case goes on for the others.
    private func withdraw(
        _ stored: StoredDeviation, _ key: CaseKey, by viewer: Viewer, _ visit: Visit, in tx: Transaction
    ) throws {
        _ = try acts.perform(
            [WithdrawFromCase()], on: stored.deviation.id, key, by: viewer.person.id, visit.way, at: visit.now,
            ifVersion: nil,
            in: tx)
        try DeviationStore.countOut(of: stored.deviation.mergedInto ?? "", in: tx)
        // What was given out of the case may be from this report.
        try cases.traces.withdraw(stored.deviation.mergedInto ?? "", in: tx)
        try DeviationStore.removeContent(ofCase: stored.key, in: tx)
        try cases.vault.destroy(key.id, in: tx)
        try cases.forget(stored.deviation.id, in: tx)
    }

    /// What a decision on a withdrawn report needs before its transaction; nil when the viewer may not.
    func prepare(_ form: FormData, on id: String, by viewer: Viewer, _ visit: Visit, ifVersion version: Int)
        async throws -> ReRegistrations.Prepared?
    {
        guard let key = try await cases.key(of: id) else { return nil }
        let seen = try await acts.database.read { reader -> (StoredDeviation, [(id: Int64, entry: TimelineEntry)])? in
            guard let stored = try DeviationStore.load(id, key: key, in: reader) else { return nil }
            return (stored, try DeviationStore.timelineRows(ofCase: stored.key, by: key, in: reader))
        }
        guard let (stored, rows) = seen,
            visit.access.may(viewer, DeviationsRights.write, on: stored.deviation.accessObject)
        else { return nil }
        guard stored.version == version else { throw DeviationStoreError.changedMeanwhile(version: stored.version) }
        // Left open, it decides nothing: stopped, the content is gone for good.
        guard ["yes", "no"].contains(form[Field.goesOn.rawValue]) else {
            throw DeviationError.invalid([FieldProblem(.goesOn, .missing)])
        }
        return form[Field.goesOn.rawValue] == "yes"
            ? try await goOn(form, stored, rows, key, viewer, visit) : stop(stored, key, viewer, visit)
    }

    private func stop(_ stored: StoredDeviation, _ key: CaseKey, _ viewer: Viewer, _ visit: Visit)
        -> ReRegistrations.Prepared
    {
        ReRegistrations.Prepared { tx in
            let ended = try acts.perform(
                [StopHandling()], on: stored.deviation.id, key, by: viewer.person.id, visit.way, at: visit.now,
                ifVersion: stored.version, in: tx)
            try DeviationStore.removeContent(ofCase: stored.key, in: tx)
            try cases.vault.destroy(key.id, in: tx)
            try cases.forget(stored.deviation.id, in: tx)
            return ended
        }
    }

    private func goOn(
        _ form: FormData, _ stored: StoredDeviation, _ rows: [(id: Int64, entry: TimelineEntry)], _ key: CaseKey,
        _ viewer: Viewer, _ visit: Visit
    ) async throws -> ReRegistrations.Prepared {
        let act = GoOnWithoutReporter(
            reason: form[Field.reason.rawValue], title: form[Field.keptTitle.rawValue],
            description: form[Field.keptText.rawValue])
        let change = try act.apply(to: stored.deviation, by: viewer.person.id, at: visit.now)
        let kept = Set(form.all("keptSteps").compactMap { Int($0) })
        let fresh = try await cases.vault.newKey()
        let left = try Resealed(
            change.deviation, rows, keeping: kept, by: fresh, search: try await cases.searchTokens())
        return ReRegistrations.Prepared { tx in
            guard let current = try DeviationStore.load(stored.deviation.id, key: key, locked: true, in: tx),
                current.version == stored.version
            else { throw DeviationStoreError.changedMeanwhile(version: 0) }
            try left.replace(inCase: stored.key, key.id, cases.vault, in: tx)
            try cases.forget(stored.deviation.id, in: tx)
            return try acts.perform(
                [act], on: stored.deviation.id, fresh, by: viewer.person.id, visit.way, at: visit.now,
                ifVersion: stored.version + 1, in: tx)
        }
    }
}
