import DeviationsContract
import DeviationsCore
import EventKit
import Testing

@Suite struct ReopenDeviationTests {
    private let reopen = ReopenDeviation(reason: "Det skjer igjen")

    @Test func `an ended case is opened again: a new round, the clock as it was, both times kept`() throws {
        let closed = try Sample.closed()
        let again = Sample.later.adding(seconds: 86_400)
        let change = try reopen.apply(to: closed, by: "ingrid", at: again)
        let opened = change.deviation
        #expect(opened.status == .assigned && opened.handler == "hamid" && opened.dueOn == closed.dueOn)
        #expect(opened.rounds == [Round(startedAt: Sample.received, endedAt: Sample.later)])
        #expect(opened.roundStartedAt == again && opened.endedAt == nil && opened.outcome == nil)
        #expect(change.entry.text == "Det skjer igjen" && !change.entry.kind.isPrivate)
    }

    @Test func `a rejected report is assessed anew`() throws {
        let opened = try Sample.rejected().after(reopen)
        #expect(opened.status == .received && opened.triage == nil)
    }

    @Test func `the third reopening counts as recurring`() throws {
        var deviation = try Sample.closed()
        for times in 1...3 {
            let change = try reopen.apply(to: deviation, by: "ingrid", at: Sample.later)
            #expect(change.event.reopenings == times && change.deviation.isRecurring == (times == 3))
            deviation = try change.deviation.after(CloseDeviation(outcome: "Ordnet"))
        }
        #expect(deviation.rounds.count == 3)
    }

    @Test func `an open case, or no reason, is refused`() throws {
        expectRefused(reopen, on: try Sample.assigned(), .notPossible(.assigned))
        expectRefused(ReopenDeviation(reason: ""), on: try Sample.closed(), .invalid([FieldProblem(.reason, .missing)]))
    }
}
