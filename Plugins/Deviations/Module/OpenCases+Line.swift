import DeviationsCore
import EventKit
import ModuleKit
import Storage

/// Posts change while a case is open: who comes to lead its reporter, or to be led by them, is kept from it as if it had been so when the
/// report came (S1: disqualification).
extension OpenCases {
    /// Posts that begin so soon count already: this looks once a minute, and nobody is to see a case for even that long.
    static let ahead: Int64 = 120

    func keepFromLine() async throws {
        let soon = host.clock.now.adding(seconds: Self.ahead)
        let chart = try await host.directory.freshChart()
        let found = try await host.database.read { [cases = acts.cases] reader in
            try DeviationStore.newInLine(chart, soon, cases.token, in: reader)
        }
        for (id, exclusions) in found { try await keep(id, from: exclusions, chart) }
    }

    private func keep(_ id: String, from exclusions: [Exclusion], _ chart: OrganisationChart) async throws {
        let now = host.clock.now
        let key = try await acts.cases.key(of: id)
        guard let stored = try await host.database.read({ try DeviationStore.load(id, key: key, in: $0) }) else {
            return
        }
        let (unit, candidates) = (stored.deviation.unit, Candidates(chart: chart, now: now))
        let act = KeepAway(exclusions) { candidates.reception(insteadOf: unit, without: $0) }
        do {
            _ = try await acts.perform(act, on: id, by: TimelineEntry.system, at: now, ifVersion: stored.version)
        } catch DeviationStoreError.changedMeanwhile {
            // Somebody did something to it this moment: it is looked at again next time.
        } catch DeviationError.leaving {
            // Only its officer has it.
        }
    }
}
