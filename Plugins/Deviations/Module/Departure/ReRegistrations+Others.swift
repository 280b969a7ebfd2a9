import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Vault

/// What becomes of the reports that are part of a case which leaves.
extension ReRegistrations {
    /// A report that is part of the case, opened.
    struct Report: Sendable {
        let stored: StoredDeviation
        let key: CaseKey
        let rows: [(id: Int64, entry: TimelineEntry)]
    }

    /// The reports that go with the case, and those that become cases of their own.
    func others(_ act: ReRegister, of main: StoredDeviation) async throws -> (going: [Report], staying: [Report]) {
        let reports = try await host.database.read { try DeviationStore.reports(mergedInto: main.key, in: $0) }
        let others = try act.others(of: Set(reports.map(\.id)))
        var found: (going: [Report], staying: [Report]) = ([], [])
        for id in reports.map(\.id) {
            let goes = others.going.contains(id)
            guard goes || others.separated.contains(id), let key = try await cases.key(of: id) else { continue }
            let report = try await host.database.read { reader in
                try DeviationStore.load(id, key: key, in: reader).map {
                    Report(
                        stored: $0, key: key,
                        rows: try DeviationStore.timelineRows(ofCase: $0.key, by: key, in: reader))
                }
            }
            guard let report else { continue }
            if goes { found.going.append(report) } else { found.staying.append(report) }
        }
        return found
    }

    /// Each goes as a whistleblow of its own: it is one reporter's, with what this reporter was told.
    func departure(of report: Report, _ act: ReRegister, in main: StoredDeviation) async throws -> Departure {
        var (whole, stored) = (act, report.stored)
        whole.parts = nil
        // Whom the case is kept from must not meet any report of it.
        stored.deviation.exclusions += main.deviation.exclusions
        let history = try await cases.history(of: report.stored, own: report.rows.map(\.entry))
        return try await departure(whole, [], stored, history.map { (0, $0) }, report.key)
    }

    /// - Throws: `DeviationError.invalid` when the files are more than is held in memory at once.
    func requireRoom(for cases: [(stored: StoredDeviation, key: CaseKey)]) async throws {
        if cases.count == 1 { return }
        let bytes = try await host.database.read { reader in
            try cases.reduce(0) { sum, one in
                try DeviationStore.files(
                    ofCase: one.stored.key, by: one.key, forReporter: false, hidden: true, host.vault.files, in: reader
                ).reduce(sum) { $0 + $1.file.size }
            }
        }
        if bytes > Self.bytesAtOnce { throw DeviationError.invalid([FieldProblem(.along, .tooMuchAtOnce)]) }
    }

    private static let bytesAtOnce = 256 << 20

    func separate(
        _ reports: [Report], from main: StoredDeviation, by viewer: Viewer, _ visit: Visit, in tx: Transaction
    ) throws -> StoredDeviation {
        var left = main
        let (officer, now) = (viewer.person.id, visit.now)
        let candidates = Candidates(chart: host.directory.chart, now: now)
        let act = SeparateReport(from: main.deviation) { [unit = main.deviation.unit] in
            candidates.reception(insteadOf: unit, without: $0)
        }
        for report in reports {
            guard
                let stored = try DeviationStore.load(report.stored.deviation.id, key: report.key, locked: true, in: tx)
            else { continue }
            let change = try act.apply(to: stored.deviation, by: officer, at: now)
            _ = try DeviationStore.save(change.deviation, over: stored, key: report.key, token: cases.token, in: tx)
            try DeviationStore.add(change.entry, toCase: stored.key, by: report.key, in: tx)
            try DeviationStore.countOut(of: main.deviation.id, in: tx)
            try cases.traces.withdraw(main.deviation.id, in: tx)
            try cases.note(
                change.event, on: change.deviation, before: stored.deviation, by: officer, visit.way, at: now, in: tx)
            try tx.append(Event(change.event, subject: change.deviation.id, at: now))
            left.version += 1
            left.deviation.reports -= 1
        }
        return left
    }
}
