import DeviationsContract
import DeviationsCore
import EventKit
import Testing

@Suite struct CloseDeviationTests {
    let close = CloseDeviation(outcome: "Sensuren er klar.")

    @Test func `closing ends the case and the reporter gets the outcome`() throws {
        let change = try close.apply(to: Sample.withCause(), by: "hamid", at: Sample.later)
        #expect(change.deviation.status == .closed)
        #expect(change.deviation.outcome == "Sensuren er klar." && change.deviation.endedAt == Sample.later)
        #expect(change.entry.text == "Sensuren er klar." && !change.entry.kind.isPrivate)
        #expect(change.event.unfinishedMeasures == 0)
    }

    @Test func `closing is refused before the cause is recorded`() throws {
        expectRefused(close, on: try Sample.assigned(), .causeMissing)
    }

    @Test func `closing is refused without an outcome`() throws {
        expectRefused(
            CloseDeviation(outcome: " "), on: try Sample.withCause(), .invalid([FieldProblem(.outcome, .missing)]))
    }

    @Test func `closing is refused while nobody handles the case`() throws {
        expectRefused(close, on: try Sample.triaged(), .notPossible(.received))
    }

    @Test func `closing is refused while a measure is unfinished, and names it`() throws {
        let two = try Sample.withMeasure("m1").after(Sample.measure("m2")).after(
            CompleteMeasure(measure: "m1", effect: ""))
        expectRefused(close, on: two, .measuresUnfinished(["m2"]))
    }

    @Test func `a measure that moved to an owner with a date outlives the case`() throws {
        let moved = try Sample.withMeasure().after(MoveMeasure(measure: "m1", owner: "unni", dueOn: "2027-06-01"))
        let change = try close.apply(to: moved, by: "hamid", at: Sample.later)
        #expect(change.deviation.status == .closed && change.event.unfinishedMeasures == 1)
        let done = try change.deviation.after(CompleteMeasure(measure: "m1", effect: "Virket"))
        #expect(done.measures[0].isDone && done.status == .closed)
    }
}
