import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault
import WhistleblowingContract

@testable import DeviationsModule

/// Reporters who take a report back, and those whom nobody answers.
@Suite struct WithdrawalTests {
    private func withdraw(_ id: String, _ bed: DepartureBed, by person: String = "kari") async throws {
        let viewer = try await bed.viewer(person)
        try await bed.withdrawals.withdraw(id, by: viewer, bed.visit(viewer))
    }

    private func decide(_ id: String, _ bed: DepartureBed, _ fields: [String: String]) async throws {
        let viewer = try await bed.viewer("ingrid")
        var form = FormData()
        for (name, value) in fields { form[name] = value }
        let version = try await bed.load(id)?.version ?? 0
        let ready = try await bed.withdrawals.prepare(form, on: id, by: viewer, bed.visit(viewer), ifVersion: version)
        _ = try await bed.database.write { [ready] tx in try ready?.carryOut(tx) }
    }

    @Test(arguments: Engine.all)
    func `given the reporter withdraws, then who it was is gone at once, and handling stops`(engine: Engine)
        async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            try await withdraw(id, bed)
            let stored = try #require(try await bed.load(id))
            #expect(stored.deviation.reporter == Deviation.nobody && stored.deviation.awaitsDecision)
            #expect(try await bed.count("deviations_entry", where: "author = 'kari'") == 0)
            try await decide(id, bed, ["goesOn": "no"])
            #expect(try await bed.load(id) == nil)
            #expect(try await bed.count("deviations_entry") == 0)
            #expect(try await bed.count("deviations_case", where: "ending = 'withdrawn' AND unit = 'IE'") == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `given the reporter withdraws, then it goes on with a recorded reason and without personal data`(
        engine: Engine
    )
        async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            let old = try #require(try await bed.cases.key(of: id))
            try await withdraw(id, bed)
            await #expect(throws: DeviationError.self) { try await decide(id, bed, ["goesOn": "yes"]) }
            try await decide(
                id, bed,
                [
                    "goesOn": "yes", "reason": "Andre kan være berørt", "keptTitle": "Undervisningen i emnet",
                    "keptText": "Emnet må ses på.",
                ])
            let stored = try #require(try await bed.load(id))
            #expect(stored.deviation.goesOn && !stored.deviation.awaitsDecision)
            #expect(stored.deviation.report.description == "Emnet må ses på.")
            #expect(stored.deviation.report.ordinaryChannels == .notTried(reason: ""))
            let key = try #require(try await bed.cases.key(of: id))
            let entries = try await bed.database.read {
                try DeviationStore.timeline(ofCase: stored.key, by: key, forReporter: false, in: $0)
            }
            #expect(entries.last?.text == "Andre kan være berørt" && entries.last?.kind == .continued)
            try await bed.vault.carryOutDestructions()
            #expect(try await bed.vault.key(old.id) == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `if it had been re-registered, withdrawing neither touches nor confirms the vault case`(engine: Engine)
        async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            _ = try await bed.confirm(id)
            try await bed.take()
            try await bed.complete()
            let before = try await bed.taken()
            let events = try await bed.count("event_log")
            try await withdraw(id, bed)
            #expect(try await bed.taken() == before)
            #expect(try await bed.count("event_log") == events)
            #expect(try await bed.count("deviations_farewell") == 0)
            await #expect(throws: ModuleKit.Problem.self) { try await withdraw(id, bed) }
        }
    }

    @Test(arguments: Engine.all)
    func `withdrawn on its way to whistleblowing, it gets there, and here nobody is told`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            _ = try await bed.confirm(id)
            try await withdraw(id, bed)
            try await bed.take()
            try await bed.complete()
            #expect(try await bed.taken().count == 1)
            #expect(try await bed.row(id) == [])
            #expect(try await bed.count("deviations_farewell") == 0 && bed.notices.isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `nobody else withdraws it`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            await #expect(throws: ModuleKit.Problem.self) { try await withdraw(id, bed, by: "hamid") }
            #expect(try await bed.load(id)?.deviation.reporter == "kari")
        }
    }

    @Test(arguments: Engine.all)
    func
        `given an overdue deviation, when the reporter uses not followed up, then dates and steps go, once, and the deviation goes on unchanged`(
            engine: Engine
        ) async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let id = try await bed.report()
            _ = try await bed.acts.perform(
                AnswerTriage(answers: Sample.answers), SendToHandler(handler: "hamid"), on: id, by: "ingrid",
                at: Sample.now)
            let kari = try await bed.viewer("kari")
            await #expect(throws: DeviationError.notOverdue) {
                try await bed.escalations.escalate(id, by: kari, bed.visit(kari))
            }
            bed.clock.advance(seconds: 40 * 86_400)
            let before = try await bed.load(id)
            let entries = try await bed.count("deviations_entry")
            try await bed.escalations.escalate(id, by: kari, bed.visit(kari))
            await #expect(throws: DeviationError.escalatedBefore) {
                try await bed.escalations.escalate(id, by: kari, bed.visit(kari))
            }
            try await bed.take()
            try await bed.complete()
            await #expect(throws: DeviationError.escalatedBefore) {
                try await bed.escalations.escalate(id, by: kari, bed.visit(kari))
            }
            #expect(try await bed.load(id) == before)
            #expect(try await bed.count("deviations_entry") == entries && bed.notices.isEmpty)
            let given = try #require(try await bed.taken().first)
            #expect(try await bed.taken().count == 1)
            #expect(given.origin == .escalation && given.title.isEmpty && given.description.isEmpty)
            #expect(!given.steps.contains { $0.text.contains("Læreren") || $0.text.contains("Tafsing") })
            #expect(Set(["hamid", "dagny"]).isSubset(of: given.excluded))
        }
    }
}
