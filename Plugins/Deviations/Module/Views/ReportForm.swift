import Attachments
import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import ModuleKit

/// The report form: five steps at one address, what was typed carried along from step to step.
struct ReportForm: Sendable {
    enum Step: Int, CaseIterable, Sendable {
        /// The question before the form: what belongs to whistleblowing stops here.
        case door = 0
        case about, place, channels, tell, check

        /// The fields the step asks for.
        var fields: [Field] {
            switch self {
            case .door: [.serious]
            case .about: [.category, .environment]
            case .place: [.unit, .campus]
            case .channels: [.channelsTried, .channelsWhich, .channelsWhen, .channelsReason]
            case .tell:
                [
                    .title, .description, .occurredOn, .threshold, .people, .names, .onBehalf, .behalfStudent,
                    .behalfConsent,
                    .behalfReplies,
                ]
            case .check: []
            }
        }
    }

    let form: FormData
    let step: Step
    let categories: [(code: String, name: String)]
    let visit: Visit
    /// Of files.
    let limits: Attachments.Limits
    /// Those whom a report to the chosen unit would reach.
    let people: [Person]
    /// The reporter's own open cases about the same.
    let similar: [DeviationRow]
    /// Where the quick exit leads from the step that names violence and threats.
    let exit: String

    private var casework: CaseworkTexts { CaseworkTexts[visit.language] }
    private var text: ReportTexts { ReportTexts[visit.language] }
    private var view: FormView { FormView(form, visit: visit) }
    private var chart: OrganisationChart { visit.access.chart }
    private var isSignedOut: Bool { visit.viewer == nil }
    private var isEmployee: Bool { visit.viewer?.person.affiliation == .employee }

    /// Everything the form has ever asked for, as typed.
    static func draft(_ form: FormData) -> ReportDraft {
        var draft = ReportDraft()
        draft.serious = form[Field.serious.rawValue]
        draft.title = form[Field.title.rawValue]
        draft.description = form[Field.description.rawValue]
        draft.unit = form[Field.unit.rawValue]
        draft.campus = form[Field.campus.rawValue]
        draft.category = form[Field.category.rawValue]
        draft.environment = form[Field.environment.rawValue]
        draft.occurredOn = form[Field.occurredOn.rawValue]
        draft.threshold = form[Field.threshold.rawValue]
        switch form[Field.channelsTried.rawValue] {
        case "yes": draft.channelsTried = true
        case "no": draft.channelsTried = false
        default: draft.channelsTried = nil
        }
        draft.channelsWhich = form.all(Field.channelsWhich.rawValue)
        draft.channelsWhen = form[Field.channelsWhen.rawValue]
        draft.channelsReason = form[Field.channelsReason.rawValue]
        draft.people = form.all(Field.people.rawValue)
        draft.names = form[Field.names.rawValue]
        draft.isOnBehalf = form[Field.onBehalf.rawValue] == "yes"
        draft.behalfStudent = form[Field.behalfStudent.rawValue]
        draft.behalfConsent = form[Field.behalfConsent.rawValue]
        draft.behalfReplies = form[Field.behalfReplies.rawValue]
        return draft
    }

    /// `isAnswer`: whether it answers a step that was sent, and so cannot be gone back to as it is.
    func page(status filled: Bool, isAnswer: Bool) -> Page {
        let hidden =
            (isSignedOut ? ["case", SignedOutView.field] : step == .check ? ["case"] : ["case", "kept"])
            + Step.allCases.filter { $0 != step }.flatMap(\.fields).map(\.rawValue)
        let content: HTML = """
            <main class="page stack loose" id="main">\(if: step != .door, progress)\
            \(view.summary)\(if: isSignedOut && step == .door, SignedOutView(visit: visit).notice)<form method="post" action="/deviations/report" class="stack loose"\
            \(if: !isSignedOut, " data-draft=\"deviations.report\"")\
            \(if: step == .check && !isSignedOut, " enctype=\"multipart/form-data\"")\
            \(if: filled, " data-filled=\"yes\"")\(if: isAnswer, " data-step=\"\(min(step.rawValue, Step.tell.rawValue))\"") novalidate>\
            <div hidden>\(view.token)<input type="hidden" name="step" value="\(step.rawValue)">\
            \(view.hidden(hidden))</div>\(question)\(buttons)</form>\
            \(serious)</main>
            """
        var page = Page(
            title, section: nil, status: form.errors.isEmpty ? .ok : .unprocessableContent, content: content)
        if step == .door { page.leave = exit }
        return page
    }

    private static let counted = Step.allCases.filter { $0 != .door }

    private var progress: HTML {
        "<div><p class=\"soft\">\(text.step(step.rawValue, Self.counted.count))</p>\(bar)</div>"
    }

