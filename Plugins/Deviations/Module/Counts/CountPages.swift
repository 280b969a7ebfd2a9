import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// What is reported, in numbers (D21, D25–D27): for LMU, the board and everybody else, so that nobody has to be asked who is who.
struct CountPages: Sendable {
    static let path = "/deviations/numbers"

    let host: HostServices
    let categories: CategoryList
    /// The least number that is shown.
    let minimum: Int

    /// The way to it from other pages.
    static func link(_ language: Language) -> HTML { "<p><a href=\"\(path)\">\(CountTexts[language].title)</a></p>" }

    func mount(on routes: ModuleRoutes) {
        routes.pages.get("numbers") { request, context in
            let visit = try context.visit
            let parts = try await CaseParts(visit: visit, host: host, categories: categories)
            let shown = try await shown(request)
            return CountView(shown: shown, minimum: minimum, parts: parts).page.response(visit)
        }
        routes.api.get("deviation-counts") { request, context in
            let language = try context.visit.language
            if let from = request.uri.queryParameters["from"], CivilDate(from) == nil {
                throw Problem.malformed(language, [FieldError("from", ErrorTexts[language].notADate)])
            }
            _ = try request.choice("kind", of: CountKind.allCases.map(\.rawValue), language)
            _ = try request.choice("by", of: CountDimension.allCases.map(\.rawValue), language)
            let shown = try await shown(request)
            return Response.json(shown?.json(minimum) ?? #"{"minimum":\#(minimum),"periods":[],"table":null}"#)
        }
    }

    /// What is asked for: a period, the latest that can be split unless it is named, by one thing beside the category.
    struct Shown: Sendable {
        struct Counted: Sendable {
            let period: CountPeriod
            /// Nil where there were too few.
            let cases, reports: Int?
        }

        let kind: CountKind
        /// The latest first.
        let periods: [Counted]
        let chosen: Counted
        let dimension: CountDimension
        let table: CountTable?
    }

    private func shown(_ request: Request) async throws -> Shown? {
        let query = request.uri.queryParameters
        let asked = query["from"].flatMap { CivilDate($0) }
        let kind = query["kind"].flatMap { CountKind(rawValue: String($0)) } ?? .deviations
        let by = query["by"].flatMap { CountDimension(rawValue: String($0)) } ?? .faculty
        let dimension = kind.dimensions.contains(by) ? by : .faculty
        return try await host.database.read { [minimum] reader in
            let totals = try CountStore.totals(kind, in: reader)
            let periods = try CountStore.periods(in: reader).map { period, reports -> Shown.Counted in
                let cases = totals[period.from].flatMap { $0 >= minimum ? $0 : nil }
                return Shown.Counted(
                    period: period, cases: cases,
                    reports: kind == .hse ? cases : cases.map { max($0, reports) })
            }
            func table(_ period: CountPeriod) throws -> CountTable? {
                let counts = try CountStore.counts(kind, from: period.from, by: dimension, in: reader)
                return CountTable(counts, minimum: minimum, always: dimension.columns)
            }
            // Unasked, the latest that says something: a time with few reports is one number.
            let chosen =
                try periods.first { $0.period.from == asked }
                ?? periods.prefix(12).first { try table($0.period)?.isSplit ?? false } ?? periods.first
            guard let chosen else { return nil }
            return Shown(
                kind: kind, periods: periods, chosen: chosen, dimension: dimension, table: try table(chosen.period))
        }
    }
}

extension CountPages.Shown {
    fileprivate func json(_ minimum: Int) -> JSON {
        #"""
        {"minimum":\#(minimum),"periods":\#(periods.map(\.json)),"period":\#(chosen.json),"by":\#(dimension.rawValue),\#
        "kind":\#(kind.rawValue),"table":\#(table.map { $0.json(kind) })}
        """#
    }
}

extension CountPages.Shown.Counted {
    fileprivate var json: JSON {
        #"{"from":\#(period.from),"to":\#(period.to),"cases":\#(cases),"reports":\#(reports)}"#
    }
}

extension CountTable {
    /// Whether it says more than how many there are in all.
    var isSplit: Bool { rows.count > 1 && cells.joined().contains { $0 != nil } }

    /// What is counted together has no id.
    fileprivate func json(_ kind: CountKind) -> JSON {
        func id(_ code: String) -> String? { code == Self.others ? nil : code }
        let columns = zip(self.columns, columnTotals).map { #"{"id":\#(id($0)),"cases":\#($1)}"# as JSON }
        let rows = self.rows.indices.map { row -> JSON in
            #"{\#(kind == .hse ? "environment" : "category"):\#(id(self.rows[row])),"cases":\#(rowTotals[row]),"cells":\#(cells[row].map { "\($0)" as JSON })}"#
        }
        return #"{"cases":\#(total),"columns":\#(columns),"rows":\#(rows)}"#
    }
}
