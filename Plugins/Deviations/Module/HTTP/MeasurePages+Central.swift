import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// Starting a measure without a case: the education quality department's (D21).
extension MeasurePages {
    func start(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try starter(context)
        var form = try await context.form(request)
        if form.errors.isEmpty {
            do {
                _ = try await host.database.write { [form] in try started(form, by: viewer, visit, in: $0) }
                return .seeOther("\(Self.path)?done=1")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            }
        }
        return try await list(request, context, sent: (MeasureList.start, form))
    }

    func startByAPI(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try starter(context)
        let (body, bytes) = try await context.json(request, as: ActBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        return try await host.database.write { tx in
            try idempotency.once(in: tx) {
                try DeviationsAPI.said(visit.language) {
                    WriteAnswer(status: .created, body: try started(body.form, by: viewer, visit, in: tx).json)
                }
            }.response
        }
    }

    private func starter(_ context: AppContext) throws -> (Visit, Viewer) {
        try context.visitor(with: DeviationsRights.central)
    }

    private func started(_ form: FormData, by viewer: Viewer, _ visit: Visit, in tx: Transaction) throws -> OwnMeasure {
        let act = StartCentralMeasure(
            unit: form["unit"], action: form["action"], cause: form["cause"], dueOn: form["dueOn"])
        let units = Set(MeasureList.units(visit.access.chart).map(\.id))
        let measure = try act.measure(
            Identifier.make(at: visit.now), by: viewer.person.id, for: units, at: visit.now)
        let own = OwnMeasure(measure: measure, unit: act.unit, isCentral: true)
        try CentralMeasures.put(own, in: tx)
        return own
    }
}
