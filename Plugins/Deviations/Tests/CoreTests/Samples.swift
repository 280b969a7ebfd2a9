import CalendarKit
import DeviationsCore
import EventKit
import Testing

/// What the tests of the rules start from.
enum Sample {
    static let choices = ReportChoices(units: ["IE", "HF"], campuses: ["trondheim"], categories: ["exam", "other"])
    /// Friday 2026-11-27 at 10 in Oslo; due Monday 2026-12-28.
    static let received = Timestamp(milliseconds: 1_795_770_000_000)
    static let later = received.adding(seconds: 86_400)

    static var draft: ReportDraft {
        var draft = ReportDraft()
        draft.serious = SeriousMatter.none
        draft.title = "Sensuren er forsinket"
        draft.description = "Fristen gikk ut for tre uker siden.\nIngen vet hvorfor."
        draft.unit = "IE"
        draft.campus = "trondheim"
        draft.category = "exam"
        draft.environment = "organisational"
        draft.channelsTried = true
        draft.channelsWhich = ["teacher", "reference-group"]
        draft.channelsWhen = "i uke 46"
        return draft
    }

    static func report(_ draft: ReportDraft = draft) throws -> Report {
        try Report(draft, choices: choices, today: Oslo.date(at: received))
    }

    static func receivedDeviation() throws -> Deviation {
        let act = ReceiveReport(report: try report(), handlingTime: HandlingTime())
        return act.apply(id: Identifier.make(at: received), by: "kari", at: received).deviation
    }

    static func triaged(isDeviation: Bool = true) throws -> Deviation {
        let answers = Triage(isDeviation: isDeviation, holdsSensitiveData: false, isCensurable: false)
        return try receivedDeviation().after(AnswerTriage(answers: answers))
    }

    static func assigned() throws -> Deviation { try triaged().after(SendToHandler(handler: "hamid")) }

    static func withCause() throws -> Deviation {
        try assigned().after(RecordCause(whatHappened: "Sensor ble syk", why: "Ingen reserve var oppnevnt"))
    }

    static func withMeasure(_ id: String = "m1") throws -> Deviation {
        try withCause().after(measure(id))
    }

    static func measure(_ id: String) -> AddMeasure {
        AddMeasure(
            id: id, action: "Oppnevn reservesensor", cause: "Sårbar ordning", owner: "dagny", dueOn: "2027-02-01")
    }

    static func closed() throws -> Deviation { try withCause().after(CloseDeviation(outcome: "Sensuren er klar.")) }

    static func rejected() throws -> Deviation { try triaged().after(RejectReport(reason: "Dette gjelder bolig.")) }

    /// One deviation of each status.
    static func inStatus(_ status: Status) throws -> Deviation {
        switch status {
        case .received: try triaged()
        case .assigned: try withCause()
        case .rejected: try rejected()
        case .closed: try closed()
        }
    }
}

extension Deviation {
    /// This deviation after `act`.
    func after(_ act: some Act, by actor: String = "ingrid", at now: Timestamp = Sample.later) throws -> Deviation {
        try act.apply(to: self, by: actor, at: now).deviation
    }
}

/// Expects that `act` is refused by exactly this rule.
func expectRefused(
    _ act: some Act, on deviation: Deviation, _ expected: DeviationError,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(throws: expected, sourceLocation: sourceLocation) {
        try act.apply(to: deviation, by: "ingrid", at: Sample.later)
    }
}
