import DeviationsCore
import EventKit
import HTTPTypes
import ModuleKit

/// A unit's numbers for those who lead or receive for it.
struct OverviewView: Sendable {
    /// Nil when what was asked for cannot be read.
    let numbers: UnitNumbers?
    let asked: OverviewPages.Asked
    let parts: CaseParts

    private var text: OverviewTexts { OverviewTexts[parts.language] }

    var page: Page {
        let options = asked.choices.map { FormView.Option($0.id, $0.names[parts.language]) }
        let view = FormView(asked.form, visit: parts.visit)
        let content: HTML = """
            <main class="page wide stack loose" id="main"><div class="stack tight"><p class="soft"><a href="/deviations">\
            \(DeskTexts[parts.language].backToList)</a></p><h1>\(text.title): \(parts.unit(asked.unit))</h1>\
            <p class="soft">\(text.lead)</p></div>\(view.summary)\
            <form method="get" action="/deviations/overview" class="stack tight" novalidate>\
            \(view.select("unit", label: text.unit, empty: nil, options: options, search: true))\
            <div class="columns">\(view.text("from", label: text.from, hint: text.fromHint, type: "date"))\
            \(view.text("to", label: text.to, hint: text.toHint, type: "date"))</div>\
            <button class="button quiet">\(text.show)</button></form>\(years)\(numbers.map(shown))</main>
            """
        return Page(
            text.title, density: .desk, section: "/deviations",
            status: asked.form.errors.isEmpty ? .ok : .unprocessableContent, content: content)
    }

    /// This year and the last one, which the quality report is about.
    private var years: HTML {
        let links = [parts.today.year, parts.today.year - 1].map { year -> HTML in
            "<a href=\"/deviations/overview?unit=\(asked.unit)&amp;from=\(year)-01-01&amp;to=\(year)-12-31\">\(year)</a>"
        }
        return """
            <nav class="chips" aria-label="\(text.period)">\(links)\
            <a href="/deviations/overview?unit=\(asked.unit)">\(text.always)</a></nav>
            """
    }

    private func shown(_ numbers: UnitNumbers) -> HTML {
        numbers.byStatus.isEmpty
            ? "<p>\(text.nothing)</p>" : "\(tables(numbers))\(feedback(numbers))\(trend(numbers))"
    }

    private func tables(_ numbers: UnitNumbers) -> HTML {
        let statuses = (Status.allCases.map(\.rawValue) + [UnitNumbers.withdrawn]).compactMap { code in
            numbers.byStatus.first { $0.code == code }
        }
        let byStatus = statuses.map { count -> HTML in
            let name = Status(rawValue: count.code).flatMap { parts.text.status[$0] } ?? text.withdrawn
            return row([name, "\(count.cases)", "\(count.part)"])
        }
        let byCategory = numbers.byCategory.map { row([parts.category($0.code), "\($0.cases)", "\($0.part)"]) }
        let (answers, measures) = (numbers.answers, numbers.measures)
        func days(_ count: Int?) -> String { count.map { Period.text(days: $0, parts.language) } ?? "–" }
        let times = [
            (text.inTime, "\(answers.inTime)"), (text.asExpected, "\(answers.asExpected)"),
            (text.late, "\(answers.late)"), (text.median, days(answers.medianDays)),
            (text.longest, days(answers.longestDays)),
        ]
        let done = [
            (text.decided, measures.all), (text.done, measures.done), (text.checked, measures.checked),
            (text.overdueMeasures, measures.overdue),
        ]
        return """
            \(table(text.status, [text.status, text.cases, text.overdue], byStatus))\
            \(table(text.category, [text.category, text.cases, text.ofThem], byCategory))\
            \(table(text.answers, [text.answers, text.cases], times.map { row([$0.0, $0.1]) }))\
            \(table(text.measures, [text.measures, text.count], done.map { row([$0.0, "\($0.1)"]) }))
            """
    }

    private func feedback(_ numbers: UnitNumbers) -> HTML {
        if numbers.feedback.isEmpty { return "" }
        let shared = ReporterTexts[parts.language]
        let rows = Feedback.allCases.map { feedback in
            let count = numbers.feedback.first { $0.code == "feedback-\(feedback.rawValue)" }?.cases ?? 0
            return row([shared.answers[feedback] ?? "", "\(count)"])
        }
        return table(shared.saidBy, [shared.feedbackOf, text.cases], rows)
    }

    private func trend(_ numbers: UnitNumbers) -> HTML {
        let most = numbers.months.map(\.received).max() ?? 0
        let bars = numbers.months.enumerated().map { index, month -> HTML in
            let height = most == 0 ? 0 : month.received * 100 / most
            let x = index * 50 + 8
            return """
                <rect x="\(x)" y="\(120 - height)" width="34" height="\(height)" rx="3" fill="var(--accent)"/>\
                <text x="\(x + 17)" y="\(114 - height)" text-anchor="middle" fill="var(--ink)">\(month.received)</text>\
                <text x="\(x + 17)" y="140" text-anchor="middle" fill="var(--ink-soft)">\(String(month.month.description.suffix(2)))</text>
                """
        }
        let rows = numbers.months.map {
            row([parts.language.monthAndYear($0.month.first), "\($0.received)", "\($0.ended)"])
        }
        return """
            <section class="stack"><h2>\(text.trend)</h2><svg class="chart" viewBox="0 -10 600 158" role="img" \
            aria-label="\(text.trendText(most))"><path d="M0 120.5H600" stroke="var(--line-strong)"/>\
            <g font-size="13">\(bars)</g></svg>\(table(nil, [text.month, text.received, text.ended], rows))</section>
            """
    }

    private func table(_ title: String?, _ columns: [String], _ rows: [HTML]) -> HTML {
        let heads = columns.map { "<th scope=\"col\">\($0)</th>" as HTML }
        let table: HTML = """
            <div class="scroll" tabindex="0" role="region" aria-label="\(title ?? text.trend)"><table class="num"><thead><tr>\
            \(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
        return title.map { "<section class=\"stack\"><h2>\($0)</h2>\(table)</section>" } ?? table
    }

    private func row(_ cells: [String]) -> HTML {
        "<tr>\(cells.enumerated().map { index, cell -> HTML in index == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td>\(cell)</td>" })</tr>"
    }
}
