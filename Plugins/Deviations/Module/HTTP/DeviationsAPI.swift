import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// `/api/v1/deviations`; described in Resources/deviations.openapi.json, which a test holds
/// true.
struct DeviationsAPI: Sendable {
    let host: HostServices
    let categories: CategoryList
    let acts: DeviationActs
    let prepared: PreparedActs

    func mount(on api: RouterGroup<AppContext>) {
        api.post("deviations") { request, context in try await create(request, context) }
        api.get("deviations") { request, context in
            _ = try context.viewer
            return try await list(try ListQuery(request, try context.visit), context)
        }
        api.post("deviations/search") { request, context in
            _ = try context.viewer
            let body = try await context.json(request, as: SearchBody.self).value
            return try await list(try ListQuery(body, try context.visit), context)
        }
        api.get("deviations/:id") { _, context in try await one(context) }
        for form in CaseForm.allCases {
            api.post("deviations/:id/\(form.rawValue)") { request, context in
                try await act(request, context, form.rawValue, form.right) {
                    (sent, deviation, candidates) throws(DeviationError) in
                    try form.act(sent, on: deviation, candidates, prepared.departures.way)
                }
            }
        }
        mountMerging(on: api)
        api.post("deviations/:id/measures/:measure/completion") { request, context in
            let measure = try context.parameters.require("measure")
            return try await act(request, context, "completion", DeviationsRights.handle) { form, _, _ in
                CaseForm.completion(of: measure, form)
            }
        }
        api.post("deviations/:id/measures/:measure/move") { request, context in
            let measure = try context.parameters.require("measure")
            return try await act(request, context, "move", DeviationsRights.handle) {
                (form, deviation, candidates) throws(DeviationError) in
                try CaseForm.move(of: measure, form, on: deviation, candidates)
            }
        }
    }

