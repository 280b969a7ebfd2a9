import DeviationsCore
import EventKit
import ModuleKit

/// The numbers of a period: bars, and the same as a table.
struct CountView: Sendable {
    let shown: CountPages.Shown?
    let minimum: Int
    let parts: CaseParts

    private var text: CountTexts { CountTexts[parts.language] }

    var page: Page {
        let content: HTML = """
            <main class="page wide stack loose" id="main"><div class="stack tight"><h1>\(text.title)</h1>\
            <p class="soft">\(text.lead(minimum))</p></div>\
            \(shown.map { shown in "\(choice(shown))\(table(shown))\(trend(shown.periods))" as HTML } ?? "<p>\(text.empty)</p>")\
            \(SummaryPages.link(parts.language))</main>
            """
        return Page(text.title, section: CountPages.path, content: content)
    }

    private func choice(_ shown: CountPages.Shown) -> HTML {
        var form = FormData()
        form["kind"] = shown.kind.rawValue
        (form["from"], form["by"]) = (shown.chosen.period.from.description, shown.dimension.rawValue)
        let view = FormView(form, visit: parts.visit)
        let periods = shown.periods.map { FormView.Option($0.period.from.description, words($0.period)) }
        let kinds = CountKind.allCases.map { FormView.Option($0.rawValue, text.kinds[$0] ?? $0.rawValue) }
        let dimensions = shown.kind.dimensions.map { FormView.Option($0.rawValue, text.by[$0] ?? $0.rawValue) }
        return """
            <form method="get" action="\(CountPages.path)" class="stack">\
            \(view.select("kind", label: text.kind, empty: nil, options: kinds))\
            \(view.select("from", label: text.period, empty: nil, options: periods))\
            \(view.select("by", label: text.split, empty: nil, options: dimensions))\
            <button class="button quiet">\(text.show)</button></form>
            """
    }

    private func table(_ shown: CountPages.Shown) -> HTML {
        guard let table = shown.table else { return "<p class=\"note\">\(text.tooFew(words(shown.chosen.period)))</p>" }
        // With nothing but what is hidden there is nothing to split.
        let isSplit = table.cells.joined().contains { $0 != nil }
        let columns = isSplit ? table.columns : []
        let heads = columns.map { "<th scope=\"col\">\(name($0, shown))</th>" as HTML }
        let rows = table.rows.indices.map { row -> HTML in
            let cells = (isSplit ? table.cells[row] : []).map { "<td>\(cell($0))</td>" as HTML }
            return """
                <tr><th scope="row">\(category(table.rows[row], shown.kind))</th>\(cells)<td><strong>\(table.rowTotals[row])</strong></td></tr>
                """
        }
        let totals = (isSplit ? table.columnTotals : []).map { "<td><strong>\($0)</strong></td>" as HTML }
        let hasHidden = table.cells.joined().contains { $0 == nil }
        return """
            <section class="stack"><h2>\(words(shown.chosen.period))</h2>\
            <p>\(sum(shown, table))</p>\(chart(table, shown.kind).lying)\
            <div class="scroll" tabindex="0" role="region" aria-label="\(text.caption)"><table class="num"><caption class="visually-hidden">\(text.caption)</caption>\
            <thead><tr><th scope="col">\(shown.kind == .hse ? text.by[.environment] ?? "" : text.category)</th>\(heads)<th scope="col">\(text.total)</th></tr></thead>\
            <tbody>\(rows)<tr><th scope="row">\(text.total)</th>\(totals)<td><strong>\(table.total)</strong></td></tr></tbody>\
            </table></div>\(if: hasHidden, "<p class=\"soft\">\(text.hiddenNote)</p>")\
            \(if: shown.dimension == .recurrence, "<p class=\"soft\">\(text.recurrenceNote)</p>")</section>
            """
    }

    private func sum(_ shown: CountPages.Shown, _ table: CountTable) -> String {
        shown.kind == .hse ? text.sumHSE(table.total) : text.sum(table.total, shown.chosen.reports ?? table.total)
    }

    private func cell(_ count: Int?) -> HTML {
        count.map { "\($0)" }
            ?? "<span aria-hidden=\"true\">–</span><span class=\"visually-hidden\">\(text.hidden)</span>"
    }

    /// Period by period, the oldest first; what is too small is left out.
    private func trend(_ periods: [CountPages.Shown.Counted]) -> HTML {
        let periods = Array(periods.prefix(12).reversed())
        guard periods.count > 1 else { return "" }
        let rows = periods.map { counted -> HTML in
            "<tr><th scope=\"row\">\(words(counted.period))</th><td>\(cell(counted.cases))</td><td>\(cell(counted.reports))</td></tr>"
        }
        let chart = CountChart(
            label: text.trendText,
            bars: periods.map { ("\($0.period.from.month)/\($0.period.from.year % 100)", $0.cases) })
        return """
            <section class="stack"><h2>\(text.trend)</h2>\(chart.standing)\
            <div class="scroll" tabindex="0" role="region" aria-label="\(text.trend)"><table class="num"><thead><tr>\
            <th scope="col">\(text.period)</th><th scope="col">\(text.cases)</th><th scope="col">\(text.reports)</th></tr></thead>\
            <tbody>\(rows)</tbody></table></div></section>
            """
    }

    /// The categories as bars; the table below says the same.
    private func chart(_ table: CountTable, _ kind: CountKind) -> CountChart {
        CountChart(
            label: text.barsText,
            bars: table.rows.indices.map { (category(table.rows[$0], kind), table.rowTotals[$0]) })
    }

    private func category(_ code: String, _ kind: CountKind) -> String {
        if code == CountTable.others { return text.others }
        return kind == .hse ? Environment(rawValue: code).map(parts.environment) ?? code : parts.category(code)
    }

    private func name(_ code: String, _ shown: CountPages.Shown) -> String {
        if code == CountTable.others { return shown.dimension == .recurrence ? text.notSplit : text.others }
        if shown.kind == .hse, shown.dimension == .standing { return code == "open" ? text.open : text.closed }
        return switch shown.dimension {
        case .faculty: parts.short(code)
        case .campus: parts.campus(code)
        case .environment: Environment(rawValue: code).map(parts.environment) ?? code
        case .standing: CountStanding(rawValue: code).flatMap { text.standings[$0] } ?? code
        case .recurrence: CountRecurrence(rawValue: code).flatMap { text.recurrences[$0] } ?? code
        }
    }

    /// “januar–februar 2026”.
    private func words(_ period: CountPeriod) -> String {
        let (from, to) = (parts.language.monthAndYear(period.from), parts.language.monthAndYear(period.to))
        let first = from.split(separator: " ").first.map(String.init) ?? from
        return from == to ? from : "\(first)–\(to)"
    }
}
