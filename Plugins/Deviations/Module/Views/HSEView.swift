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
    /// Days after such a time at which it is counted.
    let countAfterDays: Int
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
        return "<p class=\"told\" role=\"status\">\(stored) \(text.counted(countAfterDays))</p>"
    }

    private var faults: HTML {
        guard let result, !result.faults.isEmpty else { return "" }
        let messages = ErrorMessages(language: visit.language)
        // Rows with the same fault stand together.
        var groups: [(fault: [String], lines: [Int])] = []
        for fault in result.faults {
            let field = fault.problem.field
            let value = field == .reference ? "" : result.drafts[fault.line]?.value(field) ?? ""
            let same = [field.rawValue, value, messages.message(fault.problem)]
            if let at = groups.firstIndex(where: { $0.fault == same }) {
                groups[at].lines.append(fault.line)
            } else {
                groups.append((same, [fault.line]))
            }
        }
        let rows = groups.map { group -> HTML in
            """
            <tr><th scope="row">\(lines(group.lines, result))</th><td data-label="\(text.column)">\(group.fault[0])</td>\
            <td data-label="\(text.value)"><code>\(group.fault[1])</code></td><td>\(group.fault[2])</td></tr>
            """
        }
        return """
            <section class="stack tight" id="faults" tabindex="-1"><h2>\(text.faults)</h2>\(if: !result.isStored, "<p>\(text.kept)</p>")\
            <div class="scroll" tabindex="0" role="region" aria-label="\(text.faults)"><table class="stacked"><thead><tr><th scope="col">\(text.line)</th>\
            <th scope="col">\(text.column)</th><th scope="col">\(text.value)</th><th scope="col">\(text.fault)</th></tr></thead>\
            <tbody>\(rows)</tbody></table></div></section>
            """
    }

    /// The first lines by number and reference, and how many more there are.
    private func lines(_ lines: [Int], _ result: HSEPages.Result) -> String {
        let named = lines.prefix(5).map { line in
            let reference = result.drafts[line]?.reference ?? ""
            return reference.isEmpty ? "\(line)" : "\(line) (\(reference))"
        }
        let rest = lines.count - named.count
        return named.joined(separator: ", ") + (rest > 0 ? " \(text.more(rest))" : "")
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

extension HSEDraft {
    /// What was typed for the field.
    fileprivate func value(_ field: Field) -> String {
        switch field {
        case .date: date
        case .unit: unit
        case .campus: campus
        case .environment: environment
        case .status: status
        default: ""
        }
    }
}
