import DeviationsCore
import ModuleKit

/// The forms beside a case: each opens with a key, keeps what was typed, and says what comes of it.
struct CaseActs: Sendable {
    let stored: StoredDeviation
    /// Its whole history.
    let entries: [TimelineEntry]
    let parts: CaseParts
    let viewer: Viewer
    /// Names of those who can be chosen, by id.
    let names: [String: String]
    /// The form that was sent and came back with errors.
    let sent: (path: String, form: FormData)?
    /// Whether what leaves has been sealed, for a case on its way to whistleblowing.
    let isSealed: Bool
    let way: ReRegistrationWay
    /// The query of the list beside it, so that an act leads back to the same list.
    let address: String
    /// What can be put into a reply.
    let templates: [StoredTemplate]
    /// Further forms, for what is done seldom.
    let seldom: HTML
    /// The reports that are part of it.
    let others: [FormView.Option]

    private var text: DeskTexts { DeskTexts[parts.language] }
    private var casework: CaseworkTexts { CaseworkTexts[parts.language] }
    private var deviation: Deviation { stored.deviation }
    private var candidates: Candidates { Candidates(chart: parts.visit.access.chart, now: parts.visit.now) }

    /// The acts offered to this viewer for this case.
    var offered: [CaseForm] {
        CaseForm.allCases.filter { form in
            form.isOffered(for: deviation) && parts.visit.access.may(viewer, form.right, on: deviation.accessObject)
        }
    }

    var html: HTML {
        let first = sent?.path ?? (deviation.triage == nil && offered.contains(.triage) ? CaseForm.triage.rawValue : "")
        // A form that came back is shown also when the case has moved on meanwhile: what was typed is not lost.
        let shown = CaseForm.allCases.filter { offered.contains($0) || $0.rawValue == sent?.path }
        if deviation.lockedTo != nil { return leaving }
        let likely = CaseForm.likeliest(for: deviation, deadlineIsNear: parts.isNear(deviation.deadline))
        let fold = { (form: CaseForm) -> HTML in
            """
            <details data-key="\(form.key)"\(if: form.rawValue == first, " open")><summary>\(title(form)) <kbd>\
            \(form.key)</kbd></summary>\
            \(body(form.rawValue) { fields(form, $0) })</details>
            """
        }
        let rest = shown.filter { !likely.contains($0) }
        let isOpen = sent.map { (rest.map(\.rawValue) + CaseworkView.seldomPaths).contains($0.path) } ?? false
        let more: HTML = """
            <details class="fold"\(if: isOpen, " open")><summary>\(text.moreActs)</summary>\
            <div class="acts">\(rest.map(fold))\(seldom)</div></details>
            """
        return """
            <div class="stack tight"><div class="acts">\(likely.filter(shown.contains).map(fold))</div>\
            \(if: !rest.isEmpty || !seldom.isEmpty, more)</div>
            """
    }

    /// A case on its way to whistleblowing can be called back, or tried again, and nothing else.
    private var leaving: HTML {
        let triage = CaseForm.triage.rawValue
        return
            "<div class=\"note care stack\">\(body(triage) { view in reRegistration(view).leaving(isSealed: isSealed, again: again(view)) })</div>"
    }

    private func again(_ view: FormView) -> HTML { way == .oneStep ? fields(.triage, view) : "" }

    private func reRegistration(_ view: FormView) -> ReRegistrationForm {
        ReRegistrationForm(
            entries: entries, parts: parts, view: view, canStop: !deviation.hasOthers, others: others,
            way: way)
    }

    /// The two forms of an unfinished measure.
    func measureForms(_ measure: Measure) -> HTML {
        guard !measure.isDone || (sent?.path.contains(measure.id) ?? false),
            parts.visit.access.may(viewer, DeviationsRights.handle, on: deviation.accessObject)
        else { return "" }
        let done = "measures/\(measure.id)/completion"
        let moved = "measures/\(measure.id)/move"
        return """
            <div class="acts"><details\(if: sent?.path == done, " open")><summary>\(text.complete)</summary>\
            \(body(done) { view in
                "\(view.area("effect", label: text.effect, hint: text.effectHint, rows: 2))\(button(text.completeButton))"
            })</details>\
            <details\(if: sent?.path == moved, " open")><summary>\(text.move)</summary>\(body(moved) { view in
                """
                <p class="soft">\(text.moveHint)</p>\(people(view, "owner", text.owner, candidates.owners(for: deviation)))\
                \(view.text("dueOn", label: text.dueOn, type: "date"))\(button(text.moveButton))
                """
            })</details></div>
            """
    }

