import DeviationsCore
import DeviationsModule
import EventKit
import Storage
import Testing
import TrivselTesting

@Suite struct FirstDataTests {
    @Test(arguments: Engine.all)
    func `a new installation has the guideline's ten categories in three languages`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            let categories = try await cases.database.read { try DeviationStore.categories(in: $0) }
            let codes = [
                "information-flow", "feedback", "teaching", "exam", "timetabling", "grading", "reference-groups",
                "equipment",
                "universal-design", "other",
            ]
            #expect(categories.map(\.code) == codes)
            #expect(categories.allSatisfy { !$0.bokmaal.isEmpty && !$0.nynorsk.isEmpty && !$0.english.isEmpty })
        }
    }

    @Test(arguments: Engine.all)
    func `a category taken out of use is no longer offered`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            _ = try await cases.database.write {
                try $0.execute("UPDATE deviations_category SET is_active = 0 WHERE code = 'other'")
            }
            #expect(try await cases.database.read { try DeviationStore.categories(in: $0) }.count == 9)
            #expect(try await cases.database.read { try DeviationStore.categories(all: true, in: $0) }.count == 10)
        }
    }

    @Test(arguments: Engine.all)
    func `the guideline that a new installation has names no number of days, which is a setting`(engine: Engine)
        async throws
    {
        try await withCases(engine) { cases in
            let first = try #require(try await cases.database.read { try DeviationStore.guidelines(in: $0) }.first)
            #expect(first.norwegian.contains("snarest mulig og innen fristen som står i saken. Tar det"))
            #expect(first.english.contains("as soon as possible and by the date that the case shows. If it"))
            for word in ["fire uker", "four weeks", "28"] {
                #expect(!first.norwegian.contains(word) && !first.english.contains(word), "\(word)")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a case is ruled by the guideline in force when it was received`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            _ = try await cases.database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO deviations_guideline (valid_from, owner, norwegian, english)
                    VALUES ('2027-01-01', 'A', 'B', 'C')
                    """
                )
            }
            let versions = try await cases.database.read { try DeviationStore.guidelines(in: $0) }
            func inForce(_ date: String) -> String? {
                CivilDate(date).flatMap { Guideline.inForce(on: $0, among: versions) }?.validFrom.description
            }
            #expect(inForce("2026-12-31") == "2023-01-01")
            #expect(inForce("2027-01-01") == "2027-01-01")
            #expect(inForce("2020-01-01") == "2023-01-01")
        }
    }
}
