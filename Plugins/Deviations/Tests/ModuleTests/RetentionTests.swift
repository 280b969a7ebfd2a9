import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// What was written is kept for its time, and those who lead are told before it goes.
@Suite struct RetentionTests {
    private static let day: Int64 = 86_400

    private func closed(_ bed: DepartureBed, measure: Bool = false) async throws -> String {
        let id = try await bed.report()
        var acts: [any DeviationsCore.Act] = [
            AnswerTriage(answers: Sample.answers), SendToHandler(handler: "hamid"),
            RecordCause(whatHappened: "a", why: "b"),
        ]
        if measure { acts += [Sample.addMeasure, MoveMeasure(measure: "m1", owner: "dagny", dueOn: "2027-02-01")] }
        acts.append(CloseDeviation(outcome: "Ordnet"))
        for act in acts { _ = try await bed.acts.perform(act, on: id, by: "hamid", at: bed.clock.now) }
        return id
    }

    private func look(_ bed: DepartureBed, _ times: Int = 1) async throws {
        for _ in 0..<times {
            try await Retention(host: bed.host, cases: bed.cases, months: 12, warningDays: 30).look()
        }
    }

    private func types(_ bed: DepartureBed, _ id: String) async throws -> [String] {
        let count = try await bed.count("event_log")
        return try await bed.events(count).filter { $0.event.subject == id }.map(\.event.type)
    }

    @Test(arguments: Engine.all)
    func `an ended case is announced a month before, and then its content goes while its numbers stay`(engine: Engine)
        async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let id = try await closed(bed)
            bed.clock.advance(seconds: 330 * Self.day)
            try await look(bed, 2)
            #expect(try await !types(bed, id).contains("deviations.retention-near.v1"))
            bed.clock.advance(seconds: 10 * Self.day)
            try await look(bed, 2)
            #expect(try await types(bed, id).filter { $0 == "deviations.retention-near.v1" }.count == 1)
            // Its time is over, and nobody was told a month ago.
            bed.clock.advance(seconds: 28 * Self.day)
            try await look(bed)
            #expect(try await bed.load(id) != nil)
            bed.clock.advance(seconds: 3 * Self.day)
            try await look(bed, 2)
            #expect(try await bed.load(id) == nil)
            #expect(try await types(bed, id).last == "deviations.content-removed.v1")
            #expect(
                try await bed.count(
                    "deviations_case", where: "unit = 'IE' AND category = 'grading' AND status = 'closed'") == 1)
            #expect(
                try await bed.row(id).allSatisfy {
                    [
                        "unit", "campus", "category", "environment", "reported_unit", "triage_deviation",
                        "triage_sensitive",
                    ].contains($0)
                })
            for table in ["deviations_entry", "deviations_measure", "deviations_search", "deviations_reminder"] {
                #expect(try await bed.count(table) == 0, "\(table)")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `who says why keeps it as long again`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let id = try await closed(bed)
            bed.clock.advance(seconds: 340 * Self.day)
            try await look(bed)
            await #expect(throws: DeviationError.self) {
                try await bed.acts.perform(KeepLonger(reason: ""), on: id, by: "dagny", at: bed.clock.now)
            }
            _ = try await bed.acts.perform(
                KeepLonger(reason: "Arkivet har den ikke"), on: id, by: "dagny", at: bed.clock.now)
            bed.clock.advance(seconds: 300 * Self.day)
            try await look(bed)
            #expect(try await bed.load(id)?.deviation.keptOn != nil)
            bed.clock.advance(seconds: 40 * Self.day)
            try await look(bed)
            bed.clock.advance(seconds: 31 * Self.day)
            try await look(bed)
            #expect(try await bed.load(id) == nil)
        }
    }

    @Test func `a measure that is not done outlives its case's time, and an open case is never old`() async throws {
        try await DepartureBed.lay(.sqlite) { bed in
            let (open, withMeasure) = (try await bed.report(), try await closed(bed, measure: true))
            for _ in 0..<40 {
                bed.clock.advance(seconds: 31 * Self.day)
                try await look(bed)
            }
            for id in [open, withMeasure] { #expect(try await bed.load(id) != nil) }
        }
    }
}