    private func body(_ path: String, _ fields: (FormView) -> HTML) -> HTML {
        let form = sent?.path == path ? sent?.form ?? FormData() : begun(path)
        let view = FormView(form, visit: parts.visit, prefix: "\(path.replacing("/", with: "-"))-")
        return """
            <form method="post" action="/deviations/\(deviation.id)/\(path)\(address)" class="stack"\
            \(if: takesFiles(path), " enctype=\"multipart/form-data\"") novalidate\
             data-draft="deviations.\(deviation.id)/\(path)"\(if: sent?.path == path, " data-filled=\"yes\"")>\
             <div hidden>\(view.token)<input type="hidden" name="version" value="\(stored.version)"></div>\(view.summary)\(fields(view))</form>
            """
    }

    /// A form that parts a text begins with the whole.
    private func begun(_ path: String) -> FormData {
        var form = FormData()
        guard [CaseForm.triage, .afterWithdrawal].map(\.rawValue).contains(path) else { return form }
        form[Field.keptTitle.rawValue] = deviation.report.title
        form[Field.keptText.rawValue] = deviation.report.description
        form[Field.whistleblowText.rawValue] = deviation.report.description
        return form
    }

    private func takesFiles(_ path: String) -> Bool {
        path == CaseForm.notes.rawValue || path == CaseForm.replies.rawValue
    }

    private func title(_ form: CaseForm) -> String {
        switch form {
        case .triage: text.triage
        case .assignments: text.assign
        case .forwardings: text.forward
        case .rejection: text.reject
        case .notes: text.note
        case .replies: text.reply
        case .cause: text.cause
        case .measures: text.measure
        case .preliminaryReplies: text.preliminary
        case .closing: text.close
        case .summary: SummaryTexts[parts.language].form
        case .afterWithdrawal: ReRegistrationTexts[parts.language].afterWithdrawal
        case .exclusions: casework.exclude
        case .recusal: casework.recuse
        case .reopening: casework.reopen
        case .keeping: RetentionTexts[parts.language].keep
        }
    }

