import DeviationsContract
import DeviationsCore
import EventKit
import Testing

@Suite struct MeasureTests {
    @Test func `a measure has something to do, a cause, an owner and a date`() throws {
        let change = try Sample.measure("m1").apply(to: Sample.assigned(), by: "hamid", at: Sample.later)
        let measure = try #require(change.deviation.measures.first)
        #expect(measure.owner == "dagny" && measure.cause == "Sårbar ordning" && !measure.isDone && !measure.isMoved)
        #expect(change.entry.reference == "m1" && change.entry.date == measure.dueOn)
        #expect(change.event.measure == "m1" && change.event.measureDueOn == measure.dueOn)
    }

    @Test func `a measure without its parts is refused`() throws {
        let fields: [Field] = [.action, .cause, .owner, .dueOn]
        expectRefused(
            AddMeasure(id: "m1", action: "", cause: "", owner: "", dueOn: ""), on: try Sample.assigned(),
            .invalid(fields.map { FieldProblem($0, .missing) }))
        expectRefused(
            AddMeasure(id: "m1", action: "a", cause: "b", owner: "c", dueOn: "2026-11-27"), on: try Sample.assigned(),
            .invalid([FieldProblem(.dueOn, .inThePast)]))
        expectRefused(Sample.measure("m1"), on: try Sample.triaged(), .notPossible(.received))
    }

    @Test func `a measure is completed once, with or without a word on its effect`() throws {
        let done = try Sample.withMeasure().after(CompleteMeasure(measure: "m1", effect: "Virket"))
        #expect(done.measures[0].completedAt == Sample.later && done.measures[0].effect == "Virket")
        expectRefused(CompleteMeasure(measure: "m1", effect: ""), on: done, .measureDone)
        #expect(try Sample.withMeasure().after(CompleteMeasure(measure: "m1", effect: " ")).measures[0].effect == nil)
        expectRefused(CompleteMeasure(measure: "m2", effect: ""), on: try Sample.withMeasure(), .unknownMeasure)
    }

    @Test func `a measure moves to an owner with a date`() throws {
        let moved = try Sample.withMeasure().after(MoveMeasure(measure: "m1", owner: "unni", dueOn: "2027-06-01"))
        #expect(moved.measures[0].owner == "unni" && moved.measures[0].dueOn.description == "2027-06-01")
        #expect(moved.measures[0].isMoved && moved.measuresInTheWay.isEmpty)
    }

    @Test func `moving is refused without an owner or a date, and when it is done`() throws {
        expectRefused(
            MoveMeasure(measure: "m1", owner: "", dueOn: ""), on: try Sample.withMeasure(),
            .invalid([FieldProblem(.owner, .missing), FieldProblem(.dueOn, .missing)]))
        expectRefused(
            MoveMeasure(measure: "m1", owner: "unni", dueOn: "2026-11-01"), on: try Sample.withMeasure(),
            .invalid([FieldProblem(.dueOn, .inThePast)]))
        let done = try Sample.withMeasure().after(CompleteMeasure(measure: "m1", effect: ""))
        expectRefused(MoveMeasure(measure: "m1", owner: "unni", dueOn: "2027-06-01"), on: done, .measureDone)
    }
}
