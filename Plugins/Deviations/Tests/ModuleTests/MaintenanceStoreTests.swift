import DeviationsCore
import EventKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

@Suite struct CategoryStoreTests {
    private func named(_ name: String) -> DeviationsCore.Category {
        DeviationsCore.Category(code: "", bokmaal: name, nynorsk: name, english: name)
    }

    private func add(_ name: String, to bed: Bed) async throws -> StoredCategory {
        try await bed.database.write { try CategoryStore.add(named(name), by: "unni", at: Sample.now, in: $0) }
    }

    private func change(
        _ code: String, _ version: Int, in bed: Bed, _ body: @escaping @Sendable (inout StoredCategory) -> Void
    ) async throws -> StoredCategory? {
        try await bed.database.write {
            try CategoryStore.change(code, ifVersion: version, by: "unni", at: Sample.now, in: $0, body)
        }
    }

    @Test(arguments: Engine.all)
    func `a category is added last, renamed, and taken out of use, but only as it was seen`(engine: Engine) async throws
    {
        try await withCases(engine) { bed in
            let new = try await add("Ventilation", to: bed)
            #expect(new.category.code == "ventilation" && new.version == 1)
            #expect(try await bed.database.read { try CategoryStore.all(in: $0) }.last == new)
            await #expect(throws: DeviationError.self) { try await add("ventilation", to: bed) }

            let renamed = try await change("ventilation", 1, in: bed) { $0.category.bokmaal = "Inneklima" }
            #expect(renamed?.version == 2 && renamed?.category.nynorsk == "Ventilation")
            await #expect(throws: DeviationStoreError.changedMeanwhile(version: 2)) {
                try await change("ventilation", 1, in: bed) { $0.isActive = false }
            }
            #expect(try await change("ventilation", 2, in: bed) { $0.isActive = false }?.isActive == false)
            #expect(try await change("nothing", 1, in: bed) { _ in } == nil)
            // Its name is free again, its code is not.
            let again = try await add("Ventilation", to: bed)
            #expect(again.category.code == "ventilation-2")
        }
    }

    @Test(arguments: Engine.all)
    func `the last category in use stays in use`(engine: Engine) async throws {
        try await withCases(engine) { bed in
            _ = try await bed.database.write {
                try $0.execute("UPDATE deviations_category SET is_active = 0 WHERE code <> 'other'")
            }
            await #expect(throws: DeviationError.lastCategory) {
                try await change("other", 1, in: bed) { $0.isActive = false }
            }
            #expect(try await change("exam", 1, in: bed) { $0.isActive = true }?.isActive == true)
            #expect(try await change("other", 1, in: bed) { $0.isActive = false }?.isActive == false)
        }
    }

    @Test(arguments: Engine.all)
    func `the order is changed by one category at a time`(engine: Engine) async throws {
        try await withCases(engine) { bed in
            func place(_ code: String, before other: String?) async throws -> Bool {
                try await bed.database.write { try CategoryStore.place(code, before: other, in: $0) }
            }
            #expect(try await place("other", before: "information-flow"))
            #expect(try await place("feedback", before: nil))
            #expect(try await !place("other", before: "nothing"))
            let codes = try await bed.database.read { try DeviationStore.categories(in: $0) }.map(\.code)
            #expect(codes.first == "other" && codes.last == "feedback" && codes.count == 10)
        }
    }

    @Test(arguments: Engine.all)
    func `of editors who add the same category at once, one is told`(engine: Engine) async throws {
        try await withCases(engine) { bed in
            let added = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        do {
                            _ = try await add("Ventilation", to: bed)
                            return true
                        } catch { return !(error is DeviationError || error is DeviationStoreError) }
                    }
                }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            #expect(added.filter(\.self).count == 1)
            let all = try await bed.database.read { try CategoryStore.all(in: $0) }
            #expect(all.count == 11)
        }
    }
}

@Suite struct GuidelineStoreTests {
    @Test(arguments: Engine.all)
    func `of two who add a version of the guideline, the second is told of the first`(engine: Engine) async throws {
        try await withCases(engine) { bed in
            func add(_ from: String, seen: String?) async throws -> Guideline {
                try await bed.database.write {
                    try GuidelineStore.add(by: "unni", at: Sample.now, ifLast: seen, in: $0) { last in
                        try Guideline(
                            validFrom: from, owner: "A", norwegian: "B", english: "C", after: last,
                            today: #require(CivilDate("2026-11-27")))
                    }
                }
            }
            _ = try await add("2027-01-01", seen: "2023-01-01")
            await #expect(throws: DeviationStoreError.self) { try await add("2027-02-01", seen: "2023-01-01") }
            await #expect(throws: DeviationError.self) { try await add("2027-01-01", seen: nil) }
            _ = try await add("2027-02-01", seen: "2027-01-01")
            #expect(try await bed.database.read { try DeviationStore.guidelines(in: $0) }.count == 3)
        }
    }
}
