import DeviationsContract
import DeviationsCore
import EventKit
import Testing

/// What belongs to whistleblowing, what nobody follows up, and what is withdrawn.
@Suite struct DepartureTests {
    private static let parts = ReRegister.Parts(
        title: " Sensuren er sen ", description: "Seks uker.", whistleblow: "Han tar på meg.")

    private func expectRefused(_ act: ReRegister, on deviation: Deviation, _ expected: DeviationError) {
        #expect(throws: expected) { try act.checked(for: deviation) }
    }

    @Test(arguments: SeriousMatter.allCases)
    func `a report that says it is serious is no report, whatever else it holds`(matter: SeriousMatter) {
        var draft = ReportDraft()
        draft.serious = matter.rawValue
        #expect(throws: DeviationError.serious(matter)) { try Sample.report(draft) }
    }

    @Test func `a report that does not answer the first question, or with no answer there is, is refused`() {
        for (answer, problem) in [("", Problem.missing), ("weather", .unknown)] {
            var draft = Sample.draft
            draft.serious = answer
            #expect(throws: DeviationError.invalid([FieldProblem(.serious, problem)])) { try Sample.report(draft) }
        }
    }

    @Test func `re-registering needs a reason to the reporter, and an open case`() throws {
        let act = ReRegister(holdsSensitiveData: true, reason: " ")
        expectRefused(act, on: try Sample.receivedDeviation(), .invalid([FieldProblem(.reason, .missing)]))
        expectRefused(act, on: try Sample.closed(), .notPossible(.closed))
        let checked = try ReRegister(holdsSensitiveData: true, reason: " Et varsel. ").checked(
            for: try Sample.assigned())
        #expect(checked.reason == "Et varsel." && checked.parts == nil)
    }

    @Test func `parting a report needs a text for each side`() throws {
        let empty = ReRegister.Parts(title: "", description: " ", whistleblow: "")
        expectRefused(
            ReRegister(holdsSensitiveData: false, reason: "Delt", parts: empty), on: try Sample.receivedDeviation(),
            .invalid([.keptTitle, .keptText, .whistleblowText].map { FieldProblem($0, .missing) }))
    }

    @Test func `of a case's reports those that are named go along, and the others become cases of their own`() throws {
        func act(_ along: Set<String>) -> ReRegister {
            ReRegister(holdsSensitiveData: true, reason: "Et varsel", along: along)
        }
        #expect(try act(["a"]).others(of: ["a", "b"]) == ReRegister.Others(going: ["a"], separated: ["b"]))
        #expect(try act([]).others(of: ["a", "b"]) == ReRegister.Others(going: [], separated: ["a", "b"]))
        #expect(try act(["all"]).others(of: ["a", "b"]) == ReRegister.Others(going: ["a", "b"], separated: []))
        #expect(throws: DeviationError.invalid([FieldProblem(.along, .unknown)])) {
            try act(["c"]).others(of: ["a", "b"])
        }
    }

    @Test func `of a case that is parted, the reports that do not go stay part of it`() throws {
        var act = ReRegister(holdsSensitiveData: true, reason: "Delt", parts: Self.parts)
        act.along = ["a"]
        #expect(try act.others(of: ["a", "b"]) == ReRegister.Others(going: ["a"], separated: []))
    }

    @Test func `what is left of a parted report has its own text only, and the answers of triage`() throws {
        let deviation = try Sample.receivedDeviation()
        let act = try ReRegister(holdsSensitiveData: true, reason: "Delt", parts: Self.parts).checked(for: deviation)
        let left = act.remainder(of: deviation)
        #expect(left.report.title == "Sensuren er sen" && left.report.description == "Seks uker.")
        #expect(left.triage == Triage(isDeviation: true, holdsSensitiveData: true, isCensurable: false))
        #expect(try act.remainder(of: Sample.assigned()).triage?.holdsSensitiveData == false)
    }

    @Test func `a rejection may answer the three questions, also once a handler has it`() throws {
        let answers = Triage(isDeviation: false, holdsSensitiveData: false, isCensurable: false)
        for deviation in [try Sample.receivedDeviation(), try Sample.assigned()] {
            let rejected = try deviation.after(RejectReport(reason: "Bolig", answers: answers))
            #expect(rejected.status == .rejected && rejected.triage == answers)
        }
    }

    @Test func `only what is open and late is not followed up`() throws {
        let assigned = try Sample.assigned()
        #expect(throws: DeviationError.notOverdue) { try Escalate().check(assigned, on: assigned.dueOn) }
        #expect(throws: Never.self) { try Escalate().check(assigned, on: assigned.dueOn.adding(days: 1)) }
        let told = try assigned.after(SendPreliminaryReply(cause: "Sykdom", expectedOn: "2027-03-01"))
        #expect(throws: DeviationError.notOverdue) { try Escalate().check(told, on: assigned.dueOn.adding(days: 1)) }
        #expect(throws: DeviationError.notPossible(.closed)) {
            try Escalate().check(Sample.closed(), on: assigned.dueOn.adding(days: 1))
        }
    }

    @Test func `a withdrawn report has no reporter, and neither entry nor event names one`() throws {
        let change = try WithdrawReport().apply(to: Sample.assigned(), by: "kari", at: Sample.later)
        #expect(change.deviation.reporter == Deviation.nobody && change.deviation.awaitsDecision)
        #expect(change.entry == TimelineEntry(.withdrawn, by: Deviation.nobody, at: Sample.later))
        #expect(change.event.deviation == change.deviation.facts)
    }

    @Test func `handling of a withdrawn report stops, and only of one`() throws {
        let withdrawn = try Sample.assigned().after(WithdrawReport(), by: "kari")
        let stopped = try withdrawn.after(StopHandling())
        #expect(stopped.status == .closed && stopped.ending == .withdrawn && stopped.endedAt != nil)
        DeviationsCoreTests.expectRefused(StopHandling(), on: try Sample.assigned(), .notWithdrawn)
        let measured = try Sample.withMeasure().after(WithdrawReport(), by: "kari")
        DeviationsCoreTests.expectRefused(StopHandling(), on: measured, .measuresUnfinished(["m1"]))
    }

    @Test func `going on with a withdrawn report needs a reason and words of the institution's own`() throws {
        let withdrawn = try Sample.assigned().after(WithdrawReport(), by: "kari")
        DeviationsCoreTests.expectRefused(
            GoOnWithoutReporter(reason: "", title: "", description: ""), on: withdrawn,
            .invalid([.reason, .keptTitle, .keptText].map { FieldProblem($0, .missing) }))
        let act = GoOnWithoutReporter(reason: "Gjelder flere", title: "Emnet", description: "Må ses på.")
        let goesOn = try withdrawn.after(act)
        #expect(goesOn.goesOn && !goesOn.awaitsDecision && goesOn.report.title == "Emnet")
        #expect(goesOn.report.ordinaryChannels == .notTried(reason: ""))
        DeviationsCoreTests.expectRefused(act, on: goesOn, .notWithdrawn)
    }
}
