import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// What those who are asked see, and the desk's form that asks them.
struct ConsultationPages: Sendable {
    let host: HostServices
    let categories: CategoryList
    let desk: DeskPages

    private var consultations: Consultations { Consultations(database: host.database, acts: desk.acts) }

    func mount(on pages: RouterGroup<AppContext>) {
        pages.get("consultations") { _, context in try await list(context) }
        pages.get("consultations/:consultation") { _, context in try await one(context) }
        pages.post("consultations/:consultation/declaration") { request, context in
            try await declare(request, context)
        }
        pages.post("consultations/:consultation/answer") { request, context in try await answer(request, context) }
        pages.post(":id/consultations") { request, context in try await open(request, context) }
    }

    private func list(_ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let rows = try await host.database.read { [cases = desk.acts.cases] in
            try DeviationStore.consultations(
                for: viewer.person.id, token: cases.token(of: viewer.person.id), at: visit.now, in: $0)
        }
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        return ConsultationView(parts: parts).list(rows).response(visit)
    }

    private func one(_ context: AppContext, sent: FormData? = nil) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("consultation")
        guard let asked = try await consultations.asked(id, by: viewer, visit) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        return ConsultationView(parts: parts).one(asked, form: sent ?? FormData()).response(visit)
    }

    private func declare(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("consultation")
        var form = try await context.form(request)
        guard form.errors.isEmpty, ["yes", "no"].contains(form["isImpartial"]) else {
            if form.errors.isEmpty {
                form.errors = [FieldError("isImpartial", CaseworkTexts[visit.language].declareMissing)]
            }
            return try await one(context, sent: form)
        }
        let isImpartial = form["isImpartial"] == "yes"
        try await consultations.declare(isImpartial, in: id, by: viewer, visit)
        return .seeOther(isImpartial ? "/deviations/consultations/\(id)" : "/deviations/consultations")
    }

    private func answer(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("consultation")
        var form = try await context.form(request)
        if form.errors.isEmpty {
            do {
                try await consultations.answer(form["text"], in: id, by: viewer, visit)
                return .seeOther("/deviations/consultations/\(id)")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            }
        }
        return try await one(context, sent: form)
    }

    private func open(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("id")
        var form = try await context.form(request)
        if form.errors.isEmpty {
            do {
                let key = try await desk.acts.cases.key(of: id)
                _ = try await host.database.write { [form] tx in
                    let act = OpenConsultation(
                        id: Identifier.make(at: visit.now),
                        people: try Consultations.people(named: form["people"], at: visit.now, in: tx),
                        question: form["question"],
                        extract: form["extract"], deadline: form["deadline"], tellingWords: [])
                    return try consultations.open(
                        act, in: id, key, by: viewer, visit, ifVersion: Int(form["version"]) ?? 0, in: tx)
                }
                return .seeOther("/deviations/\(id)?done=\(id)/consultations")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            } catch DeviationStoreError.changedMeanwhile {
                form.errors = [FieldError("", ModuleKit.Problem.stale(visit.language).detail)]
            }
        }
        return try await desk.one(id, request, context, sent: ("consultations", form))
    }
}
