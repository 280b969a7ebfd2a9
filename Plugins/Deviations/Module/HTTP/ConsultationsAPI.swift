import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// The same for clients: `/api/v1/consultations` for those who are asked, and asking in a case.
struct ConsultationsAPI: Sendable {
    let host: HostServices
    let deviations: DeviationsAPI

    private var acts: DeviationActs { deviations.acts }
    private var consultations: Consultations { Consultations(database: host.database, acts: acts) }

    private struct OpenBody: Decodable, Sendable {
        /// Ids or addresses.
        let people: [String]?
        let question, extract, deadline: String?
    }

    private struct DeclarationBody: Decodable, Sendable { let isImpartial: Bool? }

    func mount(on api: RouterGroup<AppContext>) {
        api.get("consultations") { _, context in try await list(context) }
        api.get("consultations/:consultation") { _, context in try await one(context) }
        api.post("consultations/:consultation/declaration") { request, context in try await declare(request, context) }
        api.post("consultations/:consultation/answer") { request, context in try await answer(request, context) }
        api.post("deviations/:id/consultations") { request, context in try await open(request, context) }
    }

    private func list(_ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let rows = try await host.database.read { [cases = acts.cases] in
            try DeviationStore.consultations(
                for: viewer.person.id, token: cases.token(of: viewer.person.id), at: visit.now, in: $0)
        }
        let items = rows.map {
            #"{"id":\#($0.id),"category":\#($0.category),"unit":\#($0.unit),"deadline":\#($0.deadline),"answered":\#($0.isAnswered)}"#
                as JSON
        }
        return .json(#"{"items":\#(items)}"#)
    }

    private func one(_ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("consultation")
        guard let asked = try await consultations.asked(id, by: viewer, visit) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        let isImpartial = asked.standing.isImpartial == true
        return .json(
            #"""
            {"id":\#(id),"category":\#(asked.category),"unit":\#(asked.unit),"deadline":\#(asked.consultation.deadline),\#
            "isImpartial":\#(asked.standing.isImpartial.map { #"\#($0)"# as JSON }),"question":\#(isImpartial ? asked.consultation.question : nil),\#
            "extract":\#(isImpartial ? asked.consultation.extract : nil),"answers":\#(asked.answers.map(\.text))}
            """#)
    }

    private func declare(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let (body, bytes) = try await context.json(request, as: DeclarationBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        guard let isImpartial = body.isImpartial else {
            throw ModuleKit.Problem.invalid(
                visit.language, [FieldError("isImpartial", CaseworkTexts[visit.language].declareMissing)])
        }
        let id = try context.parameters.require("consultation")
        let answer = WriteAnswer(status: .ok, body: #"{"id":\#(id),"isImpartial":\#(isImpartial)}"#)
        try await consultations.declare(isImpartial, in: id, by: viewer, visit) { tx, change in
            _ = try idempotency.once(in: tx) {
                try change()
                // Kept without its id: the case may leave.
                return WriteAnswer(status: .ok, body: "{}")
            }
        }
        return answer.response
    }

    private func answer(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let (body, bytes) = try await context.json(request, as: ActBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let id = try context.parameters.require("consultation")
        let answer = WriteAnswer(status: .ok, body: #"{"id":\#(id)}"#)
        try await DeviationsAPI.said(visit.language) {
            try await consultations.answer(body.text ?? "", in: id, by: viewer, visit) { tx, change in
                _ = try idempotency.once(in: tx) {
                    try change()
                    // Kept without its id: the case may leave.
                    return WriteAnswer(status: .ok, body: "{}")
                }
            }
        }
        return answer.response
    }

    private func open(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("id")
        let (body, bytes) = try await context.json(request, as: OpenBody.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let version = try context.expectedVersion(request)
        let key = try await acts.cases.key(of: id)
        let answer = try await host.database.write { tx in
            try idempotency.once(in: tx) {
                try DeviationsAPI.said(visit.language) {
                    // Whoever may not see the case learns nothing of who is known here.
                    _ = try acts.writable(id, key, viewer, visit, in: tx)
                    let act = OpenConsultation(
                        id: Identifier.make(at: visit.now),
                        people: try Consultations.people(
                            named: (body.people ?? []).joined(separator: " "), at: visit.now, in: tx),
                        question: body.question ?? "", extract: body.extract ?? "", deadline: body.deadline ?? "",
                        tellingWords: [])
                    let stored = try consultations.open(
                        act, in: id, key, by: viewer, visit, ifVersion: version, in: tx)
                    return WriteAnswer(
                        status: .ok, body: stored.receipt(acts.cases.numbers), version: stored.version)
                }
            }
        }
        return answer.response
    }
}
