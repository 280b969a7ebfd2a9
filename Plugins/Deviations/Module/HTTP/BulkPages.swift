import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault

/// Several cases at once: assigned, replied to by template, or closed with the same outcome. Each is done whole or not at
/// all, and the page says which.
struct BulkPages: Sendable {
    /// Most cases at once.
    static let most = 100
    /// Stands for a form that was sent with no case marked.
    static let nothing = "none"
    /// What can be done.
    static let forms: [CaseForm] = [.assignments, .replies, .closing]

    /// A marked case as it was when it was marked.
    struct Marked: Sendable {
        let stored: StoredDeviation
        let key: CaseKey
        /// The version the viewer has seen; nil when the page was not built yet.
        let version: Int?
    }

    /// What came of one case.
    struct Result: Sendable {
        let stored: StoredDeviation
        /// Nil when it was done.
        let refusal: String?
    }

    let host: HostServices
    let categories: CategoryList
    let acts: DeviationActs

    func mount(on pages: RouterGroup<AppContext>) {
        pages.post("bulk") { request, context in
            let form = try await checked(request, context)
            if form.errors.isEmpty, form.all("case").isEmpty {
                let list = DeskQuery(saved: form["list"], viewer: try context.viewer)
                return Response.seeOther("/deviations\(list.address(afterTaking: Self.nothing))")
            }
            return try await choose(form, context, sent: nil)
        }
        for form in Self.forms {
            pages.post("bulk/\(form.rawValue)") { request, context in try await act(form, request, context) }
        }
    }

    private func checked(_ request: Request, _ context: AppContext) async throws -> FormData {
        let visit = try context.visit
        guard visit.access.mayAnywhere(try context.viewer, DeviationsRights.desk) else {
            throw ModuleKit.Problem.forbidden(visit.language)
        }
        return try await context.form(request)
    }

    /// The page on which one chooses what is done with the marked cases.
    private func choose(_ form: FormData, _ context: AppContext, sent: CaseForm?) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let (marked, left) = try await marked(form, viewer, visit)
        var form = form
        if marked.isEmpty && form.errors.isEmpty { form.errors = [FieldError("", BulkTexts[visit.language].none)] }
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        let candidates = Candidates(chart: visit.access.chart, now: visit.now)
        let handlers = marked.map { Set(candidates.handlers(for: $0.stored.deviation)) }
        let common = handlers.dropFirst().reduce(handlers.first ?? []) { $0.intersection($1) }
        let people = try await host.database.read { try Directory.people(common, in: $0) }
        let templates = try await templates(for: marked, visit)
        return BulkView(
            marked: marked, left: left, handlers: people, templates: templates, parts: parts, viewer: viewer,
            form: form, sent: sent
        ).page.response(visit)
    }

    private func act(_ kind: CaseForm, _ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        var form = try await checked(request, context)
        let (marked, left) = try await marked(form, viewer, visit)
        // Not another unit's, whatever was sent.
        let template = try await templates(for: marked, visit).first { $0.id == form["template"] }?.template
        let given = kind == .assignments ? form["handler"] : kind == .closing ? form["outcome"] : form["template"]
        if form.errors.isEmpty && (given.isEmpty || (kind == .replies && template == nil)) {
            let field = kind == .assignments ? Field.handler : kind == .closing ? .outcome : .text
            let name = kind == .replies ? "template" : field.rawValue
            form.errors = [
                FieldError(name, ErrorMessages(language: visit.language).message(FieldProblem(field, .missing)))
            ]
        }
        guard form.errors.isEmpty, !marked.isEmpty else { return try await choose(form, context, sent: kind) }
        let reporters = Set(marked.map(\.stored.deviation.reporter))
        let people = try await host.database.read { try Directory.people(reporters, in: $0) }
        var results: [Result] = []
        for one in marked {
            var own = form
            if let template {
                let language = people[one.stored.deviation.reporter]?.language ?? visit.language
                own["text"] = template.reply(
                    on: one.stored, number: acts.cases.numbers[one.stored], language: language, now: visit.now)
            }
            results.append(try await result(kind, own, one, viewer, visit))
        }
        results += left.map { Result(stored: $0.stored, refusal: BulkTexts[visit.language].over(Self.most)) }
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        return BulkResultView(results: results, parts: parts).page.response(visit)
    }

    /// One case, in a transaction of its own.
    private func result(
        _ kind: CaseForm, _ form: FormData, _ one: Marked, _ viewer: Viewer, _ visit: Visit
    ) async throws -> Result {
        do {
            let changed = try await host.database.write { tx in
                try acts.perform(
                    on: one.stored.deviation.id, one.key, by: viewer, visit, kind.right, ifVersion: one.version ?? 0,
                    in: tx
                ) { deviation, candidates in try kind.act(form, on: deviation, candidates) }
            }
            return Result(stored: changed, refusal: nil)
        } catch let error as DeviationError {
            let messages = ErrorMessages(language: visit.language).fieldErrors(error).map(\.message)
            return Result(stored: one.stored, refusal: messages.joined(separator: " "))
        } catch DeviationStoreError.changedMeanwhile {
            return Result(stored: one.stored, refusal: BulkTexts[visit.language].stale)
        } catch is ModuleKit.Problem {
            return Result(stored: one.stored, refusal: BulkTexts[visit.language].gone)
        }
    }

    /// The templates of units that all the cases lie in.
    private func templates(for marked: [Marked], _ visit: Visit) async throws -> [StoredTemplate] {
        let lines = marked.map { visit.access.chart.line(of: $0.stored.deviation.unit) }
        let units = lines.dropFirst().reduce(lines.first ?? []) { $0.intersection($1) }
        return try await host.database.read { try TemplateStore.list(of: units, in: $0) }
    }

    /// The marked cases that the viewer may work with, each once, in the order of the list, and those that are too many
    /// for once. `case` is an id, or an id and the version seen.
    private func marked(
        _ form: FormData, _ viewer: Viewer, _ visit: Visit
    ) async throws -> (marked: [Marked], left: [Marked]) {
        var marked: [Marked] = []
        var seen: Set<String> = []
        for value in form.all("case") {
            let parts = value.split(separator: ".", maxSplits: 1).map(String.init)
            guard let id = parts.first, seen.insert(id).inserted, let key = try await acts.cases.key(of: id) else {
                continue
            }
            let stored = try await host.database.read { try DeviationStore.load(id, key: key, in: $0) }
            guard let stored, visit.access.may(viewer, DeviationsRights.desk, on: stored.deviation.accessObject) else {
                continue
            }
            marked.append(Marked(stored: stored, key: key, version: parts.count > 1 ? Int(parts[1]) : nil))
        }
        return (Array(marked.prefix(Self.most)), Array(marked.dropFirst(Self.most)))
    }
}
