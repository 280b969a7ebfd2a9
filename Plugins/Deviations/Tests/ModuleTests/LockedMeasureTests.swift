import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// A measure is its owner's only as long as its case may be.
@Suite struct LockedMeasureTests {
    private func caseWithMeasure(_ bed: DepartureBed, owner: String) async throws -> String {
        let id = try await bed.report()
        var measure = Sample.addMeasure
        measure.owner = owner
        for act in [
            AnswerTriage(answers: Sample.answers), SendToHandler(handler: "hamid"), measure,
        ] as [any DeviationsCore.Act] {
            _ = try await bed.acts.perform(act, on: id, by: "ingrid", at: bed.clock.now)
        }
        return id
    }

    private func complete(_ bed: DepartureBed, by person: String) async throws {
        let viewer = try await bed.viewer(person)
        let visit = bed.visit(viewer)
        let place = try await bed.acts.caseOfMeasure("m1", viewer, visit)
        _ = try await bed.database.write { [acts = bed.acts] tx in
            try acts.perform(
                CompleteMeasure(measure: "m1", effect: ""), onMeasure: "m1", place, by: viewer, visit, in: tx)
        }
    }

    @Test(arguments: Engine.all)
    func `a measure of a case on its way out is nobody's, and every act but withdrawing is refused`(engine: Engine)
        async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let id = try await caseWithMeasure(bed, owner: "arne")
            #expect(try await bed.cases.measures(ownedBy: "arne").map(\.measure.id) == ["m1"])
            _ = try await bed.confirm(id)
            #expect(try await bed.cases.measures(ownedBy: "arne").isEmpty)
            await #expect(throws: ModuleKit.Problem.self) { try await complete(bed, by: "arne") }
            for act in [
                CompleteMeasure(measure: "m1", effect: ""), AddNote(text: "x"), RejectReport(reason: "x"),
                MoveMeasure(measure: "m1", owner: "arne", dueOn: "2027-03-01"),
            ] as [any DeviationsCore.Act] {
                await #expect(throws: DeviationError.leaving) {
                    try await bed.acts.perform(act, on: id, by: "ingrid", at: bed.clock.now)
                }
            }
            let owner = try await bed.database.read { [cases = bed.cases] in
                try DeviationStore.owner(ofMeasure: "m1", cases.token, in: $0)
            }
            #expect(owner == nil)
            _ = try await bed.confirm(id, DepartureBed.form(["callBack": "yes"]))
            try await complete(bed, by: "arne")
            #expect(try await bed.load(id)?.deviation.measures.first?.isDone == true)
        }
    }

    @Test(arguments: Engine.all)
    func `whoever is named in the report has none of its measures any more, and another gets them`(engine: Engine)
        async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let id = try await caseWithMeasure(bed, owner: "dagny")
            let naming = NamePeople(people: ["dagny"], names: "", reception: { _ in nil })
            _ = try await bed.acts.perform(naming, on: id, by: "ingrid", at: bed.clock.now)
            #expect(try await bed.cases.measures(ownedBy: "dagny").isEmpty)
            await #expect(throws: ModuleKit.Problem.self) { try await complete(bed, by: "dagny") }
            try await OpenCases(host: bed.host, acts: bed.acts).passOnMeasures()
            let measure = try #require(try await bed.load(id)?.deviation.measures.first)
            #expect(measure.owner == "hamid" && measure.dueOn.description == "2027-02-01" && !measure.isMoved)
            #expect(try await bed.cases.measures(ownedBy: "hamid").count == 1)
            // Nothing more is to be passed on.
            let events = try await bed.count("event_log")
            try await OpenCases(host: bed.host, acts: bed.acts).passOnMeasures()
            #expect(try await bed.count("event_log") == events)
        }
    }

    @Test func `the measure of somebody who has left goes to the line manager`() async throws {
        try await DepartureBed.lay(.sqlite) { bed in
            let id = try await caseWithMeasure(bed, owner: "kari")
            _ = try await bed.acts.perform(
                DeclarePartiality(reason: "x", reception: { _ in nil }), on: id, by: "hamid", at: bed.clock.now)
            try await OpenCases(host: bed.host, acts: bed.acts).passOnMeasures()
            #expect(try await bed.load(id)?.deviation.measures.first?.owner == "dagny")
        }
    }
}
