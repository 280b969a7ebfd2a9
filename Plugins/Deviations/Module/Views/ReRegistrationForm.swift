import DeviationsCore
import ModuleKit

/// The fields by which a report, or a part of it, leaves for whistleblowing, and by which a withdrawn one is decided.
struct ReRegistrationForm: Sendable {
    let entries: [TimelineEntry]
    let parts: CaseParts
    let view: FormView
    /// False where other reports are part of the case.
    let canStop: Bool
    /// The reports that are part of the case.
    let others: [FormView.Option]
    var way = ReRegistrationWay.oneStep

    private var text: ReRegistrationTexts { ReRegistrationTexts[parts.language] }
    private var desk: DeskTexts { DeskTexts[parts.language] }

    /// Not kept in the browser: what stands there is another's story.
    var triage: HTML {
        guard way == .oneStep else { return asked }
        let options = [
            FormView.Option("no", desk.no), FormView.Option("yes", text.whole), FormView.Option("part", text.part),
        ]
        return """
            <div class="stack" data-no-draft>\(view.radios("isCensurable", legend: "\(desk.isCensurable)", options: options))\
            <div class="stack when-part"><p class="note">\(text.partHint)</p>\
            \(view.text("keptTitle", label: text.keptTitle, limit: 200))\
            \(view.area("keptText", label: text.keptText, rows: 6, limit: 20_000))\
            \(view.area("whistleblowText", label: text.whistleblowText, hint: text.whistleblowTextHint, rows: 6, limit: 20_000))\
            \(words)</div>\
            <div class="stack when-censurable"><p class="note">\(text.whatHappens)</p>\(along)\
            \(view.area("reason", label: text.reason, hint: text.reasonHint, rows: 4, limit: 20_000))</div></div>
            """
    }

    /// Where only the reporter takes it to whistleblowing.
    private var asked: HTML {
        let answers = [FormView.Option("yes", desk.yes), FormView.Option("no", desk.no)]
        return """
            \(view.radios("isCensurable", legend: "\(desk.isCensurable)", options: answers))\
            <p class="note when-censurable">\(text.byReporter)</p>
            """
    }

    var afterWithdrawal: HTML {
        let options = (canStop ? [FormView.Option("no", text.stop)] : []) + [FormView.Option("yes", text.goOn)]
        return """
            <div class="stack" data-no-draft><p>\(text.withdrawnNote)</p>\
            \(view.radios("goesOn", legend: "\(text.goesOn)", options: options))\
            <div class="stack when-goes-on">\(view.area("reason", label: text.goOnReason, rows: 3, limit: 20_000))\
            <p class="note">\(text.goOnHint)</p>\(view.text("keptTitle", label: text.keptTitle, limit: 200))\
            \(view.area("keptText", label: text.keptText, rows: 6, limit: 20_000))\(words)</div></div>\
            <button class="button">\(text.decide)</button>
            """
    }

    /// Which of the reports that are part of the case go with it.
    var along: HTML {
        guard !others.isEmpty else { return "" }
        let every = FormView.Option(ReRegister.everyReport, text.everyReport)
        return view.checkboxes(
            Field.along.rawValue, legend: "\(text.along)", hint: text.alongHint, options: [every] + others)
    }

    /// The steps that have words, to be left or not.
    private var words: HTML {
        let options = entries.enumerated().filter { !$0.element.text.isEmpty }.map { place, entry in
            FormView.Option(
                "\(place)", parts.text.steps[entry.kind]?("") ?? entry.kind.rawValue,
                hint: String(entry.text.prefix(200)))
        }
        guard !options.isEmpty else { return "" }
        return view.checkboxes("keptSteps", legend: "\(text.keptSteps)", hint: text.keptStepsHint, options: options)
    }

    /// What the officer who alone has the case sees of its way.
    func leaving(isSealed: Bool, again: HTML) -> HTML {
        let undo: HTML = """
            <button class="button quiet" name="callBack" value="yes">\(text.callBack)</button>
            """
        return """
            <h2>\(isSealed ? text.onItsWay : text.notSealed)</h2><p>\(isSealed ? text.onItsWayHint : text.notSealedHint)</p>\
            \(if: !isSealed, again)\(undo)
            """
    }
}
