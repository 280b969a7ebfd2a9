import CalendarKit
import EventKit
import Foundation
import Hummingbird
import ModuleKit

/// The auditor's page.
struct AuditView {
    let visit: Visit
    /// What is looked for, as it was typed.
    let form: FormData
    let people: [String: Person]

    private var text: AuditTexts { AuditTexts[visit.language] }

    func page(_ lines: [AuditList.Line], next: String?, anchors: [AuditAnchor], report: AuditVerification.Report?)
        -> Response
    {
        let view = FormView(form, visit: visit)
        let fields: HTML = """
            \(view.text("object", label: text.object, hint: text.objectHint))\(view.text("person", label: text.person, hint: text.personHint))\
            \(view.text("from", label: text.from, type: "date"))\(view.text("to", label: text.to, type: "date"))
            """
        return AdminPage.response(
            visit, AuditPages.path, text.title, status: form.errors.isEmpty ? .ok : .badRequest,
            """
            \(view.summary)<p class="soft lead">\(text.lead)</p>\(chain(anchors, report))\
            <form method="get" action="\(AuditPages.path)" class="stack tight" role="search"><div class="columns">\(fields)</div>\
            <div class="actions"><button class="button">\(text.show)</button>\
            <a class="button quiet" href="\(address("/export"))" download>\(text.take)</a></div></form>\
            \(table(lines))\(next.map { "<p><a class=\"button quiet\" href=\"\(address("", after: $0))\">\(text.older)</a></p>" as HTML })
            """)
    }

    private func address(_ end: String, after: String? = nil) -> String {
        let names = ["object", "person", "from", "to"].filter { !form[$0].isEmpty }
        let parts = names.map { ($0, form[$0]) } + (after.map { [("after", $0)] } ?? [])
        let query = parts.map { "\($0)=\(Self.encoded($1))" }.joined(separator: "&")
        return AuditPages.path + end + (query.isEmpty ? "" : "?\(query)")
    }

    private static func encoded(_ value: String) -> String {
        value.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~/")))
            ?? ""
    }

    private func link(_ name: String, _ value: String) -> HTML {
        "<a href=\"\(AuditPages.path)?\(name)=\(Self.encoded(value))\"><code>\(value)</code></a>"
    }

    private func table(_ lines: [AuditList.Line]) -> HTML {
        if lines.isEmpty { return "<p class=\"empty\">\(text.none)</p>" }
        let heads = text.columns.map { "<th scope=\"col\">\($0)</th>" as HTML }
        let rows = lines.map { line -> HTML in
            let cells: [HTML] = [
                "\(moment(line.at))", "\(line.isLook ? text.look : text.decision)", "<code>\(line.act)</code>",
                link("object", line.object), who(line.actor), way(line.way),
            ]
            return "<tr>\(zip(text.columns, cells).map { "<td data-label=\"\($0)\">\($1)</td>" as HTML })</tr>"
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(text.title)"><table class="stacked"><thead><tr>\(heads)</tr></thead>\
            <tbody>\(rows)</tbody></table></div>
            """
    }

    private func who(_ id: String?) -> HTML {
        guard let id else { return "\(text.nobody)" }
        return "\(people[id].map { "\($0.name) " as HTML })\(link("person", id))"
    }

    /// What is none of the ways is a token's id.
    private func way(_ way: String) -> HTML { text.ways[way].map { "\($0)" } ?? "API <code>\(way)</code>" }

    private func moment(_ time: Timestamp) -> String {
        let local = Oslo.local(at: time)
        let minute = local.minute < 10 ? "0\(local.minute)" : "\(local.minute)"
        return "\(visit.language.short(local.date, today: Oslo.date(at: visit.now))) \(local.hour):\(minute)"
    }

    private func chain(_ anchors: [AuditAnchor], _ report: AuditVerification.Report?) -> HTML {
        let rows = anchors.map {
            "<tr><td class=\"num\">\($0.day.description)</td><td><code>\($0.hash)</code></td></tr>" as HTML
        }
        let table: HTML = """
            <div class="scroll" tabindex="0" role="region" aria-label="\(text.anchors)"><table><thead><tr><th scope="col">\(text.day)</th>\
            <th scope="col">\(text.hash)</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
        return """
            <details class="fold" id="chain"\(if: report != nil, " open")><summary>\(text.chain)</summary><div class="stack">\
            \(report.map(found))<p class="soft">\(text.chainText)</p>\
            <form method="post" action="\(AuditPages.path)/verification#chain">\(FormView(FormData(), visit: visit).token)\
            <button class="button quiet">\(text.check)</button></form><h2>\(text.anchors)</h2><p class="soft">\(text.anchorsText)</p>\
            \(if: rows.isEmpty, "<p>\(text.noAnchors)</p>")\(if: !rows.isEmpty, table)</div></details>
            """
    }

    private func found(_ report: AuditVerification.Report) -> HTML {
        if let fault = report.fault {
            let said = text.faults[fault.kind]?(fault.position) ?? fault.kind.rawValue
            return
                "<div class=\"note care stack tight\" role=\"alert\"><p><b>\(said)</b></p><p>\(text.faultHint)</p></div>"
        }
        guard let first = report.first, let last = report.last else {
            return "<p class=\"told\" role=\"status\">\(text.whole)</p>"
        }
        func day(_ time: Timestamp) -> String {
            let today = Oslo.date(at: visit.now)
            return visit.language.words(Oslo.date(at: time), today: today)
        }
        return "<p class=\"told\" role=\"status\">\(text.wholeFrom(day(first), day(last)))</p>"
    }
}
