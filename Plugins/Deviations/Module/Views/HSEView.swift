import CalendarKit
import DeviationsCore
import HTTPTypes
import Hummingbird
import ModuleKit

/// The page on which references to HSE deviations are brought in: rows to paste, what is wrong with which, what came of them.
struct HSEView: Sendable {
    let form: FormData
    /// Of the table that was sent; nil before.
    let result: HSEPages.Result?
    /// How many there are.
    let total: Int
    /// Codes of those that may stand in a row.
    let units: Set<String>
    let visit: Visit
    /// The reference that is to be taken back, before that is confirmed.
    var found: HSEDeviation?
    /// Whether one has just been taken back.
    var isRemoved = false

    private var text: HSETexts { HSETexts[visit.language] }
    private var chart: OrganisationChart { visit.access.chart }

    var response: Response {
        let view = FormView(form, visit: visit)
        let isPart = result.map { !$0.faults.isEmpty } ?? false
        return SetupPage.response(
            visit, HSEPages.path, text.title, status: form.errors.isEmpty ? .ok : .unprocessableContent,
            """
            \(told)\(view.summary)<p class="soft">\(text.lead)</p><p>\(text.count): <b class="num">\(total)</b></p>\
            \(faults)<form method="post" action="\(HSEPages.path)" class="stack" novalidate>\(view.token)\
            \(view.area("rows", label: text.rows, hint: text.rowsHint, rows: 12))\
            \(if: isPart, view.checkboxes("onlyRight", legend: "", options: [.init("yes", text.onlyRight)]))\
            <div class="actions"><button class="button">\(text.send)</button></div></form>\(codes)\(removal(view))
            """)
    }

    /// Found first, and taken back when what is shown is the right one.
    private func removal(_ view: FormView) -> HTML {
        let isOpen = found != nil || form.error("reference") != nil
        let shown = found.map { found -> HTML in
            """
            <dl class="facts"><div><dt>\(text.reference)</dt><dd>\(found.reference)</dd></div>\
            <div><dt>\(text.reported)</dt><dd>\(visit.language.words(found.reportedOn, today: Oslo.date(at: visit.now)))</dd></div>\
            <div><dt>\(text.unit)</dt><dd>\(chart.unit(found.unit)?.names[visit.language] ?? found.unit)</dd></div></dl>\
            \(view.hidden(["reference", "version"]))
            """
        }
        let field = shown ?? view.text("reference", label: text.reference, limit: 64)
        return """
            <details class="fold"\(if: isOpen, " open")><summary>\(text.removal)</summary>\
            <form method="post" action="\(HSEPages.path)/removal" class="stack" novalidate>\(view.token)<p>\(text.removalLead)</p>\(field)\
            <div class="actions"><button class="button quiet">\(found == nil ? text.find : text.remove)</button></div></form></details>
            """
    }

    private var told: HTML {
        if isRemoved { return "<p class=\"told\" role=\"status\">\(text.removed)</p>" }
        guard let result, result.isStored else { return "" }
        let stored = text.stored(result.count(.new), result.count(.changed), result.count(.unchanged))
        return "<p class=\"told\" role=\"status\">\(stored)</p>"
    }

    private var faults: HTML {
        guard let result, !result.faults.isEmpty else { return "" }
        let messages = ErrorMessages(language: visit.language)
        let rows = result.faults.map { fault -> HTML in
            """
            <tr><th scope="row">\(fault.line)</th><td>\(fault.problem.field.rawValue)</td>\
            <td>\(messages.message(fault.problem))</td></tr>
            """
        }
        return """
            <section class="stack tight"><h2>\(text.faults)</h2>\(if: !result.isStored, "<p>\(text.kept)</p>")\
            <div class="scroll" tabindex="0" role="region" aria-label="\(text.faults)"><table><thead><tr><th scope="col">\(text.line)</th>\
            <th scope="col">\(text.column)</th><th scope="col">\(text.fault)</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }

    /// What may stand in a row.
    private var codes: HTML {
        let columns = HSETable.columns.map(\.rawValue).joined(separator: ";")
        let unit = units.sorted().first ?? ""
        let campus = chart.campuses.first?.id ?? ""
        let environments = Environment.allCases.map { side -> (String, String) in
            (side.rawValue, ReportTexts[visit.language].environments[side]?.name ?? side.rawValue)
        }
        return """
            <details class="fold"><summary>\(text.codes)</summary><div class="stack"><p>\(text.example):</p>\
            <pre>\(columns)
            HMS-2026-0117;2026-11-02;\(unit);\(campus);physical;open</pre>\
            \(list(text.units, units.sorted().map { ($0, chart.unit($0)?.names[visit.language] ?? $0) }))\
            \(list(text.campuses, chart.campuses.map { ($0.id, $0.names[visit.language]) }))\
            \(list(text.parts, environments))</div></details>
            """
    }

    private func list(_ title: String, _ codes: [(String, String)]) -> HTML {
        let items = codes.map { "<li><code>\($0.0)</code> \($0.1)</li>" as HTML }
        return "<h3>\(title)</h3><ul>\(items)</ul>"
    }
}
