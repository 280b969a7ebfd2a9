import DeviationsContract
import DeviationsCore
import EventKit
import Testing

@Suite struct TriageTests {
    @Test func `the three answers are recorded and can be given anew`() throws {
        let answers = Triage(isDeviation: false, holdsSensitiveData: true, isCensurable: false)
        let deviation = try Sample.triaged().after(AnswerTriage(answers: answers))
        #expect(deviation.triage == answers)
        #expect(deviation.status == .received)
    }

    @Test func `censurable is never recorded`() throws {
        let answers = Triage(isDeviation: true, holdsSensitiveData: false, isCensurable: true)
        expectRefused(AnswerTriage(answers: answers), on: try Sample.receivedDeviation(), .censurable)
    }

    @Test func `triage of a case that was sent on is refused`() throws {
        let answers = Triage(isDeviation: true, holdsSensitiveData: false, isCensurable: false)
        expectRefused(AnswerTriage(answers: answers), on: try Sample.assigned(), .notPossible(.assigned))
    }

    @Test func `a triaged deviation is sent to a handler`() throws {
        let change = try SendToHandler(handler: " hamid ").apply(to: Sample.triaged(), by: "ingrid", at: Sample.later)
        #expect(change.deviation.status == .assigned)
        #expect(change.deviation.handler == "hamid")
        #expect(change.entry == TimelineEntry(.assigned, by: "ingrid", at: Sample.later, reference: "hamid"))
    }

    @Test func `a case can change handler`() throws {
        #expect(try Sample.assigned().after(SendToHandler(handler: "frode")).handler == "frode")
    }

    @Test func `sending to a handler is refused before triage, for what is no deviation, to nobody, and to the same`()
        throws
    {
        expectRefused(SendToHandler(handler: "hamid"), on: try Sample.receivedDeviation(), .triageUnanswered)
        expectRefused(SendToHandler(handler: "hamid"), on: try Sample.triaged(isDeviation: false), .notADeviation)
        expectRefused(
            SendToHandler(handler: ""), on: try Sample.triaged(), .invalid([FieldProblem(.handler, .missing)]))
        expectRefused(SendToHandler(handler: "hamid"), on: try Sample.assigned(), .sameHandler)
    }

    @Test func `forwarding gives the case to another faculty with a reason and keeps the clock`() throws {
        let act = ForwardToFaculty(unit: "HF", reason: "Emnet eies av HF.")
        let change = try act.apply(to: Sample.assigned(), by: "ingrid", at: Sample.later)
        #expect(change.deviation.unit == "HF")
        #expect(change.deviation.status == .received)
        #expect(change.deviation.handler == nil && change.deviation.triage == nil)
        #expect(change.deviation.dueOn.description == "2026-12-28")
        #expect(change.deviation.receivedAt == Sample.received)
        #expect(change.entry.text == "Emnet eies av HF." && change.entry.reference == "HF")
        #expect(change.event.fromUnit == "IE" && change.event.forwardings == 1)
    }

    @Test func `forwarding is refused without a reason or a unit, and to the same unit`() throws {
        let deviation = try Sample.triaged()
        expectRefused(
            ForwardToFaculty(unit: "", reason: " "), on: deviation,
            .invalid([FieldProblem(.unit, .missing), FieldProblem(.reason, .missing)]))
        expectRefused(ForwardToFaculty(unit: "IE", reason: "Feil"), on: deviation, .sameUnit)
    }

    @Test func `rejecting ends the case and the reporter gets the reason`() throws {
        let change = try RejectReport(reason: "Dette gjelder bolig.").apply(
            to: Sample.triaged(), by: "ingrid", at: Sample.later)
        #expect(change.deviation.status == .rejected)
        #expect(change.deviation.outcome == "Dette gjelder bolig.")
        #expect(change.deviation.endedAt == Sample.later)
        #expect(!change.entry.kind.isPrivate)
    }

    @Test func `rejecting is refused without a reason, before triage, and for what is censurable`() throws {
        expectRefused(RejectReport(reason: ""), on: try Sample.triaged(), .invalid([FieldProblem(.reason, .missing)]))
        expectRefused(RejectReport(reason: "Nei"), on: try Sample.receivedDeviation(), .triageUnanswered)
        let answers = Triage(isDeviation: false, holdsSensitiveData: false, isCensurable: true)
        expectRefused(RejectReport(reason: "Nei", answers: answers), on: try Sample.receivedDeviation(), .censurable)
        expectRefused(RejectReport(reason: "Nei"), on: try Sample.closed(), .notPossible(.closed))
    }
}
