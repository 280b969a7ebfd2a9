import Attachments
import CalendarKit
import EventKit
import ModuleKit
import WhistleblowingCore

/// What a reporter sees of their case: how far it is, the conversation, and a place to write.
struct Dialogue: Sendable {
    let whistleblow: Whistleblow
    let entries: [Entry]
    let form: FormData
    let deadlines: Deadlines
    /// Of files.
    let limits: Attachments.Limits
    let told: String?
    /// For what there was no room.
    let full: Full?
    let visit: Visit
    let exit: String

    private var text: DialogueTexts { DialogueTexts[visit.language] }
    private var shared: SharedTexts { SharedTexts[visit.language] }
    private var today: CivilDate { Oslo.date(at: visit.now) }

    private func words(_ date: CivilDate) -> String { visit.language.words(date, today: today) }

    var page: Page {
        let view = FormView(form, visit: visit)
        let deletion = deadlines.warnsOfDeletion(whistleblow, on: today) ? whistleblow.deleteOn : nil
        let content: HTML = """
            \(told.map { "<p class=\"told\" role=\"status\" data-start>\($0)</p>" as HTML })<div class="stack tight"><h1>\(text.title)</h1>\
            <p class="soft">\(text.lead)</p></div>\(view.summary)\(if: full != nil, help)\
            \(deletion.map { "<p class=\"note care\">\(text.deletion(words($0)))</p>" as HTML })\
            <dl class="facts">\(facts)</dl><section class="stack"><h2>\(text.dialogue)</h2>\(conversation)</section>\(filesForm)\(writing(view))\
            <section class="stack tight"><h2>\(text.report)</h2>\(report)</section><p class="soft">\(text.leave)</p>\(if: full == nil, help)
            """
        return DiscreetForm.page(content, hasErrors: !form.errors.isEmpty, full: full, exit: exit)
    }

    /// The ombud, and whom else one can turn to at the campus (V6).
    private var help: HTML {
        HelpPanel(visit.access.chart, campus: whistleblow.campus, language: visit.language).html
    }

    private var facts: HTML {
        let acknowledged =
            whistleblow.acknowledgedOn.map { (shared.acknowledged, $0) } ?? (
                shared.acknowledgeBy, deadlines.acknowledge(whistleblow)
            )
        let feedback =
            whistleblow.feedbackOn.map { (shared.feedbackGiven, $0) } ?? (
                shared.feedbackBy, deadlines.feedback(whistleblow)
            )
        let concluded = whistleblow.concludedOn.map { [(shared.concluded, $0)] } ?? []
        let lines = [(shared.received, whistleblow.receivedOn), acknowledged, feedback] + concluded
        return "\(lines.map { "<div><dt>\($0.0)</dt><dd>\(words($0.1))</dd></div>" as HTML })"
    }

    private var conversation: HTML {
        let said = entries.filter { !$0.kind.isPrivate && $0.kind != .received }
        let items = said.map { entry -> HTML in
            """
            <li><div><p><b>\(entry.kind == .answered ? text.me : text.keepers)</b> \(text.steps[entry.kind] ?? "") \
            <span class="soft">\(words(entry.on))</span></p><div class="bubble">\(HTML.paragraphs(entry.text))\(files(entry))</div></div></li>
            """
        }
        return said.isEmpty ? "<p class=\"soft\">\(text.nothingYet)</p>" : "<ol class=\"time\">\(items)</ol>"
    }

    private func writing(_ view: FormView) -> HTML {
        let fields: HTML = """
            \(view.area("text", label: text.write, hint: text.writeHint, rows: 5, limit: 20_000))\
            \(view.files(limits: limits, warning: ReportTexts[visit.language].filesHint))\
            <div class="actions"><button class="button" name="go" value="write">\(text.writeButton)</button>\
            <button class="button quiet" name="go" value="look">\(text.again)</button></div>
            """
        return DiscreetForm(visit: visit).html("case", hidden: view.hidden(["code", "case"]), fields, files: true)
    }

    /// Sent as forms of their own: the code must not stand in an address.
    private func files(_ entry: Entry) -> HTML {
        guard !entry.files.isEmpty else { return "" }
        let hidden = FormView(form, visit: visit).hidden(["code", "case"])
        let items = entry.files.map { file -> HTML in
            let picture = DiscreetForm(visit: visit).html(
                "case", hidden: hidden,
                """
                <button class="link" name="go" value="look-\(file.id)">\(text.look)\
                <span class="visually-hidden">: \(file.name)</span></button>
                """, languages: false)
            return """
                <li>\(FileLine.sign(file.type))<span><button class="link" name="go" value="file-\(file.id)" form="files-form">\(file.name)</button>\
                <span class="soft">\(FileLine.summary(file.type, file.size, visit.language))</span>\
                \(if: file.preview != nil, picture)</span></li>
                """
        }
        return "<ul class=\"files\">\(items)</ul>"
    }

    /// What the names of files send. It has no script: what it is answered with is saved.
    private var filesForm: HTML {
        """
        <form method="post" action="\(ReporterPages.path)" id="files-form">\(FormView(form, visit: visit).hidden(["code", "case"]))\
        <input type="hidden" name="_token" value="\(visit.formToken ?? "")"><input type="hidden" name="step" value="case"></form>
        """
    }

    private var report: HTML {
        let report = whistleblow.content.report
        guard whistleblow.content.origin != .escalation else { return "<p>\(text.stepsOnly)</p>" }
        return """
            <p class="soft">\(shared.category(report.category))\(report.occurredOn.map { " · \(shared.occurred.lowercased()) \(words($0))" as HTML })</p>\
            <p><b>\(report.title)</b></p>\(HTML.paragraphs(report.description))\
            \(entries.filter { $0.kind == .received }.map(files))
            """
    }
}
