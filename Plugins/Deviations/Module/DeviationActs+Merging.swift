import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Vault

/// Merging reports of the same failure into one case, and what their reporters then read.
extension DeviationActs {
    /// A case as it was named, by number or id, with its key.
    struct NamedCase: Sendable {
        let id: String
        let key: CaseKey
    }

    /// The cases that somebody named, separated by spaces, commas or lines.
    ///
    /// - Throws: `DeviationError.notMergeable` when one of them is not there.
    func cases(named text: String) async throws -> [NamedCase] {
        var found: [String: NamedCase] = [:]
        for name in text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" }) {
            var id: String? = String(name)
            if let number = CaseNumber(name) { id = try await self.id(of: number) }
            guard let id, let key = try await cases.key(of: id) else { throw DeviationError.notMergeable }
            found[id] = NamedCase(id: id, key: key)
        }
        return found.values.sorted { $0.id < $1.id }
    }

    private func id(of number: CaseNumber) async throws -> String? {
        let key = cases.numbers.key(of: number)
        return try await database.read { [numbers = cases.numbers] reader in
            let row = try DeviationStore.named(by: key, in: reader)
            return row.flatMap { numbers[key, receivedAt: $0.1] == number ? $0.0 : nil }
        }
    }

    /// Takes `others` into the case `id`, as part of a transaction. Somebody who may write in all of them may do it.
    ///
    /// - Throws: `Problem` 404 or 403 for the case, `DeviationError` and `DeviationStoreError` for what is refused.
    func merge(
        _ others: [NamedCase], into id: String, _ key: CaseKey?, by viewer: Viewer, _ visit: Visit,
        ifVersion version: Int, in tx: Transaction
    ) throws -> StoredDeviation {
        let main = try writable(id, key, viewer, visit, in: tx)
        guard main.version == version else { throw DeviationStoreError.changedMeanwhile(version: main.version) }
        guard let key else { throw DeviationStoreError.notFound }
        let reports = try others.map { other in
            let report = try DeviationStore.load(other.id, key: other.key, locked: true, in: tx)
            guard let report,
                visit.access.may(viewer, DeviationsRights.write, on: report.deviation.accessObject)
            else { throw DeviationError.notMergeable }
            return (stored: report, key: other.key)
        }
        let candidates = Candidates(chart: visit.access.chart, now: visit.now)
        let merged = try MergeReports { candidates.reception(insteadOf: main.deviation.unit, without: $0) }
            .apply(to: main.deviation, reports.map(\.stored.deviation), by: viewer.person.id, at: visit.now)
        let saved = try DeviationStore.save(merged.main, over: main, key: key, token: cases.token, in: tx)
        try DeviationStore.add(merged.entry, toCase: main.key, by: key, in: tx)
        if let first = merged.reports.first {
            try cases.note(
                first.event, on: merged.main, before: main.deviation, by: viewer.person.id, visit.way, at: visit.now,
                in: tx)
        }
        for (report, change) in zip(reports, merged.reports) {
            _ = try DeviationStore.save(
                change.deviation, over: report.stored, key: report.key, token: cases.token, in: tx)
            try DeviationStore.add(change.entry, toCase: report.stored.key, by: report.key, in: tx)
            try DeviationStore.noteMerging(change.deviation.id, in: tx)
            try cases.note(
                change.event, on: change.deviation, before: report.stored.deviation, by: viewer.person.id, visit.way,
                at: visit.now, in: tx)
            try tx.append(Event(change.event, subject: change.deviation.id, at: visit.now))
        }
        return saved
    }

    /// Replies to one reporter of the case `id` alone: to the one whose report `report` is.
    ///
    /// - Throws: as `merge`; `Problem` 404 when the report is not part of the case.
    func reply(
        _ text: String, toReport report: NamedCase, of id: String, _ key: CaseKey?, by viewer: Viewer, _ visit: Visit,
        in tx: Transaction
    ) throws -> StoredDeviation {
        _ = try writable(id, key, viewer, visit, in: tx)
        if report.id == id {
            return try perform(
                [ReplyToFirstReporter(text: text)], on: id, report.key, by: viewer.person.id, visit.way, at: visit.now,
                ifVersion: nil, in: tx)
        }
        let part = try DeviationStore.load(report.id, key: report.key, in: tx)?.deviation
        guard let part, part.mergedInto == id else { throw ModuleKit.Problem.notFound(visit.language) }
        if part.wasSentSignedOut { throw DeviationError.notPossible(part.status) }
        return try perform(
            [ReplyToReporter(text: text)], on: report.id, report.key, by: viewer.person.id, visit.way, at: visit.now,
            ifVersion: nil, in: tx)
    }

    /// Takes a report out of the case `id` again.
    ///
    /// - Throws: as `reply`.
    func separate(
        _ report: NamedCase, from id: String, _ key: CaseKey?, by viewer: Viewer, _ visit: Visit, in tx: Transaction
    ) throws -> StoredDeviation {
        let main = try writable(id, key, viewer, visit, in: tx).deviation
        guard try DeviationStore.load(report.id, key: report.key, in: tx)?.deviation.mergedInto == id else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        let candidates = Candidates(chart: visit.access.chart, now: visit.now)
        let act = SeparateReport(from: main) { candidates.reception(insteadOf: main.unit, without: $0) }
        let separated = try perform(
            [act], on: report.id, report.key, by: viewer.person.id, visit.way, at: visit.now, ifVersion: nil, in: tx)
        try DeviationStore.countOut(of: id, in: tx)
        // What was given out of the case may be from this report, which goes its own way now.
        try cases.traces.withdraw(id, in: tx)
        return separated
    }

    /// The case, which the viewer may write in.
    func writable(
        _ id: String, _ key: CaseKey?, _ viewer: Viewer, _ visit: Visit, in tx: Transaction
    ) throws -> StoredDeviation {
        guard let key, let stored = try DeviationStore.load(id, key: key, locked: true, in: tx) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        try visit.require(DeviationsRights.write, on: stored.deviation.accessObject, viewer)
        return stored
    }
}

extension CaseVault {
    /// What the reporter of `stored` reads of its history: `own`, and, when it is part of a case, what concerns all its reporters.
    func history(of stored: StoredDeviation, own: [TimelineEntry]) async throws -> [TimelineEntry] {
        guard let main = stored.deviation.mergedInto, let key = try await key(of: main) else { return own }
        let shared = try await database.read {
            try DeviationStore.sharedTimeline(ofReport: stored.key, by: key, in: $0)
        }
        return (own + shared).enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }
}
