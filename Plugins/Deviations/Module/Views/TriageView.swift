import DeviationsCore
import HTTPTypes
import ModuleKit

/// The desk for triage: the queue, the report on top of it, three questions and one outcome.
struct TriageView: Sendable {
    let queue: [DeviationRow]
    let chosen: StoredDeviation?
    let people: [String: Person]
    /// The reports that are part of the chosen one.
    let reports: [MergedReport]
    let parts: CaseParts
    let way: ReRegistrationWay
    /// The form that came back with errors.
    let sent: FormData?
    /// What came of the form before.
    let told: HTML

    private var text: OverviewTexts { OverviewTexts[parts.language] }
    private var desk: DeskTexts { DeskTexts[parts.language] }

    var page: Page {
        let rows = queue.map { row -> HTML in
            """
            <a class="row" href="\(TriagePages.path)?case=\(row.id)"\(if: row.id == chosen?.deviation.id, " aria-current=\"true\"")><b>\(row.title)</b>\
            \(parts.clock(.received, deadline: row.deadline))<small><span class="num">\(row.number.description)</span> · \
            \(parts.short(row.unit))</small></a>
            """
        }
        let content: HTML = """
            <div class="split\(if: chosen != nil, " open")"><section class="list" aria-label="\(text.triageTitle)">\(rows)</section>\
            <main class="case stack" id="main">\(told)\
            \(chosen.map(report) ?? nothing)</main></div>
            """
        return Page(
            text.triageTitle, density: .desk, section: "/deviations", status: sent == nil ? .ok : .unprocessableContent,
            content: content)
    }

    private var nothing: HTML {
        "<div class=\"empty\"><h1>\(text.triageEmpty)</h1><p>\(text.triageEmptyHint)</p><p><a href=\"/deviations\">\(desk.backToList)</a></p></div>"
    }

    private func report(_ stored: StoredDeviation) -> HTML {
        let deviation = stored.deviation
        let view = FormView(sent ?? FormData(), visit: parts.visit)
        let next = queue.drop { $0.id != deviation.id }.dropFirst().first
        return """
            <p class="soft"><a href="/deviations?view=triage">\(desk.backToList)</a>\
            \(next.map { " · <a href=\"\(TriagePages.path)?case=\($0.id)\">\(text.skip)</a>" as HTML })</p>\
            <div class="stack tight"><p class="soft"><span class="num">\(parts.numbers[stored].description)</span> · \
            \(parts.text.received.lowercased()) \(parts.words(deviation.receivedAt)) \
            \(parts.clock(deviation.status, deadline: deviation.deadline, isAlone: true))</p><h1>\(deviation.report.title)</h1><p class="soft">\(parts.unit(deviation.unit)) · \
            \(parts.category(deviation.report.category)) · \(parts.environment(deviation.report.environment))\
            \(if: deviation.wasSentSignedOut, " · \(SignedOutTexts[parts.language].sender)")</p></div>\
            \(parts.report(deviation.report))\(view.summary)\
            <form method="post" action="\(TriagePages.path)/\(deviation.id)" class="stack" novalidate>\
            \(questions(view))<div class="acts">\(TriagePages.outcomes(way).map { outcome($0, view, deviation) })</div>\
            \(if: way == .oneStep, "<p><a href=\"/deviations/\(deviation.id)?view=triage\">\(text.serious)</a></p>")\(view.token)<input type="hidden" name="version" value="\(stored.version)"></form>
            """
    }

    private func questions(_ view: FormView) -> HTML {
        let answers = [FormView.Option("yes", desk.yes), FormView.Option("no", desk.no)]
        return """
            <h2>\(desk.triage)</h2><p class="soft">\(desk.triageHint)</p>\
            \(view.radios("isDeviation", legend: "\(desk.isDeviation)", options: answers))\
            \(view.radios("holdsSensitiveData", legend: "\(desk.holdsSensitiveData)", options: answers))\
            \(view.radios("isCensurable", legend: "\(desk.isCensurable)", options: answers))\
            \(if: way == .byReporter, "<p class=\"note when-censurable\">\(ReRegistrationTexts[parts.language].byReporter)</p>")
            """
    }

    private func outcome(_ form: CaseForm, _ view: FormView, _ deviation: Deviation) -> HTML {
        let (title, fields, button) = words(for: form, view, deviation)
        let isOpen = sent?["outcome"] == form.rawValue
        return """
            <details data-key="\(form.key)"\(if: isOpen, " open")><summary>\(title) <kbd>\(form.key)</kbd></summary>\
            <div class="stack">\(fields)<button class="button" name="outcome" value="\(form.rawValue)">\(button)</button></div></details>
            """
    }

    private func words(
        for form: CaseForm, _ view: FormView, _ deviation: Deviation
    ) -> (title: String, fields: HTML, button: String) {
        switch form {
        case .assignments:
            let options = parts.candidates.handlers(for: deviation).map {
                FormView.Option($0, people[$0]?.name ?? $0)
            }
            let field = view.select(
                "handler", label: parts.text.handler, empty: desk.choose,
                options: options.sorted { $0.label < $1.label })
            return (desk.assign, field, desk.assignButton)
        case .forwardings:
            let options = parts.candidates.receptions(for: deviation).map {
                FormView.Option($0.id, $0.names[parts.language])
            }
            let fields: HTML = """
                <p class="soft">\(desk.forwardHint)</p>\
                \(view.select("unit", label: desk.forwardTo, empty: desk.choose, options: options))\
                \(view.area("forwardReason", label: desk.forwardReason, rows: 3, limit: 20_000))
                """
            return (desk.forward, fields, desk.forwardButton)
        case .triage:
            let departure = ReRegistrationTexts[parts.language]
            let fields: HTML = """
                <p class="note">\(departure.whatHappens)</p><div class="stack" data-no-draft>\(along(view))\
                \(view.area("whistleReason", label: departure.reason, hint: departure.reasonHint, rows: 4, limit: 20_000))</div>
                """
            let label = ReRegistrationTexts[parts.language].reRegister
            return (label, fields, label)
        default:
            let fields: HTML = """
                <p class="soft">\(desk.rejectHint)</p>\
                \(view.area("reason", label: desk.rejectReason, rows: 4, limit: 20_000))\(parts.recipient(of: deviation, view))
                """
            return (desk.reject, fields, desk.rejectButton)
        }
    }

    private func along(_ view: FormView) -> HTML {
        let others = reports.map {
            $0.option(parts, name: parts.sender($0.reporter, people), in: chosen?.deviation.id ?? "")
        }
        return ReRegistrationForm(entries: [], parts: parts, view: view, canStop: false, others: others).along
    }
}

extension CaseParts {
    /// To whom a report that is not ours belongs.
    func recipient(of deviation: Deviation, _ view: FormView) -> HTML {
        let shared = ReporterTexts[language]
        let options = candidates.outside.map { FormView.Option($0.id, $0.names[language]) }
        guard !options.isEmpty, !deviation.hasOthers else { return "" }
        return view.select(
            "recipient", label: shared.recipient, hint: shared.recipientHint, empty: shared.ours, options: options)
    }
}
