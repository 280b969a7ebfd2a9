import Attachments
import EventKit
import HTTPTypes
import ModuleKit
import WhistleblowingCore

/// A case as its keepers see it: both deadlines, what was told, the conversation, notes, and what can be done.
struct KeeperCase: Sendable {
    let stored: StoredWhistleblow
    let entries: [Entry]
    let people: [String: Person]
    let list: KeeperList
    let viewer: Viewer
    /// Of files.
    let limits: Attachments.Limits
    let sent: (form: KeeperForm, data: FormData)?

    private var visit: Visit { list.visit }
    private var whistleblow: Whistleblow { stored.whistleblow }
    private var text: KeeperTexts { KeeperTexts[visit.language] }
    private var shared: SharedTexts { SharedTexts[visit.language] }

    private func words(_ date: CivilDate) -> String { visit.language.words(date, today: list.today) }
    private func name(_ id: String) -> String { people[id]?.name ?? id }

    var page: Page {
        let deletion = whistleblow.deleteOn.map { "<p class=\"note care\">\(text.deletion(words($0)))</p>" as HTML }
        let content: HTML = """
            <div class="split open">\(list.html)<main class="case stack" id="main"><p class="back"><a href="\(KeeperPages.path)\(list.query)">\(text.back)</a></p>\
            \(if: list.done && sent == nil, "<p class=\"told\" role=\"status\">\(text.done)</p>")<div class="stack tight"><p class="soft">\(text.states[whistleblow.state] ?? "")</p>\
            <h1>\(list.title(whistleblow))</h1></div>\(deletion)<dl class="facts">\(facts)</dl>\
            <section class="stack tight"><h2>\(text.report)</h2>\(HTML.paragraphs(whistleblow.content.report.description))</section>\(acts)\
            <section class="stack"><h2>\(text.history)</h2><ol class="time">\(entries.map(step))</ol></section></main></div>
            """
        return Page(
            text.pageTitle, density: .desk, section: KeeperPages.path,
            status: sent == nil ? .ok : .unprocessableContent, content: content)
    }

    private var facts: HTML {
        let deadlines = list.deadlines
        let report = whistleblow.content.report
        var lines: [HTML] = [fact(shared.received, "\(words(whistleblow.receivedOn))")]
        if let day = whistleblow.acknowledgedOn {
            lines.append(fact(shared.acknowledged, "\(words(day))"))
        } else {
            lines.append(fact(shared.acknowledgeBy, due(deadlines.acknowledge(whistleblow))))
        }
        if let day = whistleblow.feedbackOn {
            lines.append(fact(shared.feedbackGiven, "\(words(day))"))
        } else {
            lines.append(fact(shared.feedbackBy, due(deadlines.feedback(whistleblow))))
        }
        if let day = whistleblow.concludedOn { lines.append(fact(shared.concluded, "\(words(day))")) }
        lines.append(fact(shared.category, "\(shared.category(report.category))"))
        lines.append(fact(shared.campus, "\(list.campus(whistleblow))"))
        lines.append(
            fact(
                text.reporter,
                "\(whistleblow.content.reporter.map { "\(name($0)) (\(text.byName))" } ?? text.anonymous)"))
        lines.append(fact(text.from, "\(text.origins[whistleblow.content.origin] ?? "")"))
        if let day = report.occurredOn { lines.append(fact(shared.occurred, "\(words(day))")) }
        return "\(lines)"
    }

    private func fact(_ label: String, _ value: HTML) -> HTML { "<div><dt>\(label)</dt><dd>\(value)</dd></div>" }

    private func due(_ date: CivilDate) -> HTML {
        date < list.today && whistleblow.state != .concluded
            ? "\(words(date)) <span class=\"tag late\">\(shared.overdue)</span>" : "\(words(date))"
    }

    private func step(_ entry: Entry) -> HTML {
        let author = entry.author.map { " · \(name($0))" } ?? ""
        let detail = entry.category.map(shared.category) ?? entry.person.map(name)
        return """
            <li\(if: entry.kind.isPrivate, " class=\"private\"")><div><p><b>\(text.steps[entry.kind] ?? "")\(detail.map { ": \($0)" as HTML })</b> \
            <span class="soft">\(words(entry.on))\(author)\(if: entry.kind.isPrivate, " · \(text.privateNote)")</span></p>\
            \(if: !entry.text.isEmpty, "<div class=\"bubble\">\(HTML.paragraphs(entry.text))</div>")\(files(entry))</div></li>
            """
    }

