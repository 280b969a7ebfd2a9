import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault

/// The intake officer's desk: one untriaged report after the other, three questions and an outcome, one form (D10–D12).
struct TriagePages: Sendable {
    static let path = "/deviations/triage"
    /// The outcomes beside the answers.
    static let outcomes: [CaseForm] = [.assignments, .forwardings, .rejection]

    let host: HostServices
    let categories: CategoryList
    let acts: DeviationActs

    func mount(on pages: RouterGroup<AppContext>) {
        pages.get("triage") { request, context in
            let asked = request.uri.queryParameters["case"].map(String.init)
            return try await page(asked, request, context, sent: nil)
        }
        pages.post("triage/:id") { request, context in try await take(request, context) }
    }

    private func page(
        _ asked: String?, _ request: Request, _ context: AppContext, sent: FormData?
    ) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        guard visit.access.mayAnywhere(viewer, DeviationsRights.triage) else {
            throw ModuleKit.Problem.forbidden(visit.language)
        }
        var query = DeskQuery(FormData(), viewer: viewer)
        query.view = .triage
        let filter = query.filter(viewer, visit)
        let list = try await host.database.read { reader in
            try DeviationStore.list(filter, scope: visit.scope(of: viewer), limit: 50, in: reader)
        }
        let queue = try await acts.cases.opened(list)
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        let chosen = try await load(asked ?? queue.rows.first?.id, viewer, visit)
        let people = try await host.database.read { reader in
            try chosen.map { try Directory.people(Set(parts.candidates.owners(of: $0.deviation.unit)), in: reader) }
                ?? [:]
        }
        let done = sent == nil && request.uri.queryParameters["done"] != nil
        return TriageView(queue: queue.rows, chosen: chosen, people: people, parts: parts, sent: sent, isDone: done)
            .page
            .response(visit)
    }

    private func load(_ id: String?, _ viewer: Viewer, _ visit: Visit) async throws -> StoredDeviation? {
        guard let id else { return nil }
        let key = try await acts.cases.key(of: id)
        let stored = try await host.database.read { try DeviationStore.load(id, key: key, in: $0) }
        guard let stored, visit.access.may(viewer, DeviationsRights.triage, on: stored.deviation.accessObject) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        return stored
    }

    /// Answers and outcome together, or neither.
    private func take(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let id = try context.parameters.require("id")
        var form = try await context.form(request)
        _ = try await load(id, viewer, visit)
        let outcome = CaseForm(rawValue: form["outcome"]).flatMap { Self.outcomes.contains($0) ? $0 : nil }
        if form.errors.isEmpty, outcome == nil { throw ModuleKit.Problem.malformed(visit.language) }
        if form.errors.isEmpty, let outcome {
            // Two outcomes have a reason; each has its own field in the one form.
            var chosen = form
            if outcome == .forwardings { chosen["reason"] = form["forwardReason"] }
            do {
                let key = try await acts.cases.key(of: id)
                try await host.database.write { [chosen] tx in
                    try perform(outcome, chosen, on: id, key, by: viewer, visit, in: tx)
                }
                return .seeOther("\(Self.path)?done=1")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error).map { error in
                    let isForward = outcome == .forwardings && error.field == "reason"
                    return isForward ? FieldError("forwardReason", error.message) : error
                }
            } catch DeviationStoreError.changedMeanwhile {
                form.errors = [FieldError("", ModuleKit.Problem.stale(visit.language).detail)]
            }
        }
        return try await page(id, request, context, sent: form)
    }

    private func perform(
        _ outcome: CaseForm, _ form: FormData, on id: String, _ key: CaseKey?, by viewer: Viewer, _ visit: Visit,
        in tx: Transaction
    ) throws {
        let seen = Int(form["version"]) ?? 0
        let answered = try acts.perform(
            on: id, key, by: viewer, visit, DeviationsRights.triage, ifVersion: seen, in: tx
        ) { deviation, candidates in try CaseForm.triage.act(form, on: deviation, candidates) }
        _ = try acts.perform(on: id, key, by: viewer, visit, outcome.right, ifVersion: answered.version, in: tx) {
            deviation, candidates in
            try outcome.act(form, on: deviation, candidates)
        }
    }
}

extension CaseParts {
    var candidates: Candidates { Candidates(chart: visit.access.chart, now: visit.now) }
}