    private func fields(_ form: CaseForm, _ view: FormView) -> HTML {
        switch form {
        case .triage:
            """
            <p class="soft">\(text.triageHint)</p>\(question(view, "isDeviation", text.isDeviation))\
            \(question(view, "holdsSensitiveData", text.holdsSensitiveData))\(reRegistration(view).triage)\
            \(if: way == .byReporter, button(text.saveTriage))\(if: way == .oneStep, triageButton)
            """
        case .afterWithdrawal: reRegistration(view).afterWithdrawal
        case .assignments:
            """
            <p class="soft">\(text.assignHint)</p>\(people(view, "handler", CaseTexts[parts.language].handler, candidates.handlers(for: deviation)))\
            \(button(text.assignButton))
            """
        case .forwardings: forwarding(view)
        case .rejection:
            """
            <p class="soft">\(text.rejectHint)</p>\(if: deviation.triage == nil, questions(view))\
            \(view.area("reason", label: text.rejectReason, rows: 4, limit: 20_000))\(parts.recipient(of: deviation, view))\(button(text.rejectButton))\
            \(templateLinks(.rejection))
            """
        case .notes:
            "\(view.area("text", label: text.note, hint: text.noteHint, rows: 4, limit: 20_000))\(view.files(limits: parts.limits))\(button(text.noteButton))"
        case .replies:
            "\(if: deviation.hasOthers, "<p class=\"soft\">\(casework.sharedReply)</p>")\(view.area("text", label: text.reply, hint: text.replyHint, rows: 5, limit: 20_000))\(view.files(limits: parts.limits))\(button(text.replyButton))\(templateLinks(.replies))"
        case .cause:
            """
            \(view.area("whatHappened", label: text.whatHappened, rows: 3, limit: 20_000))\
            \(view.area("why", label: text.why, rows: 3, limit: 20_000))\
            \(view.area("prevention", label: text.prevention, hint: text.preventionHint, rows: 3, limit: 20_000))\(button(text.causeButton))
            """
        case .measures:
            """
            \(view.area("action", label: text.action, rows: 3, limit: 20_000))\(view.area("cause", label: text.measureCause, rows: 2, limit: 20_000))\
            \(people(view, "owner", text.owner, candidates.owners(for: deviation)))\(view.text("dueOn", label: text.dueOn, type: "date"))\
            \(button(text.measureButton))
            """
        case .preliminaryReplies:
            """
            <p class="soft">\(text.preliminaryHint(parts.visit.laws[.preliminaryReply]))</p>\
            \(view.area("cause", label: text.preliminaryCause, rows: 4, limit: 20_000))\
            \(view.text("expectedOn", label: text.expectedOn, type: "date"))\(button(text.preliminaryButton))
            """
        case .closing:
            "\(if: deviation.lacksPrevention, "<p class=\"note\">\(text.preventionMissing)</p>")\(view.area("outcome", label: text.outcome, hint: text.closeHint, rows: 5, limit: 20_000))\(button(text.closeButton))"
        case .summary:
            """
            <p class="soft">\(SummaryTexts[parts.language].formHint)</p>\
            \(SummaryFields.html(view, SummaryTexts[parts.language]))\(button(SummaryTexts[parts.language].publish))
            """
        case .exclusions: exclusion(view)
        case .recusal:
            "<p class=\"soft\">\(casework.recuseHint)</p>\(view.area("reason", label: casework.recuseReason, rows: 3, limit: 20_000))\(button(casework.recuseButton))"
        case .keeping:
            """
            <p class="soft">\(RetentionTexts[parts.language].keepHint)</p>\
            \(view.area("reason", label: casework.reopenReason, rows: 3, limit: 20_000))\(button(RetentionTexts[parts.language].keepButton))
            """
        case .reopening:
            "<p class=\"soft\">\(casework.reopenHint)</p>\(view.area("reason", label: casework.reopenReason, rows: 3, limit: 20_000))\(button(casework.reopenButton))"
        }
    }

    /// Each leads to the same page with the template's text in the form.
    private func templateLinks(_ form: CaseForm) -> HTML {
        guard !templates.isEmpty else { return "" }
        let links = templates.map { stored -> HTML in
            "<a href=\"/deviations/\(deviation.id)\(address)&amp;template=\(stored.id)&amp;into=\(form.rawValue)\">\(stored.template.name)</a>"
        }
        let words = TemplateTexts[parts.language]
        return
            "<div class=\"stack tight\"><h3>\(words.use)</h3><p class=\"soft\">\(words.useHint)</p><div class=\"chips\">\(links)</div></div>"
    }

    private func forwarding(_ view: FormView) -> HTML {
        let units = candidates.receptions(for: deviation).map {
            FormView.Option($0.id, $0.names[parts.language])
        }
        return """
            <p class="soft">\(text.forwardHint)</p>\(view.select("unit", label: text.forwardTo, empty: text.choose, options: units))\
            \(view.area("reason", label: text.forwardReason, rows: 3, limit: 20_000))\(button(text.forwardButton))
            """
    }

    /// The three questions, when a rejection answers them.
    private func questions(_ view: FormView) -> HTML {
        """
        \(question(view, "isDeviation", text.isDeviation))\(question(view, "holdsSensitiveData", text.holdsSensitiveData))\
        \(question(view, "isCensurable", text.isCensurable))\
        \(if: way == .byReporter, "<p class=\"note when-censurable\">\(ReRegistrationTexts[parts.language].byReporter)</p>")
        """
    }

    private func exclusion(_ view: FormView) -> HTML {
        let people = candidates.readers(of: deviation.unit).filter {
            !deviation.excluded.contains($0) && $0 != viewer.person.id
        }
        .map { FormView.Option($0, names[$0] ?? $0) }.sorted { $0.label < $1.label }
        return """
            <p class="soft">\(casework.excludeHint)</p>\(view.checkboxes("people", legend: "\(casework.people)", options: people))\
            \(view.text("names", label: casework.names, hint: casework.namesHint, limit: 200))\(button(casework.excludeButton))
            """
    }

    private func question(_ view: FormView, _ name: String, _ legend: String) -> HTML {
        view.radios(name, legend: "\(legend)", options: [.init("yes", text.yes), .init("no", text.no)])
    }

    private func people(_ view: FormView, _ name: String, _ label: String, _ ids: [String]) -> HTML {
        let options = ids.map { FormView.Option($0, names[$0] ?? $0) }.sorted { $0.label < $1.label }
        return view.select(name, label: label, empty: text.choose, options: options)
    }

    private var triageButton: HTML {
        """
        <button class="button"><span class="unless-censurable">\(text.saveTriage)</span>\
        <span class="when-censurable">\(ReRegistrationTexts[parts.language].reRegister)</span></button>
        """
    }

    private func button(_ label: String) -> HTML { "<button class=\"button\">\(label)</button>" }
}