    private func create(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let (body, bytes) = try await context.json(request, as: ReportBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let choices = try await ReportChoices(visit, categories, naming: !(body.people ?? []).isEmpty)
        let candidates = Candidates(chart: visit.access.chart, now: visit.now)
        var draft = body.draft
        // As the form does, which fills in what the identity data knows.
        if body.unit == nil { draft.unit = candidates.unit(of: viewer.person) ?? "" }
        let report = try await Self.said(visit.language) { [draft] in
            do {
                let sent = try Report(draft, choices: choices, today: Oslo.date(at: visit.now))
                return try await acts.knowing(sent, by: viewer.person)
            } catch DeviationError.serious {
                throw ModuleKit.Problem.serious(visit)
            }
        }
        let routing = try await CaseRouting(chart: visit.access.chart, now: visit.now)
            .route(report, from: viewer.person, in: host)
        let receipt = try await acts.receipt(of: report, from: viewer.person.id, routing: routing, at: visit.now)
        let answer = try await host.database.write { tx in
            try idempotency.once(in: tx) {
                let stored = try receipt.store(in: tx)
                return WriteAnswer(
                    status: .created, body: stored.receipt(acts.cases.numbers),
                    location: "/api/v1/deviations/\(stored.deviation.id)",
                    version: stored.version)
            }
        }
        return answer.response
    }

    private func list(_ asked: ListQuery, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        var query = asked
        // Who handles a case is told to those who work with it, not to its reporter.
        if let handler = query.filter.handler, handler != viewer.person.id {
            let desk = visit.access.scope(of: viewer, DeviationsRights.desk).units
            query.filter.units = query.filter.units?.intersection(desk) ?? desk
        }
        let filter = try await acts.cases.prepared(query.filter)
        let sealed = try await host.database.read { [query] reader in
            try DeviationStore.list(
                filter, scope: visit.scope(of: viewer, acts.cases), order: query.order,
                after: query.after.flatMap(acts.cases.numbers.shown), limit: query.limit, in: reader)
        }
        let page = try await acts.cases.opened(sealed)
        let desk = visit.access.scope(of: viewer, DeviationsRights.desk).units
        let items = page.rows.map { $0.json(isPrivate: desk.contains($0.unit) || $0.handler == viewer.person.id) }
        return .json(#"{"items":\#(items),"next":\#(page.next?.description)}"#)
    }

    private func one(_ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let id = try context.parameters.require("id")
        let key = try await acts.cases.key(of: id)
        let found: (StoredDeviation, [TimelineEntry], CivilDate?, Bool)? = try await host.database.read { reader in
            guard let key, let stored = try DeviationStore.load(id, key: key, in: reader),
                visit.access.may(viewer, DeviationsRights.read, on: stored.deviation.accessObject)
            else { return nil }
            let isPrivate = visit.access.may(viewer, DeviationsRights.desk, on: stored.deviation.accessObject)
            let timeline = try DeviationStore.timeline(ofCase: stored.key, by: key, forReporter: !isPrivate, in: reader)
            let guideline = try DeviationStore.guidelineVersion(
                on: Oslo.date(at: stored.deviation.receivedAt), in: reader)
            return (stored, timeline, guideline, isPrivate)
        }
        guard let (stored, own, guideline, isPrivate) = found else {
            let farewells = try await prepared.departures.farewells(of: viewer)
            guard let farewell = farewells.first(where: { $0.farewell.deviation == id })?.farewell else {
                throw ModuleKit.Problem.notFound(visit.language)
            }
            return .json(farewell.json)
        }
        try await acts.cases.looked(at: stored.deviation, by: viewer, visit)
        let timeline = try await acts.cases.history(of: stored, own: own)
        let shown = isPrivate ? timeline : timeline.map { $0.hidingStaff(from: viewer.person.id) }
        var answer = Response.json(
            stored.json(shown, guideline: guideline, isPrivate: isPrivate, acts.cases.numbers))
        answer.headers[.eTag] = "\"\(stored.version)\""
        return answer
    }

    private func act(
        _ request: Request, _ context: AppContext, _ path: String, _ right: Right,
        _ make: @escaping @Sendable (FormData, Deviation, Candidates) throws(DeviationError) -> any DeviationsCore.Act
    ) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let id = try context.parameters.require("id")
        let (body, bytes) = try await context.json(request, as: ActBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let version = try context.expectedVersion(request)
        let key = try await acts.cases.key(of: id)
        let ready = try await Self.said(visit.language) {
            try await prepared.prepare(path, body.form, on: id, by: viewer, visit, ifVersion: version)
        }
        let answer = try await host.database.write { tx in
            // The idempotency key first: a repeat gets its answer also when the act has taken the case out of sight.
            try idempotency.once(in: tx) {
                try Self.said(visit.language) {
                    let changed =
                        try ready?.carryOut(tx)
                        ?? acts.perform(on: id, key, by: viewer, visit, right, ifVersion: version, in: tx) {
                            try make(body.form, $0, $1)
                        }
                    return WriteAnswer(status: .ok, body: changed.receipt(acts.cases.numbers), version: changed.version)
                }
            }
        }
        return answer.response
    }

    /// A rule that was not kept, as a problem in the reader's words.
    static func said<Value>(_ language: Language, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch { throw ModuleKit.Problem.said(error, language) }
    }

    static func said<Value>(_ language: Language, _ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch { throw ModuleKit.Problem.said(error, language) }
    }
}

extension ModuleKit.Problem {
    /// The error in the reader's words, if it is one of this module's.
    fileprivate static func said(_ error: any Error, _ language: Language) -> any Error {
        switch error {
        case let error as DeviationError: return rule(error, language)
        case DeviationStoreError.changedMeanwhile: return stale(language)
        case is VaultAway:
            let text = ReRegistrationTexts[language]
            return ModuleKit.Problem(
                .serviceUnavailable, "vault-away", title: text.vaultAwayTitle, detail: text.vaultAway)
        default: return error
        }
    }

    /// A report that belongs to whistleblowing: the way there, whom one can talk to, and whom to call when there is danger.
    fileprivate static func serious(_ visit: Visit) -> ModuleKit.Problem {
        let text = DoorTexts[visit.language]
        let numbers = visit.access.chart.numbers(
            [.emergency, .confidential, .ombud], for: visit.viewer?.person.campus, visit.language)
        return ModuleKit.Problem(
            .unprocessableContent, "serious", title: text.stopTitle, detail: "\(text.refused) \(text.call) \(numbers).",
            errors: [FieldError(Field.serious.rawValue, text.refused)])
    }

    /// A rule that was not kept.
    static func rule(_ error: DeviationError, _ language: Language) -> ModuleKit.Problem {
        let errors = ErrorMessages(language: language).fieldErrors(error)
        if case .invalid = error { return invalid(language, errors) }
        return ModuleKit.Problem(
            .conflict, error.code, title: ErrorTexts[language].ruleTitle,
            detail: errors.map(\.message).joined(separator: " "), errors: errors)
    }
}

extension DeviationError {
    /// Stable name for API clients.
    var code: String {
        switch self {
        case .invalid: "invalid"
        case .notPossible: "not-possible"
        case .triageUnanswered: "triage-unanswered"
        case .notADeviation: "not-a-deviation"
        case .censurable: "censurable"
        case .onlyByReporter: "only-by-reporter"
        case .serious: "serious"
        case .leaving: "leaving"
        case .takenAlready: "taken-already"
        case .notOverdue: "not-overdue"
        case .escalatedBefore: "escalated-before"
        case .notWithdrawn: "not-withdrawn"
        case .sameUnit: "same-unit"
        case .sameHandler: "same-handler"
        case .unknownMeasure: "unknown-measure"
        case .measureDone: "measure-done"
        case .measureNotDone: "measure-not-done"
        case .causeMissing: "cause-missing"
        case .measuresUnfinished: "measures-unfinished"
        case .merged: "merged"
        case .hasOtherReports: "has-other-reports"
        case .sameCase: "same-case"
        case .olderThanCase: "older-than-case"
        case .notMergeable: "not-mergeable"
        case .centralDecision: "central-decision"
        case .disqualified: "disqualified"
        case .notConsulted: "not-consulted"
        case .registeredBefore: "registered-before"
        case .lastCategory: "last-category"
        }
    }
}

extension ReportChoices {
    /// What a report may name at this moment; the people only with `naming`, as most reports name nobody.
    init(_ visit: Visit, _ categories: CategoryList, naming: Bool) async throws {
        let categories = try await categories.read(now: visit.now).active.map(\.code)
        let chart = visit.access.chart
        self.init(
            units: chart.reportableUnits,
            campuses: Set(chart.campuses.map(\.id)),
            categories: Set(categories),
            people: naming ? Set(Candidates(chart: chart, now: visit.now).everybodyWithRole) : [])
    }
}
