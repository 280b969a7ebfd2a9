import DeviationsCore
import EventKit
import Testing

@Suite struct ExclusionTests {
    /// The deputy is at IE as long as not both are kept away; then the central reception.
    private let reception: @Sendable (Set<String>) -> String? = {
        $0.isSuperset(of: ["ingrid", "deputy"]) ? "central" : nil
    }

    @Test func `whoever declares partiality is kept out, and the reason is recorded`() throws {
        let act = DeclarePartiality(reason: "Gift med læreren", reception: reception)
        let change = try act.apply(to: Sample.triaged(), by: "ingrid", at: Sample.later)
        #expect(change.deviation.exclusions == [Exclusion(.recused, person: "ingrid")])
        #expect(change.deviation.unit == "IE" && change.entry.text == "Gift med læreren" && change.entry.kind.isPrivate)
    }

    @Test func `a handler who is partial hands the case back to the intake officer`() throws {
        let changed = try Sample.assigned().after(
            DeclarePartiality(reason: "Inhabil", reception: reception), by: "hamid")
        #expect(changed.handler == nil && changed.status == .received && changed.triage != nil)
        expectRefused(SendToHandler(handler: "hamid"), on: changed, .disqualified)
    }

    @Test func `when nobody is left to receive it, the central reception does, and the clock stays`() throws {
        let before = try Sample.receivedDeviation()
        let changed = try before.after(DeclarePartiality(reason: "a", reception: reception), by: "ingrid")
            .after(NamePeople(people: ["deputy"], names: "", reception: reception), by: "turid")
        #expect(changed.unit == "central" && changed.status == .received && changed.dueOn == before.dueOn)
    }

    @Test func `a handler who turns out to be named loses the case`() throws {
        let changed = try Sample.assigned().after(
            NamePeople(people: ["hamid"], names: "Per Hansen", reception: reception))
        #expect(changed.handler == nil && changed.excluded == ["hamid"])
        #expect(changed.exclusions.last == Exclusion(.named, name: "Per Hansen"))
    }

    @Test func `nobody is named, the reporter is named, or oneself: refused`() throws {
        let deviation = try Sample.triaged()
        expectRefused(
            NamePeople(people: [], names: " ", reception: reception), on: deviation,
            .invalid([FieldProblem(.people, .missing)]))
        for person in ["kari", "ingrid"] {
            expectRefused(
                NamePeople(people: [person], names: "", reception: reception), on: deviation,
                .invalid([FieldProblem(.people, .unknown)]))
        }
    }

    @Test func `partiality without a reason is refused`() throws {
        expectRefused(
            DeclarePartiality(reason: "", reception: reception), on: try Sample.triaged(),
            .invalid([FieldProblem(.reason, .missing)]))
    }

    @Test func `the same person is kept out once`() throws {
        let act = NamePeople(people: ["hamid"], names: "", reception: reception)
        #expect(try Sample.triaged().after(act).after(act).exclusions.count == 1)
    }

    @Test func `a report carries those it names to its case, and names only whom it may`() throws {
        var draft = Sample.draft
        (draft.people, draft.names) = (["ingrid"], "Per Hansen")
        var choices = Sample.choices
        choices.people = ["ingrid"]
        let report = try Report(draft, choices: choices, today: CivilDate("2026-11-27") ?? CivilDate(daysSince1970: 0))
        #expect(report.named == [Exclusion(.named, person: "ingrid"), Exclusion(.named, name: "Per Hansen")])
        draft.people = ["somebody"]
        #expect(throws: DeviationError.invalid([FieldProblem(.people, .unknown)])) {
            try Report(draft, choices: choices, today: CivilDate(daysSince1970: 30_000))
        }
    }
}
