import DeviationsCore
import HTTPTypes
import ModuleKit

/// A case on the desk: its clock, its history and what can be done, with the list beside it.
struct CaseView: Sendable {
    let stored: StoredDeviation
    let entries: [TimelineEntry]
    let files: [CaseFile]
    let people: [String: Person]
    let consultations: [Consultation]
    let masks: [Mask]
    /// The reports that are part of it.
    let reports: [MergedReport]
    let list: DeskList
    let viewer: Viewer
    /// The form that the page comes after, when all went well.
    let taken: String?
    /// What can be put into a reply.
    let templates: [StoredTemplate]
    let sent: (path: String, form: FormData)?
    /// See `CaseActs`.
    let isSealed: Bool
    let way: ReRegistrationWay
    /// Cases likely about the same.
    let likely: [DeviationRow]

    private var deviation: Deviation { stored.deviation }
    private var parts: CaseParts { list.parts }
    private var text: CaseTexts { parts.text }
    private var desk: DeskTexts { DeskTexts[parts.language] }

    private func name(_ id: String) -> String {
        id == Deviation.nobody
            ? deviation.wasSentSignedOut
                ? SignedOutTexts[parts.language].sender
                : ReRegistrationTexts[parts.language].afterWithdrawal.lowercased() : people[id]?.name ?? id
    }

    private var acts: CaseActs {
        CaseActs(
            stored: stored, entries: entries, parts: parts, viewer: viewer, names: people.mapValues(\.name), sent: sent,
            isSealed: isSealed, way: way, address: list.query.address(after: list.query.after), templates: templates,
            seldom: casework.seldom,
            others: reports.map { $0.option(parts, name: parts.sender($0.reporter, people), in: deviation.id) }
        )
    }

    var page: Page {
        let content: HTML = """
            <div class="split open">\(list.html)<main class="case stack" id="main"><p class="back"><a \
            href="/deviations\(list.query.address())">\(desk.backToList)</a></p>\
            \(Self.told(taken, parts.language))\(heading)\(parts.progress(deviation))\(facts)\(signedOut)\
            <section class="stack tight"><h2>\(text.report)</h2>\(parts.report(deviation.report))</section>\
            \(parts.files(files, of: deviation.id, name: name))\
            \(casework.reports)\(casework.likely(likely))\(acts.html)\(casework.consulted(consultations))\(casework.hidden(masks))\(measures)\
            <section class="stack"><h2>\(text.history)</h2>\(parts.timeline(entries, name: name))</section>\
            \(parts.guideline(receivedAt: deviation.receivedAt))<p class="soft keys"><kbd>j</kbd> <kbd>k</kbd> \
            \(desk.keys) · <kbd>/</kbd> \(desk.searchButton) \
            <button class="link" type="button" data-keys hidden>\(desk.shortcuts)</button></p></main></div>
            """
        return Page(
            parts.numbers[stored].description, density: .desk, section: "/deviations",
            status: sent?.form.errors.isEmpty ?? true ? .ok : .unprocessableContent, content: content)
    }

    /// Says that a form was taken, and lets go of the browser's draft of it.
    ///
    /// - Parameter isLeaving: the case is on its way to whistleblowing.
    static func told(_ taken: String?, isLeaving: Bool = false, _ language: Language) -> HTML {
        guard let taken else { return "" }
        let text = ToldTexts[language]
        if taken == BulkPages.nothing {
            return "<p class=\"told late\" role=\"alert\">\(BulkTexts[language].none)</p>"
        }
        if isLeaving, let id = taken.split(separator: "/").first.map(String.init) {
            return """
                <div class="told stack tight" role="status" data-draft-sent="deviations.\(taken)"><p>\(text.leaving)</p>\
                <p><a href="/deviations/\(id)">\(text.leavingCase)</a></p></div>
                """
        }
        return "<p class=\"told\" role=\"status\" data-draft-sent=\"deviations.\(taken)\">\(text.told(taken))</p>"
    }

    private var casework: CaseworkView {
        CaseworkView(
            stored: stored, files: files, parts: parts, viewer: viewer, name: name, sent: sent,
            address: list.query.address(after: list.query.after))
    }

    private var heading: HTML {
        """
        <div class="stack tight"><p class="soft"><span class="num">\(parts.numbers[stored].description)</span> · \(text.received.lowercased()) \
        \(parts.words(deviation.receivedAt))</p>\
        <h1>\(deviation.report.title)</h1></div>
        """
    }

    private var signedOut: HTML {
        deviation.wasSentSignedOut ? "<p class=\"note\">\(SignedOutTexts[parts.language].handling)</p>" : ""
    }

    private var facts: HTML {
        let reporter = people[deviation.reporter]
        let occurred = deviation.report.occurredOn.map {
            "<div><dt>\(text.occurred)</dt><dd>\(parts.words($0))</dd></div>" as HTML
        }
        return """
            <dl class="facts">\(parts.deadlines(deviation))<div><dt>\(text.handler)</dt><dd>\(deviation.handler.map(name) ?? text.noHandler)</dd></div>\
            <div><dt>\(text.unit)</dt><dd>\(parts.unit(deviation.unit))</dd></div>\
            <div><dt>\(text.reporter)</dt><dd>\(name(deviation.reporter))\(if: reporter?.affiliation == .student, ", \(desk.student)")</dd></div>\
            \(if: deviation.triage?.holdsSensitiveData ?? false, "<div><dt>\(text.privacy)</dt><dd><span class=\"tag due\">\(text.sensitive)</span></dd></div>")\
            <div><dt>\(text.category)</dt><dd>\(parts.category(deviation.report.category))</dd></div>\
            <div><dt>\(text.environment)</dt><dd>\(parts.environment(deviation.report.environment))</dd></div>\
            <div><dt>\(text.campus)</dt><dd>\(parts.campus(deviation.report.campus))</dd></div>\(occurred)\(casework.facts)</dl>
            """
    }

    private var measures: HTML {
        guard !deviation.measures.isEmpty else { return "" }
        let items = deviation.measures.map { measure -> HTML in
            let state: HTML =
                measure.isDone
                ? "<span class=\"tag done\">\(text.measureDone)</span>"
                : "<span class=\"tag\(if: measure.dueOn < parts.today, " late")\(if: measure.dueOn >= parts.today, " due")\">\(parts.words(measure.dueOn))</span>"
            return """
                <li class="card"><div class="stack tight">\(HTML.paragraphs(measure.action))<p>\(state) \
                <span class="soft">\(desk.owner): \(name(measure.owner))\(if: measure.isMoved && !measure.isDone, " · \(text.measureMoved)")</span></p>\
                \(if: !measure.cause.isEmpty, "<div class=\"soft\"><p>\(MeasureTexts[parts.language].against):</p>\(HTML.paragraphs(measure.cause))</div>")\
                \(measure.effect.map { HTML.paragraphs($0) })</div>\(acts.measureForms(measure))</li>
                """
        }
        return "<section class=\"stack\"><h2>\(text.measures)</h2><ul class=\"cards\">\(items)</ul></section>"
    }
}
