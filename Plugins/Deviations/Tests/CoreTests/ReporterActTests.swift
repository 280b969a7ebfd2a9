import DeviationsContract
import DeviationsCore
import EventKit
import Testing

/// What a reporter says when a case has ended, and where one goes that is not ours.
@Suite struct ReporterActTests {
    @Test(arguments: Feedback.allCases)
    func `the reporter of an ended case says whether it was solved`(feedback: Feedback) throws {
        let change = try GiveFeedback(answer: feedback.rawValue, text: "Takk").apply(
            to: try Sample.closed(), by: "kari", at: Sample.later)
        #expect(change.entry.kind.rawValue == "feedback-\(feedback.rawValue)" && change.entry.text == "Takk")
        #expect(change.event.answer == feedback.rawValue && !change.entry.kind.isPrivate)
        #expect(change.deviation.status == .closed)
    }

    @Test func `of an open case, without an answer or with another it is refused`() throws {
        expectRefused(GiveFeedback(answer: "solved", text: ""), on: try Sample.assigned(), .notPossible(.assigned))
        for answer in ["", "great"] {
            #expect(throws: DeviationError.self) {
                try GiveFeedback(answer: answer, text: "").apply(to: Sample.closed(), by: "kari", at: Sample.later)
            }
        }
    }

    @Test func `what belongs to somebody else is passed on by its reporter alone, with the clock it had`() throws {
        let rejected = try Sample.triaged().after(RejectReport(reason: "Dette gjelder bolig.", recipient: "SIT"))
        #expect(rejected.recipient == "SIT")
        expectRefused(PassOnReport(), on: rejected, .notPossible(.rejected))
        let passed = try rejected.after(PassOnReport(), by: "kari")
        #expect(passed.unit == "SIT" && passed.status == .received && passed.recipient == nil && passed.triage == nil)
        #expect(passed.dueOn == rejected.dueOn && passed.forwardings == 1 && passed.endedAt == nil)
        #expect(throws: DeviationError.self) {
            try PassOnReport().apply(to: passed, by: "kari", at: Sample.later)
        }
        #expect(throws: DeviationError.self) {
            try PassOnReport().apply(to: Sample.rejected(), by: "kari", at: Sample.later)
        }
        #expect(try rejected.after(ReopenDeviation(reason: "Likevel vårt")).recipient == nil)
    }
}
