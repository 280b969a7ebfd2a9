import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// What the owner of measures sees of them, page and API: the measures, not their cases (D17).
struct MeasurePages: Sendable {
    static let path = "/deviations/measures"

    let host: HostServices
    let categories: CategoryList
    let acts: DeviationActs

    func mount(on routes: ModuleRoutes) {
        routes.pages.get("measures") { request, context in try await list(request, context, sent: nil) }
        routes.api.get("measures") { _, context in try await listed(context) }
        for act in MeasureAct.allCases {
            routes.pages.post("measures/:measure/\(act.rawValue)") { request, context in
                try await take(act, request, context)
            }
            routes.api.post("measures/:measure/\(act.rawValue)") { request, context in
                try await takeJSON(act, request, context)
            }
        }
    }

    private func list(
        _ request: Request, _ context: AppContext, sent: (path: String, form: FormData)?
    ) async throws -> Response {
        let visit = try context.visit
        let measures = try await acts.cases.measures(ownedBy: try context.viewer.person.id)
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        let done = sent == nil && request.uri.queryParameters["done"] != nil
        return MeasureList(measures: measures, parts: parts, sent: sent, isDone: done).page.response(visit)
    }

    private func take(_ act: MeasureAct, _ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let measure = try context.parameters.require("measure")
        var form = try await context.form(request)
        let place = try await acts.caseOfMeasure(measure, viewer, visit)
        if form.errors.isEmpty {
            do {
                _ = try await host.database.write { [form] tx in
                    try acts.perform(act.act(on: measure, form), onMeasure: measure, place, by: viewer, visit, in: tx)
                }
                return .seeOther("\(Self.path)?done=1")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            }
        }
        return try await list(request, context, sent: ("\(measure)/\(act.rawValue)", form))
    }

    private func listed(_ context: AppContext) async throws -> Response {
        let measures = try await acts.cases.measures(ownedBy: try context.viewer.person.id)
        return .json(#"{"items":\#(measures.map(\.json))}"#)
    }

    private func takeJSON(_ act: MeasureAct, _ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let measure = try context.parameters.require("measure")
        let (body, bytes) = try await context.json(request, as: ActBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let place = try await acts.caseOfMeasure(measure, viewer, visit)
        return try await host.database.write { tx in
            // What is kept holds no words of the measure: they lie sealed, and are read anew.
            var answer = try idempotency.once(in: tx) {
                try DeviationsAPI.said(visit.language) {
                    _ = try acts.perform(
                        act.act(on: measure, body.form), onMeasure: measure, place, by: viewer, visit, in: tx)
                    return WriteAnswer(status: .ok, body: "{}")
                }
            }
            let deviation = try DeviationStore.load(place.id, key: place.key, in: tx)?.deviation
            if let deviation, let done = deviation.measures.first(where: { $0.id == measure }) {
                answer.body = OwnMeasure(measure: done, unit: deviation.unit).json
            }
            return answer.response
        }
    }
}

extension OwnMeasure {
    var json: JSON {
        #"""
        {"id":\#(measure.id),"action":\#(measure.action),"cause":\#(measure.cause),"unit":\#(unit),"dueOn":\#(measure.dueOn),\#
        "completedAt":\#(measure.completedAt),"effect":\#(measure.effect)}
        """#
    }
}
