import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault
import WhistleblowingContract

@testable import DeviationsModule

/// Cases with several reports that turn out to be whistleblows: one act of the officer, which says what becomes of each.
@Suite struct ReRegisterTogetherTests {
    /// Kari's case, with a report of Arne's and one of Dagny's taken into it; their ids.
    private func merged(_ bed: DepartureBed) async throws -> [String] {
        var ids = [try await bed.report()]
        for (person, title) in [("arne", "Også meg"), ("dagny", "Rommet er kaldt")] {
            ids.append(try await bed.acts.receive(Sample.report(title), from: person, at: bed.clock.now).deviation.id)
        }
        try await merge(ids.dropFirst(), into: ids[0], bed)
        return ids
    }

    private func merge(_ others: ArraySlice<String>, into main: String, _ bed: DepartureBed) async throws {
        let named = try await bed.acts.cases(named: others.joined(separator: " "))
        let (key, ingrid) = (try await bed.cases.key(of: main), try await bed.viewer("ingrid"))
        let version = try await bed.load(main)?.version ?? 0
        _ = try await bed.database.write {
            try bed.acts.merge(named, into: main, key, by: ingrid, bed.visit(ingrid), ifVersion: version, in: $0)
        }
    }

    private func form(along ids: String...) -> FormData {
        var form = DepartureBed.form()
        form.set(Field.along.rawValue, to: ids)
        return form
    }

    /// What each of them is told: the reasons of their farewells.
    private func told(_ people: [String], _ bed: DepartureBed) async throws -> [Int] {
        var counts: [Int] = []
        for person in people {
            counts.append(try await bed.departures.farewells(of: try await bed.viewer(person)).count)
        }
        return counts
    }

