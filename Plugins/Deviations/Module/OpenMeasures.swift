import DeviationsCore
import EventKit
import ModuleKit
import Storage

/// An unfinished measure outlives its case, and its owner's post: it goes to somebody who may have it.
extension OpenCases {
    /// Passes on the measures of those who have left, and of those whom the case is kept from.
    func passOnMeasures() async throws {
        let now = host.clock.now
        let chart = try await host.directory.freshChart()
        let held = try await host.database.read { try DeviationStore.heldMeasures(in: $0) }
        for one in held where one.isKeptFromSome || chart.grants(of: one.owner, at: now).isEmpty {
            try await passOn(one, chart, now)
        }
    }

    private func passOn(_ held: HeldMeasure, _ chart: OrganisationChart, _ now: Timestamp) async throws {
        let key = try await acts.cases.key(of: held.deviation)
        let stored = try await host.database.read { try DeviationStore.load(held.deviation, key: key, in: $0) }
        guard let stored, let measure = stored.deviation.measures.first(where: { $0.id == held.measure }),
            chart.grants(of: measure.owner, at: now).isEmpty || stored.deviation.excluded.contains(measure.owner),
            let owner = owner(after: measure.owner, in: stored.deviation, chart, now)
        else { return }
        do {
            _ = try await acts.perform(
                TakeOverMeasure(measure: measure.id, owner: owner), on: held.deviation, by: TimelineEntry.system,
                at: now, ifVersion: stored.version)
        } catch DeviationStoreError.changedMeanwhile {
            // Somebody did something to the case this moment: it is looked at again next time.
        } catch DeviationError.measureDone, DeviationError.leaving {
            // Nobody has to have it any more, or for now.
        }
    }

    /// The deputy, the case's handler, the nearest line manager, or the nearest intake officer.
    private func owner(
        after owner: String, in deviation: Deviation, _ chart: OrganisationChart, _ now: Timestamp
    ) -> String? {
        let without = deviation.excluded.union([owner, deviation.reporter])
        let deputies = chart.deputyships.filter { $0.person == owner && $0.counts(at: now) }.map(\.deputy)
        let near = [Role.lineManager, .intakeOfficer].flatMap {
            chart.nearestHolders(of: $0, to: deviation.unit, without: without, now: now)
        }
        return (deputies.sorted() + [deviation.handler].compactMap(\.self) + near).first {
            !without.contains($0) && !chart.grants(of: $0, at: now).isEmpty
        }
    }
}
