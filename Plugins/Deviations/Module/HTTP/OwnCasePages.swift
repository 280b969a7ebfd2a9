import Attachments
import CalendarKit
import DeviationsCore
import EventKit
import Hummingbird
import ModuleKit
import Storage

/// What a reporter sees of what they have reported (D32): the list, and each case as it stands.
struct OwnCasePages: Sendable {
    let host: HostServices
    let categories: CategoryList
    let cases: CaseVault
    let acts: OwnCaseActs
    let files: OwnFiles
    /// Where the quick exit leads.
    let exit: String
    /// Whether whistleblows may be told without a name.
    let isAnonymous: Bool

    func mount(on pages: RouterGroup<AppContext>) {
        pages.get("mine") { request, context in try await list(request, context) }
        pages.get("mine/:id") { request, context in
            let asked = request.uri.queryParameters
            return try await one(
                try context.parameters.require("id"), received: asked["received"] != nil, isDone: asked["done"] != nil,
                context)
        }
        pages.post("mine/:id") { request, context in try await act(request, context) }
    }

    private func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let text = CaseTexts[visit.language]
        var filter = DeviationFilter()
        filter.reporter = viewer.person.id
        let cursor = request.uri.queryParameters["after"].flatMap { ListCursor($0) }
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        let (sealed, asked) = try await host.database.read { [filter, cases] reader in
            // Only employees are asked.
            let asked =
                viewer.person.affiliation == .student
                ? []
                : try DeviationStore.consultations(
                    for: viewer.person.id, token: cases.token(of: viewer.person.id), at: visit.now, in: reader)
            let list = try DeviationStore.list(
                filter, scope: Scope(person: viewer.person.id), order: .newest,
                after: cursor.flatMap(cases.numbers.shown), limit: 20,
                in: reader)
            return (list, asked.count)
        }
        let page = try await cases.opened(sealed)
        let done = request.uri.queryParameters["done"] != nil
        let answers = try await answers(viewer, visit)
        let cards =
            answers
            + page.rows.map { row -> HTML in
                """
                <li><a class="card" href="/deviations/mine/\(row.id)"><b>\(row.title)</b>\
                <span>\(parts.clock(Status(rawValue: row.status) ?? .received, deadline: row.deadline, isAlone: true))</span>\
                <span class="soft"><span class="num">\(row.number.description)</span> · \(parts.words(row.receivedAt)) · \
                \(parts.unit(row.unit))</span></a></li>
                """
            }
        let content: HTML = """
            <main class="page stack loose" id="main">\(if: done, told(visit))\
            \(if: request.uri.queryParameters["sent"] != nil, "<p class=\"told\" role=\"status\" data-draft-sent=\"deviations.report\">\(CaseworkTexts[visit.language].behalfSent)</p>")\
            \(if: asked > 0, "<p class=\"note\"><a href=\"/deviations/consultations\">\(CaseworkTexts[visit.language].consultations) (\(asked))</a></p>")\
            <div class="stack tight"><h1>\
            \(ReportTexts[visit.language].mineTitle)</h1>\
            <p class="soft">\(cards.isEmpty ? text.mineEmpty : text.mineLead)</p></div>\
            \(if: !cards.isEmpty, "<ul class=\"cards\">\(cards)</ul>")\
            <div class="actions"><a class="button" href="/deviations/report">\(text.newReport)</a>\
            \(page.next.map { "<a class=\"button quiet\" href=\"/deviations/mine?after=\($0.description)\">\(DeskTexts[visit.language].more)</a>" as HTML })</div></main>
            """
        return Page(ReportTexts[visit.language].mineTitle, section: "/deviations/mine", content: content).response(
            visit)
    }

    /// The answers to reports that were re-registered.
    private func answers(_ viewer: Viewer, _ visit: Visit) async throws -> [HTML] {
        try await acts.departures.farewells(of: viewer).map { farewell, _ in
            "<li><a class=\"card\" href=\"/deviations/mine/\(farewell.deviation)\"><b>\(OwnCaseTexts[visit.language].card(farewell.number))</b></a></li>"
        }
    }

    private func told(_ visit: Visit) -> HTML {
        "<p class=\"told\" role=\"status\">\(OwnCaseTexts[visit.language].done)</p>"
    }

    /// Does what the reporter asks for; on an error the page is shown again.
    private func act(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let id = try context.parameters.require("id")
        var form = try await context.form(request, files: files.intake(id, viewer, visit))
        if form.errors.isEmpty {
            do {
                if form["act"] == OwnFiles.act {
                    try await files.add(form, to: id, by: viewer, visit)
                    return .seeOther("/deviations/mine/\(id)?done=1#case-files")
                }
                guard let act = OwnCaseAct(rawValue: form["act"]) else {
                    throw DeviationError.invalid([FieldProblem(.text, .unknown)])
                }
                try await acts.perform(act, form, on: id, by: viewer, visit)
                let stays = [.notFollowedUp, .answer, .feedback, .passOn].contains(act)
                return .seeOther("/deviations/mine\(stays ? "/\(id)" : "")?done=1")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
                if ![OwnCaseAct.answer, .feedback].map(\.rawValue).contains(form["act"]) {
                    form.errors = form.errors.map { FieldError("", $0.message) }
                }
            } catch let error as CaseFileError {
                form.errors = [error.fieldError(visit.language, files.limits)]
            }
        }
        return try await one(id, received: false, isDone: false, context, form)
    }

    private func one(
        _ id: String, received: Bool, isDone: Bool, _ context: AppContext, _ form: FormData = FormData()
    ) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        let key = try await cases.key(of: id)
        let found = try await host.database.read { reader -> (StoredDeviation, [TimelineEntry], [CaseFile])? in
            guard let key, let stored = try DeviationStore.load(id, key: key, in: reader),
                visit.owns(stored.deviation, viewer)
            else { return nil }
            let entries = try DeviationStore.timeline(ofCase: stored.key, by: key, forReporter: true, in: reader)
            let sent = try DeviationStore.files(
                ofCase: stored.key, by: key, forReporter: true, files.vault, in: reader)
            return (stored, entries, sent)
        }
        let ownParts = OwnCaseParts(id: id, form: form, visit: visit)
        guard let (stored, steps, sent) = found else {
            let farewell = try await acts.departures.farewells(of: viewer).first { $0.farewell.deviation == id }?
                .farewell
            guard let farewell else { throw ModuleKit.Problem.notFound(visit.language) }
            let content: HTML =
                "<main class=\"page stack loose\" id=\"main\">\(ownParts.summary)\(ownParts.farewell(farewell, parts))</main>"
            return Page("", exit: exit, status: form.errors.isEmpty ? .ok : .unprocessableContent, content: content)
                .response(visit)
        }
        let entries = try await cases.history(of: stored, own: steps)
        let seen = try await sent + files.shared(with: stored).map(\.file)
        let looks = try await host.database.read {
            try SeenBy.all(of: stored, steps: steps, visit.access.chart, in: $0)
        }
        let isOffered = try await acts.escalations.isOffered(for: stored.deviation, on: parts.today)
        let below: HTML =
            "\(ownParts.passingOn(stored.deviation))\(ownParts.further(stored.deviation, acts.departures.way, isAnonymous: isAnonymous))\(ownParts.answer(stored.deviation))\(ownParts.feedback(stored.deviation))\(files.section(seen, stored.deviation, form, parts, viewer))\(parts.seenBy(looks))\(ownParts.acts(isEscalationOffered: isOffered))\(parts.guideline(receivedAt: stored.deviation.receivedAt))"
        return page(
            stored, entries, parts,
            above: received ? receipt(stored, parts, visit) : "\(if: isDone, told(visit))\(ownParts.summary)",
            below: below,
            viewer: viewer, hasErrors: !form.errors.isEmpty, visit)
    }

    private func page(
        _ stored: StoredDeviation, _ entries: [TimelineEntry], _ parts: CaseParts, above: HTML, below: HTML,
        viewer: Viewer, hasErrors: Bool, _ visit: Visit
    ) -> Response {
        let deviation = stored.deviation
        let text = parts.text
        // The reporter meets the institution, not a person by name: whoever handles the case may change.
        let history = parts.timeline(entries, isForReporter: true) { $0 == viewer.person.id ? text.me : text.staff }
        let content: HTML = """
            <main class="page stack loose" id="main">\(above)\
            <div class="stack tight"><p class="soft"><a href="/deviations/mine">\(text.backToMine)</a> · <span \
            class="num">\(parts.numbers[stored].description)</span></p>\
            <h1>\(deviation.report.title)</h1></div>\
            \(if: deviation.mergedInto != nil, "<p class=\"note\">\(CaseworkTexts[visit.language].together)</p>")\
            \(parts.progress(deviation))\
            <dl class="facts">\(parts.deadlines(deviation))<div><dt>\(text.unit)</dt><dd>\(parts.unit(deviation.unit))</dd></div>\
            <div><dt>\(text.category)</dt><dd>\(parts.category(deviation.report.category))</dd></div></dl>\
            <section class="stack"><h2>\(text.history)</h2>\(history)</section>\
            <section class="stack"><h2>\(text.report)</h2>\(parts.report(deviation.report))</section>\
            \(below)</main>
            """
        return Page(
            parts.numbers[stored].description, section: "/deviations/mine",
            status: hasErrors ? .unprocessableContent : .ok,
            content: content
        ).response(visit)
    }

    private func receipt(_ stored: StoredDeviation, _ parts: CaseParts, _ visit: Visit) -> HTML {
        let text = ReportTexts[visit.language]
        let steps = text.nextSteps(parts.words(stored.deviation.dueOn)).map { "<li>\($0)</li>" as HTML }
        return """
            <div class="receipt stack" role="status" data-draft-sent="deviations.report"><p class="big">\
            \(text.receivedTitle)</p>\
            <p>\(text.receivedLead) <strong class="num">\(parts.numbers[stored].description)</strong>.</p><h2>\
            \(text.nextTitle)</h2><ul>\(steps)</ul></div>
            """
    }
}

extension CaseParts {
    /// With the categories' names, those taken out of use included.
    init(visit: Visit, host: HostServices, categories: CategoryList) async throws {
        self.init(
            visit: visit, workingDays: host.workingDays, categories: try await categories.read(now: visit.now).all,
            numbers: CaseNumbers(host.vault))
        limits = host.attachments.limits
    }
}