    private func files(_ entry: Entry) -> HTML {
        let items = entry.files.map { file -> HTML in
            let address = "\(KeeperPages.path)/\(whistleblow.id)/files/\(file.id)"
            let line = FileLine(
                file.name, size: file.size, type: file.type, address: address,
                preview: file.preview.map { _ in "\(address)/preview" })
            return line.item(visit.language)
        }
        return items.isEmpty ? "" : "<ul class=\"files\">\(items)</ul>"
    }

    private var acts: HTML {
        let forms = KeeperForm.allCases.filter { $0.isOffered(for: whistleblow) || $0 == sent?.form }.map {
            form -> HTML in
            let isSent = sent?.form == form
            var data = isSent ? sent?.data ?? FormData() : FormData()
            if form == .acknowledgement, !isSent { data["text"] = text.acknowledgeDefault }
            if form == .category, !isSent { data["category"] = whistleblow.content.report.category.rawValue }
            let view = FormView(data, visit: visit, prefix: "\(form.rawValue)-")
            return """
                <details data-key="\(form.key)"\(if: isSent, " open")><summary>\(title(form)) <kbd>\(form.key)</kbd></summary>\
                <form method="post" action="\(KeeperPages.path)/\(whistleblow.id)/\(form.rawValue)\(list.isConcluded ? "?view=concluded" : "?")" class="stack"\(if: form.takesFiles, " enctype=\"multipart/form-data\"") novalidate>\
                <div hidden><input type="hidden" name="version" value="\(stored.version)">\(view.token)</div>\(view.summary)\(fields(form, view))</form></details>
                """
        }
        return "<section class=\"acts\">\(forms)</section>"
    }

    private func title(_ form: KeeperForm) -> String {
        switch form {
        case .acknowledgement: text.acknowledge
        case .questions: text.ask
        case .feedback: text.feedback
        case .notes: text.note
        case .category: text.categorise
        case .exclusions: text.exclude
        case .conclusion: text.conclude
        }
    }

    private func fields(_ form: KeeperForm, _ view: FormView) -> HTML {
        switch form {
        case .acknowledgement: area(view, text.acknowledgeText, button: text.acknowledgeButton)
        case .questions: area(view, text.askText, files: true, button: text.askButton)
        case .feedback: area(view, text.feedbackText, button: text.feedbackButton)
        case .notes: area(view, text.noteText, hint: text.privateNote, files: true, button: text.noteButton)
        case .conclusion: area(view, text.concludeText, hint: text.concludeHint, button: text.concludeButton)
        case .category:
            """
            \(view.select("category", label: shared.category, empty: nil, options: Category.listed.map { .init($0.rawValue, shared.category($0)) }))\
            \(button(text.categoriseButton))
            """
        case .exclusions:
            """
            \(view.select("person", label: text.excludePerson, hint: text.excludeHint, empty: nil, options: excludable))\
            \(view.area("reason", label: text.excludeReason, rows: 3, limit: 20_000))\(button(text.excludeButton))
            """
        }
    }

    private func area(
        _ view: FormView, _ label: String, hint: String? = nil, files: Bool = false, button title: String
    ) -> HTML {
        """
        \(view.area("text", label: label, hint: hint, rows: 5, limit: 20_000))\
        \(if: files, view.files(limits: limits))\(button(title))
        """
    }

    private func button(_ label: String) -> HTML {
        "<div class=\"actions\"><button class=\"button\">\(label)</button></div>"
    }

    /// Oneself first, then the others who can read it or could.
    private var excludable: [FormView.Option] {
        let keepers = Keepers(chart: visit.access.chart, now: visit.now).possible(for: whistleblow.campus)
        let others = keepers.filter { $0 != viewer.person.id && !whistleblow.content.excluded.contains($0) }
        return [.init(viewer.person.id, text.excludeMyself)] + others.map { .init($0, name($0)) }
    }
}