    private func expectBefore(_ ids: [String], _ bed: DepartureBed) async throws {
        for id in ids.dropFirst() { #expect(try await bed.load(id)?.deviation.mergedInto == ids[0]) }
        #expect(try await bed.load(ids[0])?.deviation.reports == 3)
        #expect(try await told(["kari", "arne", "dagny"], bed) == [0, 0, 0])
    }

    @Test(arguments: Engine.all)
    func `each report that goes is a whistleblow of its own, what stays is a case of its own, and each is answered`(
        engine: Engine
    ) async throws {
        try await DepartureBed.lay(engine) { bed in
            let ids = try await merged(bed)
            let left = try #require(try await bed.confirm(ids[0], form(along: ids[1])))
            #expect(left.deviation.lockedTo == "ingrid" && left.deviation.reports == 2)
            #expect(try await bed.load(ids[0])?.version == left.version)
            #expect(try await bed.take() == 2)
            #expect(try await bed.complete() == 2)
            let taken = try await bed.taken()
            #expect(Set(taken.map(\.title)) == ["Tafsing i forelesning", "Også meg"])
            #expect(taken.map(\.reporter).sorted { ($0 ?? "") < ($1 ?? "") } == ["arne", "kari"])
            for id in ids.prefix(2) {
                #expect(try await bed.load(id) == nil)
                #expect(try await bed.row(id) == [])
            }
            let stays = try #require(try await bed.load(ids[2])).deviation
            #expect(stays.mergedInto == nil && stays.status == .received && stays.lockedTo == nil)
            #expect(stays.report.title == "Rommet er kaldt")
            #expect(try await told(["kari", "arne", "dagny"], bed) == [1, 1, 0])
            #expect(bed.notices.map(\.recipient).sorted() == ["arne", "kari"])
            let events = try await bed.events(7).map {
                "\($0.event.type) \(ids.firstIndex(of: $0.event.subject) ?? -1)"
            }
            #expect(events.suffix(2) == ["deviations.separated.v1 2", "deviations.rejected.v1 0"])
        }
    }

    @Test(arguments: Engine.all)
    func `killed at any point, the reports leave together, once, or not at all`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let ids = try await merged(bed)
            let viewer = try await bed.viewer("ingrid")
            let version = try await bed.load(ids[0])?.version ?? 0
            let ready = try await bed.departures.prepare(
                form(along: "all"), on: ids[0], by: viewer, bed.visit(viewer), ifVersion: version)
            await #expect(throws: Killed.self) {
                try await bed.database.write { tx in
                    _ = try ready?.carryOut(tx)
                    throw Killed()
                }
            }
            try await bed.restart()
            try await expectBefore(ids, bed)
            #expect(try await bed.count("vault_handover") == 0)
            // Confirmed twice, it is the same.
            for _ in 0..<2 { _ = try await bed.confirm(ids[0], form(along: "all")) }
            try await bed.restart()
            #expect(try await bed.take(failing: true) == 0)
            try await bed.restart()
            #expect(try await bed.take() == 3)
            try await expectBefore(ids, bed)
            try await bed.restart()
            #expect(try await bed.complete(failing: true) == 0)
            try await expectBefore(ids, bed)
            // One of them is completed; then the process ends.
            try await bed.completeOne()
            try await bed.restart()
            try await expectBefore(ids, bed)
            #expect(try await bed.take() == 0)
            #expect(try await bed.complete() == 2)
            #expect(try await bed.taken().count == 3)
            for id in ids { #expect(try await bed.load(id) == nil) }
            #expect(try await told(["kari", "arne", "dagny"], bed) == [1, 1, 1])
            #expect(try await bed.count("deviations_leaving") == 0)
            #expect(try await bed.count("deviations_case", where: "merged_into IS NOT NULL OR reports <> 1") == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `called back, the reports that were to go are part of the case as before`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let ids = try await merged(bed)
            _ = try await bed.confirm(ids[0], form(along: "all"))
            _ = try await bed.confirm(ids[0], DepartureBed.form(["callBack": "yes"]))
            try await expectBefore(ids, bed)
            #expect(try await bed.take() == 0)
            // When one of them has been taken, none is called back.
            _ = try await bed.confirm(ids[0], form(along: "all"))
            try await bed.takeOne()
            await #expect(throws: DeviationError.takenAlready) {
                try await bed.confirm(ids[0], DepartureBed.form(["callBack": "yes"]))
            }
            #expect(try await bed.count("deviations_leaving") == 3)
            try await bed.take()
            try await bed.complete()
            #expect(try await bed.taken().count == 3)
        }
    }

    @Test(arguments: Engine.all)
    func `when a part of the case goes, the reports that do not stay part of it`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let ids = try await merged(bed)
            var part = form(along: ids[1])
            for (name, value) in [
                ("isCensurable", "part"), ("isDeviation", "yes"), ("keptTitle", "Sensuren er sen"),
                ("keptText", "Seks uker"), ("whistleblowText", "Han tar på meg"),
            ] { part[name] = value }
            _ = try await bed.confirm(ids[0], part)
            try await bed.take()
            try await bed.complete()
            let main = try #require(try await bed.load(ids[0])).deviation
            #expect(main.report.title == "Sensuren er sen" && main.reports == 2 && main.lockedTo == nil)
            #expect(try await bed.load(ids[1]) == nil)
            #expect(try await bed.load(ids[2])?.deviation.mergedInto == ids[0])
            #expect(try await bed.taken().contains { $0.title == "Også meg" && $0.reporter == "arne" })
        }
    }

    @Test(arguments: Engine.all)
    func `a report that is withdrawn on the way is gone here, and the others are not held up`(engine: Engine)
        async throws
    {
        try await DepartureBed.lay(engine) { bed in
            let ids = try await merged(bed)
            _ = try await bed.confirm(ids[0], form(along: "all"))
            let arne = try await bed.viewer("arne")
            try await bed.withdrawals.withdraw(ids[1], by: arne, bed.visit(arne))
            try await bed.take()
            try await bed.complete()
            for id in ids { #expect(try await bed.load(id) == nil) }
            #expect(try await told(["kari", "arne", "dagny"], bed) == [1, 0, 1])
            #expect(try await bed.count("deviations_leaving") == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `a report that was merged or withdrawn since the form was shown, or is no part of the case, is refused`(
        engine: Engine
    ) async throws {
        try await DepartureBed.lay(engine) { bed in
            let ids = try await merged(bed)
            let unknown = DeviationError.invalid([FieldProblem(.along, .unknown)])
            await #expect(throws: unknown) { try await bed.confirm(ids[0], form(along: ids[0])) }
            let viewer = try await bed.viewer("ingrid")
            let version = try await bed.load(ids[0])?.version ?? 0
            let ready = try await bed.departures.prepare(
                form(along: "all"), on: ids[0], by: viewer, bed.visit(viewer), ifVersion: version)
            let dagny = try await bed.viewer("dagny")
            try await bed.withdrawals.withdraw(ids[2], by: dagny, bed.visit(dagny))
            await #expect(throws: DeviationStoreError.changedMeanwhile(version: version + 1)) {
                try await bed.database.write { try ready?.carryOut($0) }
            }
            #expect(try await bed.count("deviations_leaving") == 0)
        }
    }
}
