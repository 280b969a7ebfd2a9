import DeviationsCore
import EventKit
import Testing

@Suite struct WithdrawReportTests {
    private func merged() throws -> Deviation {
        try MergeReports { _ in nil }
            .apply(
                to: try Sample.assigned(), [Sample.receivedDeviation(), Sample.receivedDeviation()], by: "ingrid",
                at: Sample.later
            ).main
    }

    @Test func `a withdrawn report has no reporter, and the case waits for a decision`() throws {
        let withdrawn = try Sample.assigned().after(WithdrawReport(), by: "kari")
        #expect(withdrawn.reporter == Deviation.nobody && withdrawn.awaitsDecision)
        #expect(withdrawn.reports == 0 && !withdrawn.hasOthers)
        #expect(try withdrawn.after(StopHandling()).ending == .withdrawn)
    }

    @Test func `where other reports are part of the case, it goes on for them and cannot be stopped`() throws {
        let withdrawn = try merged().after(WithdrawReport(), by: "kari")
        #expect(withdrawn.reports == 2 && withdrawn.hasOthers)
        expectRefused(StopHandling(), on: withdrawn, .hasOtherReports)
        let goesOn = try withdrawn.after(GoOnWithoutReporter(reason: "De andre", title: "Eksamen", description: "x"))
        #expect(goesOn.goesOn && goesOn.hasOthers && goesOn.status == .assigned)
        expectRefused(ReplyToFirstReporter(text: "Hei"), on: withdrawn, .notPossible(.assigned))
    }

    @Test func `who leads its reporter is not told as a reason any more`() throws {
        var case1 = try Sample.assigned()
        case1.exclusions = [
            Exclusion(.named, person: "a"), Exclusion(.line, person: "b"), Exclusion(.reporter, person: "kari"),
            Exclusion(.recused, person: "c"),
        ]
        #expect(case1.shownExclusions.count == 4)
        let withdrawn = try case1.after(WithdrawReport(), by: "kari")
        #expect(withdrawn.shownExclusions.map(\.person) == ["a", "c"] && withdrawn.excluded.count == 4)
    }

    @Test func `on its way to whistleblowing, a case takes no act`() throws {
        var leaving = try Sample.withMeasure()
        try leaving.requireStaying()
        leaving.lockedTo = "ingrid"
        #expect(throws: DeviationError.leaving) { try leaving.requireStaying() }
    }

    @Test func `a measure is taken over with its date, by nobody whom the case is kept from`() throws {
        var deviation = try Sample.withMeasure()
        deviation.exclusions = [Exclusion(.named, person: "dagny")]
        expectRefused(TakeOverMeasure(measure: "m1", owner: "dagny"), on: deviation, .disqualified)
        let taken = try deviation.after(TakeOverMeasure(measure: "m1", owner: "hamid"))
        #expect(taken.measures.first?.owner == "hamid" && taken.measures.first?.isMoved == false)
        #expect(taken.measuresInTheWay.count == 1)
    }
}
