import CalendarKit
import DeviationsCore
import EventKit
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

@Suite struct DeviationListTests {
    /// Every scope, with every filter, in both orders, in small parts: the same as picked from all by hand.
    @Test(arguments: Engine.all)
    func `a list holds what the viewer may see and asked for, in order, each once`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            let all = try await populate(cases, count: 240)
            let scopes = [
                Scope(all: true, person: "unni"), Scope(person: "r1"), Scope(units: ["U1"], person: "h1"),
                Scope(units: ["U1", "U2", "U4"], person: "r2"), Scope(units: ["U9"], person: "nobody"),
            ]
            for scope in scopes {
                for filter in filters {
                    for order in ListOrder.allCases {
                        let listed = try await pages(filter, scope, order, of: 7, cases)
                        #expect(listed == expected(filter, scope, order, all), "\(scope) \(filter) \(order)")
                    }
                }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a row shows what the deviation has`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            var stored = try await cases.insert(Sample.deviation())
            for act: any Act in [
                AnswerTriage(answers: Sample.answers), SendToHandler(handler: "hamid"),
                SendPreliminaryReply(cause: "Sykdom", expectedOn: "2027-03-01"),
            ] { stored = try await cases.save(act, on: stored) }
            let list = try await cases.list(scope: Scope(person: "hamid"))
            let row = try #require(list.rows.first)
            #expect(row.id == stored.deviation.id && row.number == cases.cases.numbers[stored])
            #expect(row.title == "Sensuren er forsinket" && row.status == "assigned" && row.handler == "hamid")
            #expect(row.dueOn.description == "2026-12-28" && row.deadline.description == "2027-03-01")
            #expect(!row.isOverdue(on: row.deadline) && row.isOverdue(on: row.deadline.adding(days: 1)))
            #expect(list.next == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `words are found as beginnings, by those who may see the case alone`(engine: Engine) async throws {
        try await withCases(engine) { cases in
            _ = try await cases.insert(Sample.deviation(Sample.report("Heisen i Realfagbygget står"), by: "kari"))
            _ = try await cases.insert(Sample.deviation(Sample.report("Heisen stinker", unit: "HF"), by: "ola"))
            func titles(_ text: String, _ scope: Scope) async throws -> [String] {
                var filter = DeviationFilter()
                filter.text = text
                return try await cases.list(filter, scope: scope).rows.map(\.title)
            }
            let everything = Scope(all: true, person: "unni")
            #expect(try await titles("heis", everything) == ["Heisen stinker", "Heisen i Realfagbygget står"])
            #expect(try await titles("HEIS realfag", everything) == ["Heisen i Realfagbygget står"])
            #expect(try await titles("tre uker", Scope(person: "kari")) == ["Heisen i Realfagbygget står"])
            #expect(try await titles("heis", Scope(units: ["HF"], person: "nils")) == ["Heisen stinker"])
            #expect(try await titles("sykkel", everything) == [])
            #expect(try await titles("\" OR * NEAR(", everything) == [])
        }
    }

    @Test(arguments: ["", "1", "a.b", "1.2.3", "9999999999999999999999.1"])
    func `a cursor that is none is not read`(text: String) {
        #expect(ListCursor(text) == nil)
    }

    @Test func `the place where a list goes on does not tell how many rows there are`() async throws {
        try await withCases(.sqlite) { cases in
            for _ in 1...3 { _ = try await cases.insert(Sample.deviation()) }
            let page = try await cases.list(scope: Scope(all: true, person: "unni"), limit: 1)
            let next = try #require(page.next)
            #expect(next.key > 1000 && cases.cases.numbers.shown(next)?.key == page.rows.first?.key)
            for odd in [Int64.min, -1, .max] {
                #expect(cases.cases.numbers.shown(ListCursor(urgency: 0, key: odd)) == nil)
            }
        }
    }

    /// Filters that between them use every condition.
    private var filters: [DeviationFilter] {
        let changes: [(inout DeviationFilter) -> Void] = [
            { _ in }, { $0.statuses = [.received, .assigned] }, { $0.statuses = [.closed] },
            { $0.statuses = [.closed, .assigned] },
            { $0.statuses = [] }, { $0.units = ["U2", "U3"] }, { $0.units = [] }, { $0.handler = "h1" },
            { $0.reporter = "r1" },
            {
                $0.reporter = "r1"
                $0.units = ["U1"]
                $0.handler = "h0"
            }, { $0.category = "exam" }, { $0.environment = .digital },
            { $0.campus = "gjovik" }, { $0.overdueOn = Self.today }, { $0.text = "word3" },
            {
                $0.text = "word"
                $0.handler = "h1"
                $0.units = ["U1", "U2"]
                $0.category = "exam"
            },
            {
                $0.text = "word1"
                $0.reporter = "r2"
                $0.statuses = [.received]
            },
        ]
        return changes.map { change in
            var filter = DeviationFilter()
            change(&filter)
            return filter
        }
    }

    private static let today = CivilDate(daysSince1970: 20_815)

    /// The ids of a whole list, read a part at a time.
    private func pages(
        _ filter: DeviationFilter, _ scope: Scope, _ order: ListOrder, of limit: Int, _ cases: Bed
    ) async throws -> [String] {
        var ids: [String] = []
        var cursor: ListCursor?
        repeat {
            let page = try await cases.list(filter, scope: scope, order: order, after: cursor, limit: limit)
            #expect(page.rows.count <= limit)
            ids += page.rows.map(\.id)
            cursor = try page.next.map { try #require(ListCursor($0.description)) }
        } while cursor != nil
        return ids
    }

    private func expected(
        _ filter: DeviationFilter, _ scope: Scope, _ order: ListOrder, _ all: [StoredDeviation]
    ) -> [String] {
        let shown = all.filter { scope.contains($0.deviation) && fits(filter, $0.deviation) }
        let byNumber = shown.sorted { $0.key > $1.key }
        if order == .newest || filter.text != nil { return byNumber.map(\.deviation.id) }
        let open = shown.filter { $0.deviation.status.isOpen }
            .sorted { ($0.deviation.deadline, $0.key) < ($1.deviation.deadline, $1.key) }
        let ended = shown.filter { !$0.deviation.status.isOpen }
            .sorted { ($1.deviation.endedAt ?? Sample.now, $0.key) < ($0.deviation.endedAt ?? Sample.now, $1.key) }
        return (open + ended).map(\.deviation.id)
    }

    private func fits(_ filter: DeviationFilter, _ deviation: Deviation) -> Bool {
        filter.statuses?.contains(deviation.status) != false && filter.units?.contains(deviation.unit) != false
            && (filter.handler == nil || filter.handler == deviation.handler)
            && (filter.reporter == nil || filter.reporter == deviation.reporter)
            && (filter.category == nil || filter.category == deviation.report.category)
            && (filter.environment == nil || filter.environment == deviation.report.environment)
            && (filter.campus == nil || filter.campus == deviation.report.campus)
            && (filter.overdueOn.map { deviation.isOverdue(on: $0) } ?? true)
            && (filter.text.map { deviation.report.title.contains($0) } ?? true)
    }

    /// Deviations in every status, spread over units, people and days; the same ones in every run.
    private func populate(_ cases: Bed, count: Int) async throws -> [StoredDeviation] {
        var stored: [StoredDeviation] = []
        for number in 0..<count {
            var report = Sample.report(
                "word\(number % 9) word", unit: "U\(number % 5)", category: number % 3 == 0 ? "exam" : "other")
            report.environment = Environment.allCases[number % 5 * 2 % 5]
            report.campus = number % 4 == 0 ? "gjovik" : "trondheim"
            let received = Sample.now.adding(seconds: Int64(number * 7919 % 40 - 40) * 86_400)
            let deviation = Sample.deviation(report, by: "r\(number * 5 % 11)", at: received)
            let later = try after(number % 7, deviation, number)
            stored.append(try await cases.save(later, over: try await cases.insert(deviation)))
        }
        return stored
    }

    /// `deviation` after as many steps as bring it to one of the statuses.
    private func after(_ way: Int, _ deviation: Deviation, _ number: Int) throws -> Deviation {
        var deviation = deviation
        func take(_ act: some Act) throws {
            let now = Sample.now.adding(seconds: Int64(number * 31 % 17) * 3600)
            deviation = try act.apply(to: deviation, by: "ingrid", at: now).deviation
        }
        if way >= 1 { try take(AnswerTriage(answers: Sample.answers)) }
        if way == 1 { try take(RejectReport(reason: "Nei")) }
        if way >= 2 { try take(SendToHandler(handler: "h\(number % 3)")) }
        if way == 3 { try take(SendPreliminaryReply(cause: "Sykdom", expectedOn: "2027-02-\(10 + number % 9)")) }
        if way == 4 { try take(ForwardToFaculty(unit: "U\((number + 1) % 5)", reason: "Feil")) }
        if way >= 5, deviation.status == .assigned {
            try take(RecordCause(whatHappened: "a", why: "b"))
            try take(CloseDeviation(outcome: "Ordnet"))
        }
        return deviation
    }
}
