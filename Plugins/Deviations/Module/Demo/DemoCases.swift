import CalendarKit
import DeviationsCore
import EventKit
import ModuleKit
import Storage

/// Loads the demo cases: each is reported and handled through the module's own acts, at the times its file gives.
struct DemoCases: Sendable {
    let host: HostServices
    let acts: DeviationActs

    /// Loads those that are not there yet; a run that was cut off goes on with the next case.
    func load(_ cases: [DemoCase], progress: @Sendable (_ done: Int, _ of: Int) -> Void) async throws {
        let categories = try await host.database.read { try DeviationStore.categories(in: $0).map(\.code) }
        let chart = host.directory.chart
        let choices = ReportChoices(
            units: Set(chart.units.map(\.id)), campuses: Set(chart.campuses.map(\.id)), categories: Set(categories))
        for (index, demo) in cases.enumerated() {
            // One that has lost its content since is there too.
            let isLoaded = try await host.database.read { try DeviationStore.parties(of: demo.id, in: $0) } != nil
            if !isLoaded { try await load(demo, choices) }
            progress(index + 1, cases.count)
        }
    }

    private func load(_ demo: DemoCase, _ choices: ReportChoices) async throws {
        let now = host.clock.now
        let report = try Report(demo.draft(now: now), choices: choices, today: Oslo.date(at: now))
        var current = try await acts.receive(report, id: demo.id, from: demo.reporter, at: demo.received(now: now))
        for step in demo.timedSteps(now: now) {
            for act in step.acts(for: current.deviation) {
                current = try await acts.perform(act, on: demo.id, by: step.by, at: step.at)
            }
        }
    }
}
