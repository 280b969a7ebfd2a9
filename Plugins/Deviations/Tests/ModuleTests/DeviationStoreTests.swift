import DeviationsCore
import DeviationsModule
import EventKit
import Storage
import Testing
import TrivselTesting

@Suite struct DeviationStoreTests {
    @Test(arguments: Engine.all)
    func `what was stored is read back whole, by its id`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            var report = Sample.report()
            report.occurredOn = CivilDate("2026-11-20")
            report.threshold = .lastingOverTime
            report.description = "Første linje ’“\n\tandre linje æøå 🎓"
            report.ordinaryChannels = .tried(which: [.programmeCouncil, .evaluationReport], when: "i høst")
            let stored = try await cases.insert(Sample.deviation(report))
            #expect(stored.version == 1)
            #expect(try await cases.load(stored.deviation.id) == stored)
        }
    }

    @Test(arguments: Engine.all)
    func `what is not there is not found`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            _ = try await cases.insert(Sample.deviation())
            #expect(try await cases.load(Identifier.make(at: Sample.now)) == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `every step of a case is kept, and each counts its version on`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            var stored = try await cases.insert(Sample.deviation())
            let acts: [any Act] = [
                AnswerTriage(answers: Sample.answers), ForwardToFaculty(unit: "HF", reason: "Feil fakultet"),
                AnswerTriage(answers: Sample.answers), SendToHandler(handler: "hamid"),
                SendPreliminaryReply(cause: "Sykdom", expectedOn: "2027-03-01"),
                RecordCause(whatHappened: "Ble syk", why: "Ingen reserve"), Sample.addMeasure,
                MoveMeasure(measure: "m1", owner: "unni", dueOn: "2027-06-01"),
                CloseDeviation(outcome: "Ordnet"), CompleteMeasure(measure: "m1", effect: "Virker"),
            ]
            for (index, act) in acts.enumerated() {
                stored = try await cases.save(act, on: stored)
                #expect(stored.version == index + 2)
                #expect(try await cases.load(stored.deviation.id) == stored)
            }
            #expect(stored.deviation.measures.map(\.effect) == ["Virker"])
        }
    }

    @Test(arguments: Engine.all)
    func `a change of an older version is refused and changes nothing`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            let first = try await cases.insert(Sample.deviation())
            let second = try await cases.save(AnswerTriage(answers: Sample.answers), on: first)
            await #expect(throws: DeviationStoreError.changedMeanwhile(version: 0)) {
                try await cases.save(ForwardToFaculty(unit: "HF", reason: "Feil"), on: first)
            }
            #expect(try await cases.load(first.deviation.id) == second)
        }
    }

    @Test(arguments: Engine.all)
    func `the timeline keeps its order, and what is private from the reporter`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            let stored = try await cases.insert(Sample.deviation())
            let entries = [
                TimelineEntry(.received, by: "kari", at: Sample.now, reference: "IE"),
                TimelineEntry(.noted, by: "ingrid", at: Sample.now, text: "Ringte"),
                TimelineEntry(
                    .preliminaryReplied, by: "hamid", at: Sample.now, text: "Sykdom", date: CivilDate("2027-03-01")),
            ]
            try await cases.add(entries, to: stored)
            #expect(try await cases.timeline(of: stored) == entries)
            #expect(try await cases.timeline(of: stored, forReporter: true) == [entries[0], entries[2]])
        }
    }

    @Test(arguments: Engine.all)
    func `an owner's unfinished measures are found after their case has closed`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            var stored = try await cases.insert(Sample.deviation())
            let acts: [any Act] = [
                AnswerTriage(answers: Sample.answers), SendToHandler(handler: "hamid"),
                RecordCause(whatHappened: "Ble syk", why: "Ingen reserve"), Sample.addMeasure,
                MoveMeasure(measure: "m1", owner: "unni", dueOn: "2027-06-01"), CloseDeviation(outcome: "Ordnet"),
            ]
            for act in acts { stored = try await cases.save(act, on: stored) }
            let id = stored.deviation.id
            let unnis = try await cases.database.read { try DeviationStore.measures(ownedBy: "unni", in: $0) }
            #expect(unnis.map(\.measure) == stored.deviation.measures.map(\.id) && unnis.map(\.deviation) == [id])
            #expect(try await cases.database.read { try DeviationStore.measures(ownedBy: "dagny", in: $0) }.isEmpty)
            _ = try await cases.save(CompleteMeasure(measure: "m1", effect: ""), on: stored)
            #expect(try await cases.database.read { try DeviationStore.measures(ownedBy: "unni", in: $0) }.isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `the tables themselves refuse what no rule would let through`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            let stored = try await cases.insert(Sample.deviation())
            for broken: SQL in [
                "status = 'lost'", "title = NULL", "key_id = NULL", "status = 'assigned'", "status = 'closed'",
            ] {
                let error = await #expect(throws: StorageError.self) {
                    try await cases.database.write {
                        try $0.execute("UPDATE deviations_case SET \(broken) WHERE id = \(stored.key)")
                    }
                }
                #expect(error?.kind == .check)
            }
        }
    }
}