    private var bar: HTML {
        let items = Self.counted.map { item -> HTML in
            "<li\(if: item.rawValue < step.rawValue, " class=\"past\"")\(if: item == step, " class=\"now\"")></li>"
        }
        return "<ol class=\"steps\" aria-hidden=\"true\">\(items)</ol>"
    }

    private var title: String {
        switch step {
        case .door: DoorTexts[visit.language].page
        case .about: text.aboutTitle
        case .place: text.whereTitle
        case .channels: text.channelsTitle
        case .tell: text.tellTitle
        case .check: text.checkTitle
        }
    }

    private var buttons: HTML {
        """
        <div class="actions"><button class="button" name="go" value="\(step == .check ? "send" : "next")">\
        \(step == .check ? text.send : text.next)</button>\
        \(if: step != .door, "<button class=\"button quiet\" name=\"go\" value=\"back\">\(text.back)</button>")</div>
        """
    }

    private var serious: HTML {
        // The first step asks just that.
        let asked: HTML = "<h2>\(text.seriousTitle)</h2><p>\(text.seriousText)</p>"
        return """
            <div class="note care stack tight">\(if: step != .door, asked)\(Diversion.links(visit))</div>\
            \(HelpPanel(chart, campus: visit.viewer?.person.campus, language: visit.language).html)\(guideline)
            """
    }

    private var guideline: HTML {
        "<p class=\"soft\"><a href=\"/deviations/guideline\">\(CaseTexts[visit.language].guideline)</a></p>"
    }

    private var question: HTML {
        switch step {
        case .door: doorQuestion
        case .about: about
        case .place: place
        case .channels: channels
        case .tell: tell
        case .check: check
        }
    }

    /// Its answer is not kept in the browser either.
    private var doorQuestion: HTML {
        let text = DoorTexts[visit.language]
        let options = SeriousMatter.allCases.map { FormView.Option($0.rawValue, text.matters[$0] ?? $0.rawValue) }
        let none = FormView.Option(SeriousMatter.none, text.none)
        return """
            <div data-no-draft>\(view.radios(Field.serious.rawValue, legend: "<h1>\(text.title)</h1>", hint: text.hint, options: options + [none]))</div>
            """
    }

    private var about: HTML {
        let sides = Environment.allCases.map { side in
            FormView.Option(
                side.rawValue, text.environments[side]?.name ?? side.rawValue, hint: text.environments[side]?.hint)
        }
        let areas = categories.map { FormView.Option($0.code, $0.name, hint: text.categoryHints[$0.code]) }
        return """
            \(view.radios(Field.category.rawValue, legend: "<h1>\(text.aboutTitle)</h1>", hint: text.aboutHint, options: areas))\
            \(view.radios(Field.environment.rawValue, legend: "<h2>\(text.environmentTitle)</h2>", hint: text.environmentHint, options: sides))
            """
    }

    private var place: HTML {
        let candidates = Candidates(chart: chart, now: visit.now)
        let units = candidates.unitOptions(visit.language)
        let campuses = candidates.campusOptions(visit.language)
        return """
            <h1>\(text.whereTitle)</h1>\
            \(view.select(Field.unit.rawValue, label: text.unit, hint: text.unitHint, empty: text.unitEmpty, options: units, search: true))\
            \(view.radios(Field.campus.rawValue, legend: "<h2>\(text.campus)</h2>", options: campuses))
            """
    }

    private var channels: HTML {
        let offered = isEmployee ? Channel.forEmployees : Channel.forStudents
        let guidance = isEmployee ? text.channelsGuidanceForEmployees : text.channelsGuidance
        let names = offered.map { FormView.Option($0.rawValue, text.channelNames[$0] ?? $0.rawValue) }
        let tried = form[Field.channelsTried.rawValue]
        let answers = [FormView.Option("yes", text.triedYes), FormView.Option("no", text.triedNo)]
        return """
            \(view.radios(Field.channelsTried.rawValue, legend: "<h1>\(text.channelsTitle)</h1>", hint: text.channelsHint, options: answers))\
            \(if: !form.errors.isEmpty && tried != "yes", "<p class=\"note\">\(guidance)</p>")\
            <div class="stack when-yes">\(view.checkboxes(Field.channelsWhich.rawValue, legend: "\(text.which)", options: names))\
            \(view.text(Field.channelsWhen.rawValue, label: text.when, hint: text.whenHint, limit: 200))</div>\
            <div class="when-no">\(view.area(Field.channelsReason.rawValue, label: text.reason, hint: text.reasonHint, rows: 3))</div>
            """
    }

    private var tell: HTML {
        let thresholds = Threshold.allCases.map { FormView.Option($0.rawValue, text.thresholds[$0] ?? $0.rawValue) }
        let threshold = view.radios(
            Field.threshold.rawValue, legend: "\(text.threshold)", hint: text.thresholdHint, options: thresholds)
        return """
            <h1>\(text.tellTitle)</h1>\(view.text(Field.title.rawValue, label: text.titleLabel, hint: text.titleHint, limit: 200))\
            \(view.area(Field.description.rawValue, label: text.description, hint: text.descriptionHint, rows: 8, limit: 20_000))\
            \(view.text(Field.occurredOn.rawValue, label: text.occurredOn, hint: text.occurredOnHint, type: "date"))\
            \(if: isEmployee, threshold)\(named)\(if: !isSignedOut, behalf)\
            <p class="soft">\(text.privacy)</p>
            """
    }

    private var behalf: HTML {
        let isOpen = form[Field.onBehalf.rawValue] == "yes"
        return """
            <details\(if: isOpen, " open")><summary>\(casework.behalf)</summary><div class="stack">\
            <p class="hint">\(casework.behalfHint)</p>\
            \(view.checkboxes(Field.onBehalf.rawValue, legend: "\(casework.behalf)", options: [.init("yes", casework.behalfYes)]))\
            \(view.text(Field.behalfStudent.rawValue, label: casework.behalfStudent, hint: casework.behalfStudentHint, limit: 200))\
            \(view.area(Field.behalfConsent.rawValue, label: casework.behalfConsent, rows: 2))\
            \(view.radios(Field.behalfReplies.rawValue, legend: "\(casework.behalfReplies)", options: [
                .init("student", casework.behalfToStudent), .init("submitter", casework.behalfToMe),
            ]))</div></details>
            """
    }

    private var named: HTML {
        let options = people.map { FormView.Option($0.id, $0.name) }
        return """
            \(if: !options.isEmpty, view.checkboxes(Field.people.rawValue, legend: "\(casework.about)", hint: casework.aboutHint, options: options))\
            \(view.text(Field.names.rawValue, label: casework.aboutOthers, hint: casework.aboutOthersHint, limit: 200))
            """
    }

    /// Opens beside the form, which stays as it is.
    private var already: HTML {
        if similar.isEmpty { return "" }
        let shared = ReporterTexts[visit.language]
        let links = similar.map { row -> HTML in
            "<li><a href=\"/deviations/mine/\(row.id)\" target=\"_blank\">\(row.title)</a> <span class=\"num soft\">\(row.number.description)</span></li>"
        }
        return """
            <div class="note stack tight"><h2>\(shared.similarTitle)</h2><p>\(shared.similarText)</p><ul>\(links)</ul></div>
            """
    }

    private var check: HTML {
        let draft = Self.draft(form)
        let side = Environment(rawValue: draft.environment).flatMap { text.environments[$0]?.name } ?? ""
        let which = draft.channelsWhich.compactMap { Channel(rawValue: $0).flatMap { text.channelNames[$0] } }.joined(
            separator: ", ")
        let raised =
            draft.channelsTried == true
            ? "\(which) (\(draft.channelsWhen))" : "\(text.notTried): \(draft.channelsReason)"
        let campus = chart.campus(draft.campus)?.names[visit.language] ?? ""
        let occurred =
            CivilDate(draft.occurredOn).map { visit.language.words($0, today: Oslo.date(at: visit.now)) } ?? text.none
        let namedPeople =
            people.filter { draft.people.contains($0.id) }.map(\.name) + [draft.names].filter { !$0.isEmpty }
        // Not asked of students. Left open it is no mistake, but said what it is for: the guideline gives examples.
        let threshold: HTML =
            Threshold(rawValue: draft.threshold).flatMap { text.thresholds[$0] }.map { "\($0)" }
            ?? "\(text.none). <span class=\"hint\">\(text.thresholdHint)</span>"
        let ofEmployees: [(String, HTML, Step)] = isEmployee ? [(text.threshold, threshold, .tell)] : []
        let rows: [(String, HTML, Step)] =
            [
                (text.about, "\(categories.first { $0.code == draft.category }?.name ?? "")", .about),
                (text.side, "\(side)", .about),
                (text.place, "\(chart.unit(draft.unit)?.names[visit.language] ?? ""), \(campus)", .place),
                (text.channels, "\(raised)", .channels),
                (text.titleLabel, "\(draft.title)", .tell),
                (text.description, HTML.paragraphs(draft.description), .tell),
                (text.occurredOn, "\(occurred)", .tell),
                (casework.about, "\(namedPeople.isEmpty ? text.none : namedPeople.joined(separator: ", "))", .tell),
            ] + ofEmployees
        let lines = rows.map { label, value, step -> HTML in
            """
            <div><dt>\(label)</dt><dd>\(value)</dd><dd><button class="link" name="go" value="to-\(step.rawValue)">\
            \(text.change)\
            <span class="visually-hidden">: \(label)</span></button></dd></div>
            """
        }
        return
            "\(already)<div class=\"stack tight\"><h1>\(text.checkTitle)</h1><p class=\"soft\">\(text.checkHint)</p></div><dl class=\"answers\">\(lines)</dl>\(isSignedOut ? SignedOutView(visit: visit).reminder : view.files(limits: limits))<p class=\"soft\">\(text.privacy)</p>"
    }
}
