import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault

/// Reporting a deviation, at `/deviations/report` from the first step to the last: the address says nothing of the
/// content.
struct ReportPages: Sendable {
    let host: HostServices
    let categories: CategoryList
    let acts: DeviationActs
    let files: CaseFiles
    /// Where the quick exit leads.
    let exit: String
    /// Whether whistleblows may be told without a name.
    let isAnonymous: Bool
    /// What lets in people who are not signed in; nil where one has to be.
    var inflow: InflowGate?

    func mount(on pages: RouterGroup<AppContext>) {
        pages.get("report") { request, context in try await show(request, context) }
        pages.post("report") { request, context in try await answer(request, context) }
    }

    private func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try await visit(context)
        var form = FormData()
        // What the identity data knows is filled in; it can be changed.
        let candidates = Candidates(chart: visit.access.chart, now: visit.now)
        form["case"] = Identifier.make(at: visit.now)
        if let person = visit.viewer?.person {
            form[Field.unit.rawValue] = candidates.unit(of: person) ?? ""
            form[Field.campus.rawValue] = person.campus ?? ""
        } else {
            form[SignedOutView.field] = "yes"
        }
        // What a deep link presets counts before that, where it names what there is.
        let presets: [(Field, [String])] = [
            (.unit, candidates.reportable.map(\.id)), (.campus, visit.access.chart.campuses.map(\.id)),
            (.category, try await categories.read(now: visit.now).active.map(\.code)),
        ]
        for (field, known) in presets {
            if let value = request.uri.queryParameters[Substring(field.rawValue)].map(String.init),
                known.contains(value)
            {
                form[field.rawValue] = value
            }
        }
        // A step that somebody goes back to; the script fills it from the browser's draft. What one is about to send is only an answer.
        let asked = request.uri.queryParameters["step"].flatMap { Int($0) }.flatMap(ReportForm.Step.init)
        let step = asked == .check ? .tell : asked ?? .door
        return try await page(form, step, visit, filled: false, isAnswer: false)
    }

    private func answer(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try await visit(context)
        var form = try await form(request, context, visit)
        let step = Int(form["step"]).flatMap(ReportForm.Step.init) ?? .about
        guard form.errors.isEmpty else { return try await page(form, step, visit) }

        let go = form["go"]
        if go == "back" {
            return try await page(form, ReportForm.Step(rawValue: step.rawValue - 1) ?? .door, visit, filled: false)
        }
        if go.hasPrefix("to-"), let target = Int(go.dropFirst(3)).flatMap(ReportForm.Step.init) {
            return try await page(form, target, visit)
        }
        let choices = try await ReportChoices(visit, categories, naming: !form.all("people").isEmpty)
        do {
            let report = try Report(ReportForm.draft(form), choices: choices, today: Oslo.date(at: visit.now))
            guard step == .check else { return try await page(form, next(step), visit, filled: false) }
            guard let viewer = visit.viewer else { return try await sendSignedOut(report, form, visit) }
            return .seeOther(try await send(report, form.files, as: form["case"], by: viewer, visit))
        } catch let error as CaseFileError {
            form.errors = [error.fieldError(visit.language, files.limits)]
            form.files = []
            return try await page(form, .check, visit)
        } catch DeviationError.serious {
            // Before anything is stored, whichever step it comes with; files may have come before.
            if let viewer = visit.viewer { try await files.drop(draft: form["case"], of: viewer.person.id) }
            return Diversion(form: form, visit: visit, exit: exit, isAnonymous: isAnonymous).page.response(visit)
        } catch DeviationError.invalid(let problems) {
            // A step answers for its own fields; only the last one for all.
            let asked = step == .check ? Field.allCases : step.fields
            let wrong = problems.filter { asked.contains($0.field) }
            guard let first = wrong.first else { return try await page(form, next(step), visit, filled: false) }
            let home = ReportForm.Step.allCases.first { $0.fields.contains(first.field) } ?? step
            let messages = ErrorMessages(language: visit.language)
            form.errors = wrong.filter { home.fields.contains($0.field) }.map {
                FieldError($0.field.rawValue, messages.message($0))
            }
            return try await page(form, home, visit)
        }
    }

    /// Stores the report as the case whose id the form has carried from its first step: sent twice, it is one case.
    ///
    /// - Returns: where the sender reads on.
    private func send(
        _ report: Report, _ sent: [SealedFile], as id: String, by viewer: Viewer, _ visit: Visit
    ) async throws -> String {
        let id = Identifier.isWellFormed(id) ? id : Identifier.make(at: visit.now)
        let report = try await acts.knowing(report, by: viewer.person)
        let isForOther = report.onBehalf?.repliesToStudent ?? false
        let place = isForOther ? "/deviations/mine?sent=1" : "/deviations/mine/\(id)?received=1"
        do {
            let routing = try await CaseRouting(chart: visit.access.chart, now: visit.now)
                .route(report, from: viewer.person, in: host)
            let key = sent.isEmpty ? nil : try await files.draftKey(id, of: viewer.person.id, at: visit.now)
            var receipt = try await acts.receipt(
                of: report, id: id, from: viewer.person.id, routing: routing, at: visit.now, by: key)
            let prepared = try await files.prepared(sent, by: key)
            receipt.files = { [files] stored, tx in
                let isThere = try DeviationStore.removeDraft(id, in: tx)
                if key != nil && !isThere { throw CaseFileError.gone }
                try files.add(prepared, to: stored, by: viewer.person.id, at: visit.now, isPrivate: false, in: tx)
            }
            _ = try await host.database.write { [receipt] in try receipt.store(in: $0) }
            return place
        } catch let error as StorageError {
            guard case .unique = error.kind else { throw error }
            let key = try await acts.cases.key(of: id)
            let known = try await host.database.read { try DeviationStore.load(id, key: key, in: $0) }
            let sender = known?.deviation.onBehalf?.submitter ?? known?.deviation.reporter
            guard sender == viewer.person.id else { throw ModuleKit.Problem.malformed(visit.language) }
            return place
        }
    }

    private func next(_ step: ReportForm.Step) -> ReportForm.Step {
        ReportForm.Step(rawValue: step.rawValue + 1) ?? .check
    }

    func page(
        _ form: FormData, _ step: ReportForm.Step, _ visit: Visit, filled: Bool = true, isAnswer: Bool = true
    ) async throws -> Response {
        let named = try await categories.read(now: visit.now).active.map {
            (code: $0.code, name: $0.names[visit.language])
        }
        let readers =
            [.tell, .check].contains(step) && visit.viewer != nil
            ? Candidates(chart: visit.access.chart, now: visit.now).readers(of: form[Field.unit.rawValue])
                .filter { $0 != visit.viewer?.person.id } : []
        let people = try await host.database.read { try Directory.people(readers, in: $0) }
            .values.sorted { $0.name < $1.name }
        let similar = step == .check ? try await similar(form, visit) : []
        let view = ReportForm(
            form: form, step: step, categories: named, visit: visit, limits: files.limits, people: people,
            similar: similar, exit: exit)
        return view.page(status: filled, isAnswer: isAnswer).response(visit)
    }

    /// The reporter's own open cases likely about the same: nobody is told of another's.
    private func similar(_ form: FormData, _ visit: Visit) async throws -> [DeviationRow] {
        guard let person = visit.viewer?.person.id else { return [] }
        let (category, now) = (form[Field.category.rawValue], visit.now)
        let tokens = try await acts.cases.searchTokens()
            .tokens(of: "\(form[Field.title.rawValue]) \(form[Field.description.rawValue])")
        let rows = try await host.database.read {
            try DeviationStore.ownLikely(of: person, category: category, tokens: tokens, at: now, in: $0)
        }
        return try await acts.cases.opened(DeviationPage(rows: rows, next: nil)).rows
    }
}
