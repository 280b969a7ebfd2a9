import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault

/// What the owner of measures sees of them, page and API: the measures, not their cases (D17).
struct MeasurePages: Sendable {
    static let path = "/deviations/measures"

    let host: HostServices
    let categories: CategoryList
    let acts: DeviationActs

    func mount(on routes: ModuleRoutes) {
        routes.pages.get("measures") { request, context in try await list(request, context, sent: nil) }
        routes.pages.post("measures") { request, context in try await start(request, context) }
        routes.api.get("measures") { _, context in try await listed(context) }
        routes.api.post("measures") { request, context in try await startByAPI(request, context) }
        for act in MeasureAct.allCases {
            routes.pages.post("measures/:measure/\(act.rawValue)") { request, context in
                try await take(act, request, context)
            }
            routes.api.post("measures/:measure/\(act.rawValue)") { request, context in
                try await takeJSON(act, request, context)
            }
        }
    }

    func list(
        _ request: Request, _ context: AppContext, sent: (path: String, form: FormData)?
    ) async throws -> Response {
        let visit = try context.visit
        let measures = try await measures(context)
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        let done = sent == nil && request.uri.queryParameters["done"] != nil
        let starts = visit.access.mayEverywhere(try context.viewer, DeviationsRights.central)
        return MeasureList(measures: measures, parts: parts, sent: sent, isDone: done, startsCentral: starts)
            .page.response(visit)
    }

    /// One's own, and the central ones of who is in the education quality department.
    private func measures(_ context: AppContext) async throws -> [OwnMeasure] {
        let viewer = try context.viewer
        let own = try await acts.cases.measures(ownedBy: viewer.person.id)
        guard try context.visit.access.mayEverywhere(viewer, DeviationsRights.central) else { return own }
        return own + (try await host.database.read { try CentralMeasures.list(in: $0) })
    }

    private func take(_ act: MeasureAct, _ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let measure = try context.parameters.require("measure")
        var form = try await context.form(request)
        let place = try await place(of: measure, viewer, visit)
        if form.errors.isEmpty {
            do {
                try await host.database.write { [form] tx in
                    try perform(act, on: measure, place, form, by: viewer, visit, in: tx)
                }
                return .seeOther("\(Self.path)?done=1")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            }
        }
        return try await list(request, context, sent: ("\(measure)/\(act.rawValue)", form))
    }

    private func listed(_ context: AppContext) async throws -> Response {
        .json(#"{"items":\#(try await measures(context).map(\.json))}"#)
    }

    private func takeJSON(_ act: MeasureAct, _ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let measure = try context.parameters.require("measure")
        let (body, bytes) = try await context.json(request, as: ActBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let place = try await place(of: measure, viewer, visit)
        return try await host.database.write { tx in
            // What is kept holds no words of the measure: they are read anew.
            var answer = try idempotency.once(in: tx) {
                try DeviationsAPI.said(visit.language) {
                    try perform(act, on: measure, place, body.form, by: viewer, visit, in: tx)
                    return WriteAnswer(status: .ok, body: "{}")
                }
            }
            if let own = try read(measure, place, in: tx) { answer.body = own.json }
            return answer.response
        }
    }

    /// The case that a measure belongs to, and its key; nil for a central one, which the viewer may see to.
    ///
    /// - Throws: `Problem` 404 for a measure that is not theirs.
    private func place(of measure: String, _ viewer: Viewer, _ visit: Visit) async throws -> (id: String, key: CaseKey)?
    {
        let isCentral = try await host.database.read { try CentralMeasures.load(measure, in: $0) != nil }
        if isCentral, visit.access.mayEverywhere(viewer, DeviationsRights.central) { return nil }
        return try await acts.caseOfMeasure(measure, viewer, visit)
    }

    private func perform(
        _ act: MeasureAct, on measure: String, _ place: (id: String, key: CaseKey)?, _ form: FormData,
        by viewer: Viewer,
        _ visit: Visit, in tx: Transaction
    ) throws {
        guard let place else {
            return try CentralMeasures.take(act, on: measure, form["effect"], at: visit.now, in: tx)
        }
        _ = try acts.perform(act.act(on: measure, form), onMeasure: measure, place, by: viewer, visit, in: tx)
    }

    private func read(_ measure: String, _ place: (id: String, key: CaseKey)?, in tx: Transaction) throws -> OwnMeasure?
    {
        guard let place else { return try CentralMeasures.load(measure, in: tx) }
        guard let deviation = try DeviationStore.load(place.id, key: place.key, in: tx)?.deviation,
            let done = deviation.measures.first(where: { $0.id == measure })
        else { return nil }
        return OwnMeasure(measure: done, unit: deviation.unit)
    }
}

extension OwnMeasure {
    var json: JSON {
        #"""
        {"id":\#(measure.id),"action":\#(measure.action),"cause":\#(measure.cause),"unit":\#(unit),"dueOn":\#(measure.dueOn),\#
        "completedAt":\#(measure.completedAt),"effect":\#(measure.effect),"isCentral":\#(isCentral)}
        """#
    }
}
