import EventKit
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// Deputies are stored on both engines, and a circle never.
@Suite struct DeputyStoreTests {
    private let now = ToyChart.now

    private func run(_ engine: Engine, _ body: (Database) async throws -> Void) async throws {
        try await TestDatabase.with(engine, Directory.migrations) { database in
            try await database.write { tx in
                for (index, unit) in ToyChart.units.enumerated() { try Directory.put(unit, sort: index, in: tx) }
                for id in ["a", "b", "c"] { try Directory.put(ToyChart.person(id, at: "fac"), in: tx) }
                var student = ToyChart.person("s", at: "fac")
                student.affiliation = .student
                try Directory.put(student, in: tx)
                try Directory.put(ToyChart.grant("a", .caseHandler, "fac"), in: tx)
            }
            try await body(database)
        }
    }

    private func add(_ row: Deputyship, _ database: Database) async throws {
        try await database.write { [now] in try Directory.add(row, by: "x", at: now, in: $0) }
    }

    private func refusal(of row: Deputyship, _ database: Database) async -> DirectoryError? {
        do {
            try await add(row, database)
            return nil
        } catch { return error as? DirectoryError }
    }

    private func chart(_ database: Database) async throws -> OrganisationChart {
        try await Directory(database: database).chart
    }

    @Test(arguments: Engine.all)
    func `a deputy is there at once, and gone once ended`(_ engine: Engine) async throws {
        try await run(engine) { database in
            let row = ToyChart.standing("b", for: "a", .caseHandler, at: "dep", to: now.adding(seconds: 600))
            try await add(row, database)
            #expect(try await chart(database).deputyships == [row])
            #expect(try await chart(database).holds(.caseHandler, "b", for: "dep", now: now))
            try await database.write { [now] in try Directory.end(deputyship: row.id, at: now, in: $0) }
            #expect(try await !chart(database).holds(.caseHandler, "b", for: "dep", now: now))
            #expect(try await chart(database).deputyships.count == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `one that has not begun is as if it had never been`(_ engine: Engine) async throws {
        try await run(engine) { database in
            let row = ToyChart.standing("b", for: "a", from: now.adding(seconds: 60))
            try await add(row, database)
            try await database.write { [now] in try Directory.end(deputyship: row.id, at: now, in: $0) }
            #expect(try await chart(database).deputyships == [])
        }
    }

    @Test(arguments: Engine.all)
    func `a circle of deputies is refused, however long`(_ engine: Engine) async throws {
        try await run(engine) { database in
            try await add(ToyChart.standing("b", for: "a"), database)
            await #expect(throws: DirectoryError.deputyLoop) {
                try await add(ToyChart.standing("a", for: "b"), database)
            }
            try await add(ToyChart.standing("c", for: "b", .caseHandler), database)
            await #expect(throws: DirectoryError.deputyLoop) {
                try await add(ToyChart.standing("a", for: "c", at: "dep"), database)
            }
            #expect(try await chart(database).deputyships.count == 2)
        }
    }

    @Test(arguments: Engine.all)
    func `two who stand in for each other in other roles, units or times make no circle`(_ engine: Engine) async throws
    {
        try await run(engine) { database in
            let later = now.adding(seconds: 86_400)
            try await add(ToyChart.standing("b", for: "a", .caseHandler, at: "fac", to: later), database)
            try await add(ToyChart.standing("a", for: "b", .intakeOfficer), database)
            try await add(ToyChart.standing("a", for: "b", .caseHandler, at: "other", from: now), database)
            try await add(ToyChart.standing("a", for: "b", .caseHandler, from: later), database)
            #expect(try await chart(database).deputyships.count == 4)
        }
    }

    @Test(arguments: Engine.all)
    func `of two at once that would make a circle one is refused`(_ engine: Engine) async throws {
        try await run(engine) { (database: Database) async throws -> Void in
            let rows = [ToyChart.standing("b", for: "a"), ToyChart.standing("a", for: "b")]
            let refusals = await withTaskGroup(of: Bool.self) { tasks in
                for row in rows { tasks.addTask { await refusal(of: row, database) == .deputyLoop } }
                return await tasks.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(refusals == 1)
            #expect(try await chart(database).deputyships.count == 1)
        }
    }

    @Test func `oneself, a student, a seat and an empty period are refused`() async throws {
        try await run(.sqlite) { (database: Database) async throws -> Void in
            let refused: [(Deputyship, DirectoryError)] = [
                (ToyChart.standing("a", for: "a"), .ownDeputy), (ToyChart.standing("s", for: "a"), .notAnEmployee),
                (ToyChart.standing("nobody", for: "a"), .notAnEmployee),
                (ToyChart.standing("b", for: "a", .vaultKeeper), .roleWithoutDeputy),
                (ToyChart.standing("b", for: "a", to: now), .emptyPeriod),
            ]
            for (row, error) in refused { #expect(await refusal(of: row, database) == error) }
            #expect(try await chart(database).deputyships == [])
        }
    }

    @Test(arguments: Engine.all)
    func `of many people those in the line of others are found`(_ engine: Engine) async throws {
        try await run(engine) { database in
            try await database.write { try Directory.put(ToyChart.grant("c", .lineManager, "fac"), in: $0) }
            let chart = try await chart(database)
            let found = try await database.read { [now] in
                try Directory.people(["a", "b", "c"], inLineWith: ["b"], chart: chart, now: now, in: $0)
            }
            #expect(found == ["b", "c"])
        }
    }
}
