import DeviationsContract
import DeviationsCore
import EventKit
import Testing

@Suite struct HandlingTests {
    @Test func `a note is private and changes nothing else`() throws {
        let deviation = try Sample.assigned()
        let change = try AddNote(text: "Ringte sensor.").apply(to: deviation, by: "hamid", at: Sample.later)
        #expect(change.deviation == deviation)
        #expect(change.entry == TimelineEntry(.noted, by: "hamid", at: Sample.later, text: "Ringte sensor."))
        #expect(change.entry.kind.isPrivate)
    }

    @Test func `a reply is for the reporter and is no preliminary reply`() throws {
        let deviation = try Sample.assigned()
        let change = try ReplyToReporter(text: "Vi ser på det.").apply(to: deviation, by: "hamid", at: Sample.later)
        #expect(change.deviation.expectedOn == nil)
        #expect(change.entry.text == "Vi ser på det." && !change.entry.kind.isPrivate)
    }

    @Test func `empty notes and replies are refused`() throws {
        expectRefused(AddNote(text: "\n"), on: try Sample.assigned(), .invalid([FieldProblem(.text, .missing)]))
        expectRefused(ReplyToReporter(text: ""), on: try Sample.assigned(), .invalid([FieldProblem(.text, .missing)]))
    }

    @Test func `what happened and why are recorded, and can be put better`() throws {
        let act = RecordCause(whatHappened: "Sensor ble syk", why: "Ingen reserve")
        let change = try act.apply(to: Sample.withCause(), by: "hamid", at: Sample.later)
        #expect(change.deviation.cause == Cause(whatHappened: "Sensor ble syk", why: "Ingen reserve"))
        #expect(change.entry.kind.isPrivate)
    }

    @Test func `a cause is refused without both parts, and before a handler has the case`() throws {
        expectRefused(
            RecordCause(whatHappened: "", why: ""), on: try Sample.assigned(),
            .invalid([FieldProblem(.whatHappened, .missing), FieldProblem(.why, .missing)]))
        expectRefused(RecordCause(whatHappened: "a", why: "b"), on: try Sample.triaged(), .notPossible(.received))
    }

    @Test func `a preliminary reply starts a second clock and closes nothing`() throws {
        let act = SendPreliminaryReply(cause: "Vi venter på sensor.", expectedOn: "2027-01-20")
        let change = try act.apply(to: Sample.assigned(), by: "hamid", at: Sample.later)
        #expect(change.deviation.status == .assigned)
        #expect(change.deviation.dueOn.description == "2026-12-28")
        #expect(change.deviation.deadline.description == "2027-01-20")
        #expect(change.entry.date?.description == "2027-01-20" && change.entry.text == "Vi venter på sensor.")
        #expect(change.event.expectedOn.description == "2027-01-20")
        #expect(!change.deviation.isOverdue(on: change.deviation.dueOn.adding(days: 1)))
    }

    @Test func `an expected date before the due date does not shorten the time`() throws {
        let act = SendPreliminaryReply(cause: "Straks klar", expectedOn: "2026-12-01")
        #expect(try Sample.assigned().after(act).deadline.description == "2026-12-28")
    }

    @Test(arguments: [
        ("", "2027-01-20", FieldProblem(.cause, .missing)), ("Syk", "", FieldProblem(.expectedOn, .missing)),
        ("Syk", "snart", FieldProblem(.expectedOn, .notADate)),
        ("Syk", "2026-11-28", FieldProblem(.expectedOn, .inThePast)),
    ])
    func `a preliminary reply needs a cause and a date after today`(
        cause: String, expectedOn: String, problem: FieldProblem
    ) throws {
        let act = SendPreliminaryReply(cause: cause, expectedOn: expectedOn)
        expectRefused(act, on: try Sample.assigned(), .invalid([problem]))
    }

    @Test(arguments: [Status.rejected, .closed])
    func `an ended case takes no step but its measures'`(status: Status) throws {
        let deviation = try Sample.inStatus(status)
        let expected = DeviationError.notPossible(status)
        expectRefused(AddNote(text: "x"), on: deviation, expected)
        expectRefused(ReplyToReporter(text: "x"), on: deviation, expected)
        expectRefused(RecordCause(whatHappened: "x", why: "x"), on: deviation, expected)
        expectRefused(Sample.measure("m9"), on: deviation, expected)
        expectRefused(SendPreliminaryReply(cause: "x", expectedOn: "2027-01-20"), on: deviation, expected)
        expectRefused(SendToHandler(handler: "frode"), on: deviation, expected)
        expectRefused(ForwardToFaculty(unit: "HF", reason: "x"), on: deviation, expected)
        expectRefused(RejectReport(reason: "x"), on: deviation, expected)
        expectRefused(CloseDeviation(outcome: "x"), on: deviation, expected)
    }
}
