import EventKit
import Testing
import WhistleblowingCore

/// What the tests of the rules start from.
enum Sample {
    /// Friday 2026-11-27.
    static let today = CivilDate(daysSince1970: 20_784)
    static let later = today.adding(days: 3)
    static let choices = ReportChoices(campuses: ["trondheim", "gjovik"]) { _, excluded in
        ["vigdis", "torstein"].filter { !excluded.contains($0) }
    }

    static var draft: ReportDraft {
        var draft = ReportDraft()
        (draft.category, draft.campus) = ("harassment", "trondheim")
        (draft.title, draft.description) = ("Trakassering på lab", "Det skjer hver uke.")
        return draft
    }

    static func received(by reporter: String? = nil) throws -> Whistleblow {
        let report = try CheckedReport(draft, choices: choices, today: today)
        return ReceiveReport(report: report).apply(id: "c1", by: reporter, named: [], on: today).whistleblow
    }

    static func acknowledged() throws -> Whistleblow {
        try Acknowledge(text: "Vi har lest det.").apply(to: received(), by: "vigdis", on: later).whistleblow
    }

    static func concluded() throws -> Whistleblow {
        try Conclude(text: "Ferdig.", deadlines: Deadlines()).apply(to: acknowledged(), by: "vigdis", on: later)
            .whistleblow
    }
}

/// Expects that `act` is refused by exactly this rule.
func expectRefused(
    _ act: some Act, on whistleblow: Whistleblow, _ expected: WhistleblowingError,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(throws: expected, sourceLocation: sourceLocation) {
        try act.apply(to: whistleblow, by: "vigdis", on: Sample.later)
    }
}
