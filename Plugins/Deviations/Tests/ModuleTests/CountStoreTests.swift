import DeviationsCore
import EventKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

@Suite struct CountStoreTests {
    private static let day = Sample.now

    @Test(arguments: Engine.all)
    func `merged reports are one case and several reports, and what left for whistleblowing is neither`(engine: Engine)
        async throws
    {
        try await withCases(engine) { bed in
            let main = try await bed.insert(Sample.deviation())
            for _ in 0..<2 {
                let other = try await bed.insert(Sample.deviation())
                try await bed.database.write { tx in
                    try tx.execute("UPDATE deviations_case SET merged_into = \(main.key) WHERE id = \(other.key)")
                }
            }
            let gone = try await bed.insert(Sample.deviation())
            try await bed.database.write { try DeviationStore.empty(gone.key, at: Self.day, in: $0) }
            let (counts, period) = try await bed.database.read { reader in
                let period = try #require(try CountStore.next(months: 2, in: reader))
                let today = period.to.adding(days: 28)
                return (try CountStore.count(period, on: today, faculty: { "f-\($0)" }, in: reader), period)
            }
            #expect(period.from.description == "2026-11-01" && counts.reports == 3)
            #expect(counts.cases[.faculty] == [CountTable.Place(row: "grading", column: "f-IE"): 1])
            #expect(counts.cases[.standing] == [CountTable.Place(row: "grading", column: "late"): 1])
            #expect(try await bed.database.write { try CountStore.put(counts, of: period, at: Self.day, in: $0) })
            #expect(try await !bed.database.write { try CountStore.put(counts, of: period, at: Self.day, in: $0) })
            let stored = try await bed.database.read {
                try CountStore.counts(from: period.from, by: .campus, in: $0)
            }
            #expect(stored == [CountTable.Place(row: "grading", column: "trondheim"): 1])
            let next = try await bed.database.read { try CountStore.next(months: 6, in: $0) }
            #expect(next?.from.description == "2027-01-01" && next?.to.description == "2027-06-30")
        }
    }
}
