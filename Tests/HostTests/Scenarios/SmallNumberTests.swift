import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault

@testable import DeviationsModule

/// Scenario 14: numbers for those who must not know who is who.
@Suite struct SmallNumberTests {
    private struct Counts: Decodable {
        struct Period: Decodable {
            let from, to: String
            let cases, reports: Int?
        }
        struct Table: Decodable {
            struct Column: Decodable {
                let id: String?
                let cases: Int
            }
            struct Row: Decodable {
                let category: String?
                let cases: Int
                let cells: [Int?]
            }
            let cases: Int
            let columns: [Column]
            let rows: [Row]
        }
        let minimum: Int
        let periods: [Period]
        let table: Table?
    }

    /// IE has two cases about grading, all else has more.
    private static let cases: [(unit: String, category: String, count: Int)] = [
        ("ie-idi", "grading", 2), ("ie-idi", "exam", 7), ("ie-iik", "exam", 2), ("hf-isl", "grading", 8),
        ("hf-isl", "exam", 6), ("nv-ikj", "grading", 9), ("nv-ikj", "exam", 5), ("nv-ikj", "other", 3),
        ("hf-isl", "equipment", 3),
    ]

    private func services(_ host: HostHarness) -> HostServices {
        HostServices(
            database: host.base.database, vault: host.base.vault, directory: host.base.directory,
            clock: host.clock.clock, workingDays: WorkingDays(), logger: host.base.logger,
            notices: NoticePost { _, _, _ in })
    }

    private func report(_ host: HostHarness) async throws -> [String] {
        let vault = CaseVault(host.base.vault, database: host.base.database)
        let acts = DeviationActs(database: host.base.database, cases: vault, handlingTime: HandlingTime())
        var ids: [String] = []
        for (unit, category, count) in Self.cases {
            for number in 0..<count {
                let report = Report(
                    title: "Sak \(number)", description: "Tekst", unit: unit,
                    campus: number == 0 ? "gjovik" : "trondheim", category: category, environment: .digital,
                    occurredOn: nil, threshold: nil, ordinaryChannels: .notTried(reason: "x"))
                ids.append(try await acts.receive(report, from: "kari", at: host.clock.now).deviation.id)
            }
        }
        return ids
    }

    private func count(_ host: HostHarness) async throws {
        try await CountRounds(host: services(host), months: 2, afterDays: 28).countDue()
    }

    private func counts(_ host: HostHarness, by dimension: String = "faculty") async throws -> Counts {
        try await host.stranger().get("/api/v1/deviation-counts?by=\(dimension)").json(Counts.self)
    }

    @Test(arguments: Engine.all)
    func
        `given a department with two cases in a category, when LMU, the board or the public page asks, then cells, and totals that allow subtraction, are suppressed`(
            _ engine: Engine
        ) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            _ = try await report(host)
            let path = "/deviations/numbers"
            #expect(try await host.visitor().get(path).text.contains("Ingenting er talt opp ennå"))
            // From November and December, counted when all should be answered.
            host.clock.advance(seconds: 60 * 86_400)
            try await count(host)
            #expect(try await counts(host).periods.isEmpty)
            host.clock.advance(seconds: 10 * 86_400)
            try await count(host)
            for dimension in CountDimension.allCases.map(\.rawValue) {
                let counts = try await counts(host, by: dimension)
                let table = try #require(counts.table)
                #expect(counts.minimum == 5 && table.cases == 45)
                let totals = table.rows.map(\.cases) + table.columns.map(\.cases)
                #expect(totals.allSatisfy { $0 >= 5 }, "\(dimension)")
                #expect(table.rows.allSatisfy { $0.cells.allSatisfy { $0 == nil || $0 == 0 || $0 ?? 0 >= 5 } })
                // What is hidden stands with something else that is, both ways.
                for row in table.rows { #expect(row.cells.filter { $0 == nil }.count != 1, "\(dimension)") }
                for column in table.columns.indices {
                    #expect(table.rows.filter { $0.cells[column] == nil }.count != 1, "\(dimension)")
                }
            }
            let table = try #require(try await counts(host).table)
            let faculty = try #require(table.columns.firstIndex { $0.id == "ie" })
            #expect(table.rows.first { $0.category == "grading" }?.cells[faculty] == .some(nil))
            #expect(table.rows.first { $0.category == "exam" }?.cases == 20)
            #expect(!table.rows.contains { $0.category == "other" })
            for browser in [
                try await host.browser("sissel"), try await host.browser("thea"), try await host.browser("magnhild"),
                host.visitor(),
            ] {
                let page = try await browser.get("\(path)?by=faculty")
                #expect(page.status == .ok && page.text.contains("november–desember 2026"))
                #expect(page.text.contains("45 saker") && page.text.contains("vises ikke"))
                for dimension in CountDimension.allCases.map(\.rawValue) {
                    let page = try await browser.get("\(path)?by=\(dimension)")
                    #expect(page.status == .ok && page.text.contains("45 saker"), "\(dimension)")
                    #expect(!page.text.contains("<td>2</td>") && !page.text.contains("<td>1</td>"), "\(dimension)")
                }
            }
            // None of them has another place with numbers.
            for person in ["sissel", "thea", "magnhild"] {
                for other in ["/deviations/overview", "/deviations/export"] {
                    #expect(try await host.browser(person).get(other).status == .forbidden, "\(person) \(other)")
                }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `what its reporter withdrew is counted as withdrawn, whether it was stopped, goes on or waits for a decision`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let ids = try await report(host)
            // The exam cases of IDI are stopped; of those of HF half go on, and half wait.
            let (stopped, others) = (ids[2..<9], ids[19..<25])
            for id in stopped + others {
                #expect(try await host.reporterAct("withdraw", on: id, by: "kari", .api).isTaken)
            }
            for id in stopped {
                let answer = try await host.send("after-withdrawal", on: id, by: "ingrid", .api, ["goesOn": "no"])
                #expect(answer.isTaken, "\(answer.text)")
            }
            for id in others.prefix(3) {
                let answer = try await host.send(
                    "after-withdrawal", on: id, by: "nils", .api,
                    ["goesOn": "yes", "reason": "Andre kan rammes", "keptTitle": "Eksamen", "keptText": "Tekst"])
                #expect(answer.isTaken, "\(answer.text)")
            }
            host.clock.advance(seconds: 70 * 86_400)
            try await count(host)
            let table = try #require(try await counts(host, by: "standing").table)
            #expect(table.cases == 45)
            #expect(table.columns.first { $0.id == "withdrawn" }?.cases == 13)
            let page = try await host.visitor().get("/deviations/numbers?by=standing").text
            #expect(page.contains("Trukket") && page.contains("13"))
        }
    }

