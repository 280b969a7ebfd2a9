import Attachments
import CalendarKit
import EventKit
import ModuleKit
import WhistleblowingCore

/// The report form: four steps at one address, what was typed carried along from step to step.
struct ReportForm: Sendable {
    enum Step: String, CaseIterable, Sendable {
        case about, tell, readers, check

        /// The fields the step asks for.
        var fields: [Field] {
            switch self {
            case .about: [.category, .campus]
            case .tell: [.title, .description, .occurredOn]
            case .readers: [.excluded]
            case .check: []
            }
        }

        var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
        var next: Step { Self.allCases.dropFirst(number).first ?? .check }
        /// Nil before the first.
        var previous: Step? { number > 1 ? Self.allCases[number - 2] : nil }
    }

    let form: FormData
    let step: Step
    /// Who might read it.
    let keepers: [Person]
    /// Of files.
    let limits: Attachments.Limits
    /// For what there was no room.
    let full: Full?
    let visit: Visit
    let exit: String

    private var text: ReportTexts { ReportTexts[visit.language] }
    private var shared: SharedTexts { SharedTexts[visit.language] }
    private var view: FormView { FormView(form, visit: visit) }

    /// Everything the form has asked for, as typed. Only keepers can be left out.
    static func draft(_ form: FormData, _ visit: Visit) -> ReportDraft {
        let possible = Keepers(chart: visit.access.chart, now: visit.now).possible(for: form["campus"])
        var draft = ReportDraft()
        (draft.category, draft.campus) = (form["category"], form["campus"])
        (draft.title, draft.description, draft.occurredOn) = (form["title"], form["description"], form["occurredOn"])
        draft.excluded = form.all("excluded").filter(possible.contains)
        return draft
    }

    var page: Page {
        let carried =
            ["as", "seed", "draft"] + (step == .check ? [] : ["kept"])
            + Step.allCases.filter { $0 != step }.flatMap(\.fields).map(\.rawValue)
        return DiscreetForm.page(
            """
            <div><p class="soft" data-start>\(text.step(step.number, Step.allCases.count))</p>\(bar)</div>\(view.summary)\(if: full != nil, help)\
            \(DiscreetForm(visit: visit).html(
                step.rawValue, hidden: view.hidden(carried), "\(question)\(buttons)", files: step == .check,
                hold: .typed))\(if: full == nil, help)
            """, hasErrors: !form.errors.isEmpty, full: full, exit: exit)
    }

    /// The ombud, and whom else one can turn to at the campus: on every step (V6), and first when there is no room.
    private var help: HTML {
        let campus = form["campus"].isEmpty ? visit.viewer?.person.campus : form["campus"]
        return HelpPanel(visit.access.chart, campus: campus, language: visit.language).html
    }

    private var bar: HTML {
        let items = Step.allCases.map { item -> HTML in
            "<li\(if: item.number < step.number, " class=\"past\"")\(if: item == step, " class=\"now\"")></li>"
        }
        return "<ol class=\"steps\" aria-hidden=\"true\">\(items)</ol>"
    }

    private var buttons: HTML {
        """
        <div class="actions"><button class="button" name="go" value="\(step == .check ? "send" : "next")">\
        \(step == .check ? text.send : text.next)</button>\
        <button class="button quiet" name="go" value="back">\(text.back)</button></div>
        """
    }

    private var question: HTML {
        switch step {
        case .about: about
        case .tell: tell
        case .readers: readers
        case .check: check
        }
    }

    private var about: HTML {
        let categories = Category.listed.map { FormView.Option($0.rawValue, shared.category($0)) }
        let open = ReportChoices(visit).campuses
        let campuses = visit.access.chart.campuses.filter { open.contains($0.id) }.map {
            FormView.Option($0.id, $0.names[visit.language])
        }
        return """
            \(view.radios("category", legend: "<h1>\(text.aboutTitle)</h1>", hint: text.aboutHint, options: categories))\
            \(view.radios("campus", legend: "<h2>\(text.campusTitle)</h2>", hint: text.campusHint, options: campuses))
            """
    }

    private var tell: HTML {
        """
        <h1>\(text.tellTitle)</h1>\(view.text("title", label: text.title, hint: text.titleHint, limit: 200))\
        \(view.area("description", label: text.description, hint: text.descriptionHint, rows: 9, limit: 20_000))\
        \(view.text("occurredOn", label: text.occurred, hint: text.occurredHint, type: "date"))
        """
    }

    private var readers: HTML {
        let near = Set(Keepers(chart: visit.access.chart, now: visit.now).of(form["campus"], excluding: []))
        let options = keepers.map {
            FormView.Option($0.id, near.contains($0.id) ? $0.name : "\($0.name) (\(text.otherKeepers))", hint: nil)
        }
        return """
            <h1>\(text.readersTitle)</h1><p>\(text.readersHint)</p>\
            \(view.checkboxes("excluded", legend: "\(text.excluded)", hint: text.excludedHint, options: options))
            """
    }

    private var check: HTML {
        let draft = Self.draft(form, visit)
        let occurred =
            CivilDate(draft.occurredOn).map { visit.language.words($0, today: Oslo.date(at: visit.now)) } ?? text.none
        let excluded = keepers.filter { draft.excluded.contains($0.id) }.map(\.name)
        let sender = form["as"] == "named" ? visit.viewer?.person.name ?? "" : text.anonymous
        let rows: [(String, HTML, Step?)] = [
            (text.sender, "\(sender)", nil),
            (shared.category, "\(Category(rawValue: draft.category).map(shared.category) ?? "")", .about),
            (shared.campus, "\(visit.access.chart.campus(draft.campus)?.names[visit.language] ?? "")", .about),
            (text.title, "\(draft.title)", .tell),
            (text.description, HTML.paragraphs(draft.description), .tell), (text.occurred, "\(occurred)", .tell),
            (text.excluded, "\(excluded.isEmpty ? "–" : excluded.joined(separator: ", "))", .readers),
        ]
        let lines = rows.map { label, value, step -> HTML in
            let change = step.map { step -> HTML in
                "<button class=\"link\" name=\"go\" value=\"\(step.rawValue)\">\(text.change)<span class=\"visually-hidden\">: \(label)</span></button>"
            }
            return "<div><dt>\(label)</dt><dd>\(value)</dd>\(change.map { "<dd>\($0)</dd>" as HTML })</div>"
        }
        return """
            <div class="stack tight"><h1>\(text.checkTitle)</h1><p class="soft">\(text.checkHint)</p></div><dl class="answers">\(lines)</dl>\
            \(view.files(limits: limits, warning: text.filesHint))
            """
    }
}
