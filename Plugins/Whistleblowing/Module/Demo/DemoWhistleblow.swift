import CalendarKit
import EventKit
import ModuleKit
import WhistleblowingCore

/// A case of `Config/demo/whistleblows.json`. Days count back from today, so that the demo always looks recent.
struct DemoWhistleblow: Decodable, Sendable {
    struct Step: Decodable, Sendable {
        let act, text: String
        /// A keeper's id; nil for the reporter.
        let by: String?
        let afterDays: Int
    }

    let key, category, campus, title, description: String
    let reporter: String?
    let daysAgo: Int
    let steps: [Step]

    func draft() -> ReportDraft {
        var draft = ReportDraft()
        (draft.category, draft.campus, draft.title, draft.description) = (category, campus, title, description)
        return draft
    }
}

/// Loads the demo's whistleblows through the module's own use cases.
struct DemoWhistleblows: Sendable {
    let host: HostServices
    let whistleblows: Whistleblows

    /// Run twice, it adds nothing: the seeds make the cases' ids.
    func load(_ cases: [DemoWhistleblow], progress: @Sendable (_ done: Int, _ of: Int) -> Void) async throws {
        let now = host.clock.now
        let chart = try await host.directory.freshChart()
        let choices = ReportChoices(campuses: Set(chart.campuses.map(\.id))) {
            Keepers(chart: chart, now: now).of($0, excluding: $1)
        }
        for (index, demo) in cases.enumerated() {
            let day = Oslo.date(at: now).adding(days: -demo.daysAgo)
            let report = try CheckedReport(demo.draft(), choices: choices, today: day)
            if let stored = try await receive(report, demo, now: now, day: day), stored.version == 1 {
                for step in demo.steps { try await take(step, stored, day) }
                if let changed = try await whistleblows.find(id: stored.whistleblow.id) {
                    try await whistleblows.seen(changed)
                }
            }
            progress(index + 1, cases.count)
        }
    }

    private func receive(_ report: CheckedReport, _ demo: DemoWhistleblow, now: Timestamp, day: CivilDate) async throws
        -> StoredWhistleblow?
    {
        let seed = "demo \(demo.key)"
        if let reporter = demo.reporter {
            return try await whistleblows.find(
                id: try await whistleblows.receive(report, by: reporter, seed: seed, now: now, today: day))
        }
        return try await whistleblows.find(
            try await whistleblows.receiveAnonymously(report, seed: seed, now: now, today: day))
    }

    private func take(_ step: DemoWhistleblow.Step, _ stored: StoredWhistleblow, _ day: CivilDate) async throws {
        let deadlines = whistleblows.deadlines
        try await whistleblows.perform(stored, by: step.by, on: day.adding(days: step.afterDays)) { _ in
            switch step.act {
            case "acknowledge": Acknowledge(text: step.text)
            case "ask": AskReporter(text: step.text)
            case "feedback": GiveFeedback(text: step.text)
            case "note": AddNote(text: step.text)
            default: AnswerKeepers(text: step.text, deadlines: deadlines)
            }
        }
    }
}
