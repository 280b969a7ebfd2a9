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
    /// `.triage` is re-registering as a whistleblow.
    static func outcomes(_ way: ReRegistrationWay) -> [CaseForm] {
        [.assignments, .forwardings, .rejection] + (way == .oneStep ? [.triage] : [])
    }

    let host: HostServices
    let categories: CategoryList
    let acts: DeviationActs
    let departures: ReRegistrations

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
            try DeviationStore.list(filter, scope: visit.scope(of: viewer, acts.cases), limit: 50, in: reader)
        }
        let queue = try await acts.cases.opened(list)
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        let chosen = try await load(asked ?? queue.rows.first?.id, viewer, visit)
        if let chosen { try await acts.cases.looked(at: chosen.deviation, by: viewer, visit) }
        let done = sent == nil ? request.uri.queryParameters["done"].map(String.init) : nil
        let isLeaving = try await host.database.read { reader in
            try done.map { try DeviationStore.isLeaving($0, by: viewer.person.id, in: reader) } ?? false
        }
        let (reports, people) = try await host.database.read { reader -> ([MergedReport], [String: Person]) in
            guard let chosen else { return ([], [:]) }
            let reports =
                chosen.deviation.hasOthers ? try DeviationStore.reports(mergedInto: chosen.key, in: reader) : []
            let owners = parts.candidates.owners(for: chosen.deviation)
            return (reports, try Directory.people(Set(owners + reports.map(\.reporter)), in: reader))
        }
        return TriageView(
            queue: queue.rows, chosen: chosen, people: people, reports: try await acts.cases.opened(reports),
            parts: parts, way: departures.way, sent: sent,
            told: CaseView.told(done, isLeaving: isLeaving, visit.language)
        )
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
        let outcome = CaseForm(rawValue: form["outcome"]).flatMap {
            Self.outcomes(departures.way).contains($0) ? $0 : nil
        }
        if form.errors.isEmpty, outcome == nil { throw ModuleKit.Problem.malformed(visit.language) }
        if form.errors.isEmpty, let outcome {
            // Some outcomes have a reason; each has its own field in the one form.
            var chosen = form
            if let field = Self.reasons[outcome] { chosen["reason"] = form[field] }
            if outcome == .triage { chosen[Field.isCensurable.rawValue] = "yes" }
            do {
                let key = try await acts.cases.key(of: id)
                let ready =
                    outcome == .triage
                    ? try await departures.prepare(
                        chosen, on: id, by: viewer, visit, ifVersion: Int(form["version"]) ?? 0) : nil
                try await host.database.write { [chosen] tx in
                    if let ready {
                        _ = try ready.carryOut(tx)
                    } else {
                        try perform(outcome, chosen, on: id, key, by: viewer, visit, in: tx)
                    }
                }
                // The same for every outcome: no address tells that a report left for whistleblowing.
                return .seeOther("\(Self.path)?done=\(id)")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error).map { error in
                    error.field == "reason" ? FieldError(Self.reasons[outcome] ?? error.field, error.message) : error
                }
            } catch DeviationStoreError.changedMeanwhile {
                form.errors = [FieldError("", ModuleKit.Problem.stale(visit.language).detail)]
            } catch is VaultAway {
                form.errors = [FieldError("", ReRegistrationTexts[visit.language].vaultAway)]
            }
        }
        return try await page(id, request, context, sent: form)
    }

    /// The fields that hold the reasons of outcomes other than a rejection.
    private static let reasons: [CaseForm: String] = [.forwardings: "forwardReason", .triage: "whistleReason"]

    private func perform(
        _ outcome: CaseForm, _ form: FormData, on id: String, _ key: CaseKey?, by viewer: Viewer, _ visit: Visit,
        in tx: Transaction
    ) throws {
        var version = Int(form["version"]) ?? 0
        // A rejection brings its answers itself.
        if outcome != .rejection {
            version =
                try acts.perform(on: id, key, by: viewer, visit, DeviationsRights.triage, ifVersion: version, in: tx) {
                    try CaseForm.triage.act(form, on: $0, $1, departures.way)
                }.version
        }
        _ = try acts.perform(on: id, key, by: viewer, visit, outcome.right, ifVersion: version, in: tx) {
            deviation, candidates in
            try outcome.act(form, on: deviation, candidates, departures.way)
        }
    }
}

extension CaseParts {
    var candidates: Candidates { Candidates(chart: visit.access.chart, now: visit.now) }
}
