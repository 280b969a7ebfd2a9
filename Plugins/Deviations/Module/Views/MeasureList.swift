import DeviationsCore
import EventKit
import HTTPTypes
import ModuleKit

/// The page with somebody's own measures: to be done, to be looked at, done.
struct MeasureList: Sendable {
    let measures: [OwnMeasure]
    let parts: CaseParts
    /// The form that was sent and came back with errors: `{measure}/{act}`.
    let sent: (path: String, form: FormData)?
    /// Whether the page comes after a form that was taken.
    let isDone: Bool
    /// Whether the viewer starts measures without a case.
    let startsCentral: Bool

    /// What the form for a central measure is called among those that come back.
    static let start = "start"

    /// Whom a central measure can be for.
    static func units(_ chart: OrganisationChart) -> [Unit] {
        chart.units.filter { [.institution, .faculty].contains($0.kind) }
    }

    private var text: MeasureTexts { MeasureTexts[parts.language] }
    private var desk: DeskTexts { DeskTexts[parts.language] }

    var page: Page {
        let unfinished = measures.filter { !$0.measure.isDone }
        let done = measures.filter(\.measure.isDone)
        let content: HTML = """
            <main class="page stack loose" id="main">\
            \(if: isDone, "<p class=\"told\" role=\"status\">\(desk.done)</p>")\
            <div class="stack tight"><h1>\(text.title)</h1><p class="soft">\(text.lead)</p></div>\
            \(if: startsCentral, starting)\(if: measures.isEmpty, "<p>\(text.empty)</p>")\
            \(section(text.unfinished, unfinished))\(section(text.unchecked, done.filter { $0.measure.effect == nil }))\
            \(section(text.checked, done.filter { $0.measure.effect != nil }))</main>
            """
        return Page(
            text.title, section: MeasurePages.path, status: sent == nil ? .ok : .unprocessableContent, content: content)
    }

    private var starting: HTML {
        let isSent = sent?.path == Self.start
        let view = FormView(isSent ? sent?.form ?? FormData() : FormData(), visit: parts.visit, prefix: "central-")
        let units = Self.units(parts.visit.access.chart).map { FormView.Option($0.id, $0.names[parts.language]) }
        return """
            <div class="acts"><details\(if: isSent, " open")><summary>\(text.startCentral)</summary>\
            <form method="post" action="\(MeasurePages.path)" class="stack" novalidate>\(if: isSent, view.summary)\(view.token)\
            <p class="soft">\(text.centralHint)</p>\(view.select("unit", label: text.centralFor, empty: desk.choose, options: units))\
            \(view.area("action", label: desk.action, rows: 3, limit: 20_000))\
            \(view.area("cause", label: desk.measureCause, rows: 2, limit: 20_000))\
            \(view.text("dueOn", label: desk.dueOn, type: "date"))<button class="button">\(desk.measureButton)</button></form></details></div>
            """
    }

    private func section(_ title: String, _ measures: [OwnMeasure]) -> HTML {
        guard !measures.isEmpty else { return "" }
        return """
            <section class="stack"><h2>\(title)</h2><ul class="cards">\(measures.map(card))</ul></section>
            """
    }

    private func card(_ own: OwnMeasure) -> HTML {
        let measure = own.measure
        return """
            <li class="card"><div class="stack tight"><div class="title">\(HTML.paragraphs(measure.action))</div>\
            <p>\(state(measure)) <span class="soft">\(parts.unit(own.unit))\(if: own.isCentral, " · \(text.central)")</span></p>\
            \(if: !measure.cause.isEmpty, "<div class=\"soft\"><p>\(text.against):</p>\(HTML.paragraphs(measure.cause))</div>")\
            \(measure.effect.map { HTML.paragraphs($0) })</div>\(form(measure))</li>
            """
    }

    private func state(_ measure: Measure) -> HTML {
        if let at = measure.completedAt { return "<span class=\"tag done\">\(text.doneOn(parts.words(at)))</span>" }
        return parts.clock(.assigned, deadline: measure.dueOn)
    }

    private func form(_ measure: Measure) -> HTML {
        let act: MeasureAct = measure.isDone ? .effect : .completion
        let path = "\(measure.id)/\(act.rawValue)"
        let isSent = sent?.path == path
        guard measure.effect == nil || isSent else { return "" }
        let view = FormView(
            isSent ? sent?.form ?? FormData() : FormData(), visit: parts.visit, prefix: "\(measure.id)-")
        let fields: HTML =
            act == .completion
            ? "\(view.area("effect", label: desk.effect, hint: desk.effectHint, rows: 2, limit: 20_000))<button class=\"button\">\(desk.completeButton)</button>"
            : "\(view.area("effect", label: text.effectLabel, hint: text.effectHint, rows: 2, limit: 20_000))<button class=\"button\">\(text.effectButton)</button>"
        return """
            <div class="acts"><details\(if: isSent, " open")><summary>\(act == .completion ? desk.complete : text.effectLabel)</summary>\
            <form method="post" action="\(MeasurePages.path)/\(path)" class="stack" novalidate>\(if: isSent, view.summary)\(view.token)\
            \(fields)</form></details></div>
            """
    }
}
