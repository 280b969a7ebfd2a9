import DeviationsCore
import EventKit
import Testing
import TrivselTesting

@testable import DeviationsModule

@Suite struct CaseNumberTests {
    @Test func `a number is the year and at least six digits`() async throws {
        try await withCases(.sqlite) { cases in
            for key in [1, 42, 999_999, 1_000_000, 123_456_789] as [Int64] {
                let number = cases.cases.numbers[key, receivedAt: Sample.now]
                #expect(number.description.wholeMatch(of: /2026-[0-9]{6,9}/) != nil, "\(number)")
                #expect(CaseNumber(number.description) == number)
                #expect(cases.cases.numbers.key(of: number) == key)
            }
        }
    }

    @Test func `no two rows share a number, and numbers do not count`() async throws {
        try await withCases(.sqlite) { cases in
            let codes = (1...20_000).map { cases.cases.numbers[Int64($0), receivedAt: Sample.now].code }
            #expect(Set(codes).count == 20_000 && codes.allSatisfy { (0..<1_000_000).contains($0) })
            #expect(codes.prefix(100).contains { $0 > 500_000 } && codes.prefix(100).contains { $0 < 500_000 })
            // Neighbours lie apart as any two do: a third of the range, in the middle.
            let steps = zip(codes, codes.dropFirst()).map { abs($0 - $1) }
            #expect((280_000...390_000).contains(steps.reduce(0, +) / Int64(steps.count)))
            #expect(Set(steps).count > 15_000)
        }
    }

    @Test func `another installation has other numbers`() async throws {
        let codes = try await withCases(.sqlite) { cases in
            (1...20).map { cases.cases.numbers[$0, receivedAt: Sample.now] }
        }
        let others = try await withCases(.sqlite) { cases in
            (1...20).map { cases.cases.numbers[$0, receivedAt: Sample.now] }
        }
        #expect(codes != others)
    }

    @Test func `the year is Norway's`() async throws {
        let newYear = try #require(Timestamp("2026-12-31T23:30:00Z"))
        try await withCases(.sqlite) { #expect($0.cases.numbers[7, receivedAt: newYear].year == 2027) }
    }

    @Test(arguments: Engine.all)
    func `a case is found by its number, and not by that of another year`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            _ = try await cases.insert(Sample.deviation())
            let stored = try await cases.insert(Sample.deviation())
            let number = cases.cases.numbers[stored]
            func found(_ typed: String) async throws -> [String] {
                var filter = DeviationFilter()
                filter.search(typed)
                return try await cases.list(filter, scope: Scope(all: true, person: "unni")).rows.map(\.id)
            }
            #expect(try await found(number.description) == [stored.deviation.id])
            #expect(try await found(number.description.replacing("2026-", with: "2025-")) == [])
        }
    }

    @Test(arguments: [
        "", "2026", "2026-", "2026-0001", "26-000001", "2026-00x001", "2026-000001-2", "2026-99999999999999999999",
    ])
    func `what is no number is not read as one`(text: String) {
        #expect(CaseNumber(text) == nil)
    }
}
