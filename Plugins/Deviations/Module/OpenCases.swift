import DeviationsCore
import EventKit
import Logging
import ModuleKit
import ServiceLifecycle
import Storage

/// Sees to it that no open case is without somebody who has it: when a role ends, it falls to the deputy, else to the intake officer,
/// else to the central reception. No clock changes.
///
/// Access itself ends with the role, at that very moment: this only finds who comes after.
struct OpenCases: Service {
    let host: HostServices
    let acts: DeviationActs
    var alarm = OpenCases.nobody

    /// Open cases that nobody may receive: every intake officer is kept from them, or there is none.
    static let nobody = Alarm("deviations-nobody", path: "/admin/deputies")

    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                do {
                    try await keepFromLine()
                    try await passOn()
                    try await passOnMeasures()
                } catch {
                    host.logger.error(
                        "open cases cannot be passed on yet; it is tried again",
                        metadata: ["error": "\(type(of: error))"])
                }
            } while (try? await Task.sleep(for: .seconds(60))) != nil
        }
    }

    /// Passes on the cases of everybody who no longer may have them, and raises the alarm for those that nobody may have.
    func passOn() async throws {
        let now = host.clock.now
        let chart = try await host.directory.freshChart()
        let units = chart.units.map(\.id).filter {
            let candidates = Candidates(chart: chart, now: now)
            return candidates.reception(insteadOf: $0, without: []) != nil || candidates.intakeOfficers(of: $0).isEmpty
        }
        let officers = chart.holders(of: .intakeOfficer, within: Set(chart.units.map(\.id)), now: now)
        let tokens = officers.map(acts.cases.token)
        let ids = try await host.database.read { reader in
            let gone = try DeviationStore.handlers(in: reader).filter { !isHandler($0, chart, now) }
            return try DeviationStore.openCases(of: gone, units: units, keptFrom: tokens, in: reader)
        }
        var nobodys = 0
        for id in ids where try await !passOn(id, chart, now) { nobodys += 1 }
        try await alarm.report(nobodys, host)
    }

    private func isHandler(_ person: String, _ chart: OrganisationChart, _ now: Timestamp) -> Bool {
        chart.grants(of: person, at: now).contains { $0.role == .caseHandler }
    }

    /// - Returns: false when nobody may have it.
    private func passOn(_ id: String, _ chart: OrganisationChart, _ now: Timestamp) async throws -> Bool {
        let key = try await acts.cases.key(of: id)
        guard let stored = try await host.database.read({ try DeviationStore.load(id, key: key, in: $0) }) else {
            return true
        }
        let deviation = stored.deviation
        let candidates = Candidates(chart: chart, now: now)
        let reception = candidates.reception(insteadOf: deviation.unit, without: deviation.excluded)
        let isReceived = !candidates.intakeOfficers(of: deviation.unit, without: deviation.excluded).isEmpty
        var deputy: String?
        if let handler = deviation.handler {
            if isHandler(handler, chart, now) { return true }
            deputy = self.deputy(of: handler, for: deviation, chart, now)
        } else if reception == nil {
            return isReceived
        }
        let act = TakeOver(handler: deputy, unit: deputy == nil ? reception ?? deviation.unit : deviation.unit)
        do {
            _ = try await acts.perform(act, on: id, by: TimelineEntry.system, at: now, ifVersion: stored.version)
        } catch DeviationStoreError.changedMeanwhile {
            // Somebody did something to it this moment: it is looked at again next time.
        }
        return deputy != nil || isReceived
    }

    private func deputy(
        of handler: String, for deviation: Deviation, _ chart: OrganisationChart, _ now: Timestamp
    ) -> String? {
        let deputies = Set(chart.deputyships.filter { $0.person == handler && $0.counts(at: now) }.map(\.deputy))
        let without = deviation.excluded.union([deviation.reporter])
        return chart.whoTakesOver(from: handler, role: .caseHandler, unit: deviation.unit, without: without, now: now)
            .first(where: deputies.contains)
    }
}