    @Test func `what becomes of a case after it was counted changes no number`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let ids = try await report(host)
            host.clock.advance(seconds: 70 * 86_400)
            try await count(host)
            let before = try await host.stranger().get("/api/v1/deviation-counts").text
            for id in ids.prefix(3) {
                let answer = try await host.api("kari").post(
                    "/api/v1/deviations/\(id)/reporter-acts", #"{"act":"withdraw"}"#)
                #expect(answer.status == .noContent)
            }
            try await host.base.database.write {
                try $0.execute("UPDATE deviations_case SET category = '', unit = '' WHERE uid = \(ids[5])")
            }
            try await count(host)
            #expect(try await host.stranger().get("/api/v1/deviation-counts").text == before)
        }
    }

    @Test func `few reports in all are not shown, and every period is counted once, whoever comes first`() async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            _ = try await host.report()
            host.clock.advance(seconds: 200 * 86_400)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 { group.addTask { try await count(host) } }
                try await group.waitForAll()
            }
            let counts = try await counts(host)
            #expect(counts.periods.map(\.from) == ["2027-03-01", "2027-01-01", "2026-11-01"])
            #expect(counts.periods.allSatisfy { $0.cases == nil && $0.reports == nil } && counts.table == nil)
            let page = try await host.visitor(language: "en").get("/deviations/numbers?from=2026-11-01").text
            #expect(page.contains("Too few reports came in") && !page.contains("<td>1</td>"))
            let stored = try await host.base.database.read {
                try $0.first("SELECT count(*) FROM deviations_count") { $0.int(0) }
            }
            #expect(stored == CountDimension.allCases.count)
        }
    }

    @Test(arguments: Engine.all)
    func `HSE deviations that touch students are numbers of their own, and what comes late is counted in the next time`(
        engine: Engine
    ) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            func register(_ range: ClosedRange<Int>, _ unit: String) async throws {
                let rows = range.map {
                    "H-\($0);2026-11-02;\(unit);trondheim;physical;\($0 % 2 == 0 ? "open" : "closed")"
                }
                let text = "reference;date;unit;campus;environment;status\n" + rows.joined(separator: "\n")
                #expect(try await host.browser("unni").post("/deviations/hse", ["rows": text]).status == .ok)
            }
            try await register(1...9, "ie-idi")
            try await register(10...12, "hf-isl")
            host.clock.advance(seconds: 70 * 86_400)
            try await count(host)
            try await register(13...20, "hf-isl")
            let path = "/api/v1/deviation-counts?kind=hse"
            let table = try #require(try await host.stranger().get(path).json(Counts.self).table)
            // Three of one faculty are too few, and nine would tell them.
            #expect(table.cases == 12 && table.columns.map(\.cases) == [12])
            #expect(try await host.stranger().get("\(path)&by=standing").text.contains(#""environment":"physical""#))
            let page = try await host.visitor().get("/deviations/numbers?kind=hse&by=environment").text
            #expect(page.contains("12 HMS-avvik") && page.contains("Fysisk") && !page.contains("<td>3</td>"))
            let deviations = try await host.stranger().get("/api/v1/deviation-counts").json(Counts.self)
            #expect(deviations.table == nil && deviations.periods.map(\.cases) == [nil])

            host.clock.advance(seconds: 60 * 86_400)
            try await count(host)
            let next = try await host.stranger().get(path).json(Counts.self)
            #expect(next.periods.map(\.cases) == [8, 12])
        }
    }

    @Test(arguments: Engine.all)
    func `recurring cases are a number of their own, split by category where that gives nothing away`(engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            // What HF had in November and December recurs in January; IE has nothing about grading before.
            _ = try await report(host)
            host.clock.advance(seconds: 45 * 86_400)
            _ = try await report(host)
            host.clock.advance(seconds: 90 * 86_400)
            try await count(host)
            let table = try #require(try await counts(host, by: "recurrence").table)
            #expect(table.columns.map(\.id) == [nil])
            #expect(table.cases == 45 && table.columns.map(\.cases) == [45])
            let page = try await host.visitor().get("/deviations/numbers?by=recurrence").text
            #expect(page.contains("tolv månedene før") && page.contains("Gjentatt eller ikke"))
        }
    }

}
