import DeviationsCore
import EventKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// The list says the same as the scope, case by case, also for what somebody is kept from and for merged reports.
@Suite struct ExclusionListTests {
    @Test(arguments: Engine.all)
    func `a list leaves out what the viewer is kept from, and shows merged reports to their reporters alone`(
        engine: Engine
    ) async throws {
        try await withCases(engine) { cases in
            let all = try await populate(cases)
            for person in ["h0", "h1", "r1", "r2", "boss"] {
                for units in [[], ["U0"], ["U0", "U1", "U2"]] as [Set<String>] {
                    for everything in [false, true] {
                        let scope = Scope(
                            all: everything, units: units, person: person, token: cases.cases.token(of: person))
                        let expected = Set(all.filter(scope.contains).map(\.id))
                        for filter in filters {
                            let listed = try await cases.list(filter, scope: scope, limit: 200).rows.map(\.id)
                            #expect(Set(listed).isSubset(of: expected) && Set(listed).count == listed.count)
                            if filter == DeviationFilter() { #expect(Set(listed) == expected, "\(person) \(units)") }
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: [ListOrder.due, .newest])
    func `a list for somebody who may be kept from cases comes in order from an index`(order: ListOrder) async throws {
        try await withCases(.sqlite) { cases in
            let scope = Scope(units: ["HF", "IE"], person: "dagny", token: cases.cases.token(of: "dagny"))
            let sql = DeviationStore.listing(DeviationFilter(), scope, order, after: nil, limit: 51, .sqlite)
            let statement = try #require(sql)
            let plan = try await cases.database.read { try $0.plan(of: statement) }
            #expect(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "\(plan)")
            #expect(plan.contains("deviations_exclusion_token"), "\(plan)")
        }
    }

    private var filters: [DeviationFilter] {
        var all = Array(repeating: DeviationFilter(), count: 6)
        all[1].text = "word"
        all[2].units = ["U0", "U1"]
        all[3].handler = "h1"
        all[4].reporter = "r1"
        all[5].statuses = [.received]
        return all
    }

    /// Cases of three units, some kept from people, and a case with two merged reports.
    private func populate(_ cases: Bed) async throws -> [Deviation] {
        var all: [Deviation] = []
        for number in 0..<24 {
            var deviation = Sample.deviation(
                Sample.report("word \(number)", unit: "U\(number % 3)"), by: "r\(number % 4)",
                at: Sample.now.adding(seconds: Int64(number)))
            if number % 5 == 0 { deviation.exclusions.append(Exclusion(.named, person: "boss")) }
            if number % 7 == 0 { deviation.exclusions.append(Exclusion(.line, person: "h0")) }
            if number % 8 == 0 { deviation.exclusions.append(Exclusion(.reporter, person: deviation.reporter)) }
            var stored = try await cases.insert(deviation)
            if number % 2 == 0 {
                stored = try await cases.save(AnswerTriage(answers: Sample.answers), on: stored)
                let handler = number % 7 == 0 ? "h1" : "h\(number % 4 / 2)"
                stored = try await cases.save(SendToHandler(handler: handler), on: stored)
            }
            all.append(stored.deviation)
        }
        let merged = try MergeReports { _ in nil }.apply(to: all[1], [all[4], all[9]], by: "ingrid", at: Sample.now)
        for changed in [merged.main] + merged.reports.map(\.deviation) {
            let stored = try #require(try await cases.load(changed.id))
            all[try #require(all.firstIndex { $0.id == changed.id })] = try await cases.save(changed, over: stored)
                .deviation
        }
        for deviation in all { #expect(try await cases.load(deviation.id)?.deviation == deviation) }
        return all
    }
}
