import DeviationsCore
import EventKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// No list reads the whole table or sorts what it found: each has an index that gives its rows in order.
@Suite struct DeviationPlanTests {
    static let scopes = [
        Scope(all: true, person: "unni"), Scope(person: "kari"), Scope(units: ["IE"], person: "hamid"),
        Scope(units: ["HF", "IE", "MH", "SU"], person: "dagny"),
    ]

    static let filters: [DeviationFilter] = {
        var filters = Array(repeating: DeviationFilter(), count: 7)
        filters[1].statuses = [.received, .assigned]
        filters[2].units = ["IE"]
        filters[3].handler = "hamid"
        filters[4].reporter = "kari"
        filters[5].category = "exam"
        filters[6].overdueOn = CivilDate(daysSince1970: 20_815)
        return filters
    }()

    @Test(arguments: scopes, ListOrder.allCases)
    func `a list comes in order from an index`(scope: Scope, order: ListOrder) async throws {
        try await withCases(.sqlite) { cases in
            for filter in Self.filters {
                for cursor in [nil, ListCursor(urgency: 20_800, key: 17)] {
                    let plan = try await plan(filter, scope, order, cursor, cases.database)
                    #expect(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "\(plan)")
                    #expect(plan.contains("SEARCH deviations_case USING"), "\(plan)")
                }
            }
        }
    }

    @Test func `a search comes in order from the word index, and fetches its rows by key`() async throws {
        try await withCases(.sqlite) { cases in
            var filter = DeviationFilter()
            filter.text = "heis"
            filter = try await cases.cases.prepared(filter)
            let plan = try await plan(filter, Scope(units: ["IE"], person: "hamid"), .due, nil, cases.database)
            #expect(!plan.contains("TEMP B-TREE") && !plan.contains("MATERIALIZE"), "\(plan)")
            #expect(plan.contains("SEARCH deviations_case USING INTEGER PRIMARY KEY"), "\(plan)")
        }
    }

    @Test func `a case, its history and its measures are found by index`() async throws {
        try await withCases(.sqlite) { cases in
            let statements: [SQL] = [
                "SELECT \(raw: DeviationStore.allColumns) FROM deviations_case WHERE uid = \("d1")",
                "SELECT kind FROM deviations_entry WHERE case_id = \(1) ORDER BY id",
                "SELECT uid FROM deviations_measure WHERE case_id = \(1) ORDER BY id",
                """
                SELECT uid FROM deviations_measure WHERE owner = \("unni") AND completed_at IS NULL
                ORDER BY due_on, id
                """,
            ]
            for statement in statements {
                let plan = try await cases.database.read { try $0.plan(of: statement) }
                #expect(plan.contains("SEARCH") && !plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "\(plan)")
            }
        }
    }

    @Test func `the guard trips over a list without an index`() async throws {
        try await withCases(.sqlite) { cases in
            let plan = try await cases.database.read {
                try $0.plan(of: "SELECT id FROM deviations_case ORDER BY campus, id")
            }
            #expect(plan.contains("SCAN") && plan.contains("TEMP B-TREE"))
        }
    }

    private func plan(
        _ filter: DeviationFilter, _ scope: Scope, _ order: ListOrder, _ cursor: ListCursor?, _ database: Database
    ) async throws -> String {
        let sql = DeviationStore.listing(filter, scope, order, after: cursor, limit: 51, database.dialect)
        let statement = try #require(sql)
        return try await database.read { try $0.plan(of: statement) }
    }
}
