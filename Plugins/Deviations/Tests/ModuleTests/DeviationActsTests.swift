import DeviationsCore
import DeviationsModule
import EventKit
import Storage
import Testing
import TrivselTesting

@Suite struct DeviationActsTests {
    @Test(arguments: Engine.all)
    func `a report is stored with its first step and announced`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            let acts = cases.acts
            let stored = try await acts.receive(Sample.report(), from: "kari", at: Sample.now)
            #expect(stored.deviation.dueOn.description == "2026-12-28")
            #expect(try await cases.load(stored.deviation.id) == stored)
            #expect(try await kinds(of: stored, cases) == [.received])
            let events = try await announced(1, cases.database)
            #expect(events.map(\.event.type) == ["deviations.received.v1"])
            #expect(events.map(\.event.subject) == [stored.deviation.id])
        }
    }

    @Test(arguments: Engine.all)
    func `a case goes from report to outcome, each step remembered and announced`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            let acts = cases.acts
            let id = try await acts.receive(Sample.report(), from: "kari", at: Sample.now).deviation.id
            _ = try await acts.perform(
                AnswerTriage(answers: Sample.answers), SendToHandler(handler: "hamid"), on: id, by: "ingrid",
                at: Sample.now)
            _ = try await acts.perform(
                RecordCause(whatHappened: "Ble syk", why: "Ingen reserve"), on: id, by: "hamid", at: Sample.now,
                ifVersion: 3)
            let closed = try await acts.perform(CloseDeviation(outcome: "Ordnet"), on: id, by: "hamid", at: Sample.now)
            #expect(closed.version == 5 && closed.deviation.status == .closed)
            #expect(
                try await kinds(of: closed, cases) == [
                    .received, .triaged, .assigned, .causeRecorded, .closed,
                ])
            let types = ["received", "triaged", "assigned", "cause-recorded", "closed"].map { "deviations.\($0).v1" }
            #expect(try await announced(5, cases.database).map(\.event.type) == types)
        }
    }

    @Test(arguments: Engine.all)
    func `when one of several acts is refused, nothing is kept of any`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            let acts = cases.acts
            let stored = try await acts.receive(Sample.report(), from: "kari", at: Sample.now)
            await #expect(throws: DeviationError.invalid([FieldProblem(.handler, .missing)])) {
                try await acts.perform(
                    AnswerTriage(answers: Sample.answers), SendToHandler(handler: ""), on: stored.deviation.id,
                    by: "ingrid",
                    at: Sample.now)
            }
            #expect(try await cases.load(stored.deviation.id) == stored)
            #expect(try await kinds(of: stored, cases) == [.received])
            #expect(try await announced(1, cases.database).count == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `a stale version is refused and told the one there is`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            let acts = cases.acts
            let id = try await acts.receive(Sample.report(), from: "kari", at: Sample.now).deviation.id
            _ = try await acts.perform(AddNote(text: "Ringte"), on: id, by: "ingrid", at: Sample.now, ifVersion: 1)
            await #expect(throws: DeviationStoreError.changedMeanwhile(version: 2)) {
                try await acts.perform(
                    AddNote(text: "Ringte igjen"), on: id, by: "ingrid", at: Sample.now, ifVersion: 1)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `an act on a case that is not there is refused`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            let acts = cases.acts
            await #expect(throws: DeviationStoreError.notFound) {
                try await acts.perform(
                    AddNote(text: "x"), on: Identifier.make(at: Sample.now), by: "ingrid", at: Sample.now)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `acts at the same time on one case all take hold`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            let acts = cases.acts
            let id = try await acts.receive(Sample.report(), from: "kari", at: Sample.now).deviation.id
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        _ = try await acts.perform(AddNote(text: "\(number)"), on: id, by: "ingrid", at: Sample.now)
                    }
                }
                try await group.waitForAll()
            }
            let stored = try #require(try await cases.load(id))
            #expect(stored.version == 17)
            #expect(try await kinds(of: stored, cases).count == 17)
            #expect(try await announced(17, cases.database).count == 17)
        }
    }

    private func kinds(of stored: StoredDeviation, _ cases: Bed) async throws -> [TimelineEntry.Kind] {
        try await cases.timeline(of: stored).map(\.kind)
    }

    /// The log, as soon as it holds `count` events.
    private func announced(_ count: Int, _ database: Database) async throws -> [LoggedEvent] {
        let log = EventLog(database: database, installation: "test")
        let everything = try #require(TopicPattern("*"))
        func read() async throws -> [LoggedEvent] {
            try await log.read(after: 0, matching: [everything], limit: 500, maxBytes: 1 << 20).events
        }
        let changes = log.changes()
        var events = try await read()
        if events.count >= count { return events }
        for await _ in changes {
            events = try await read()
            if events.count >= count { break }
        }
        return events
    }
}
