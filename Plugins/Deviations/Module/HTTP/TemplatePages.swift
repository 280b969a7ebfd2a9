import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// The reply templates of the units that somebody receives or leads for.
struct TemplatePages: Sendable {
    static let path = "/deviations/templates"

    let host: HostServices

    func mount(on pages: RouterGroup<AppContext>) {
        pages.get("templates") { request, context in try await page(context, sent: nil) }
        pages.post("templates") { request, context in
            try await save(Identifier.make(at: try context.visit.now), isNew: true, request, context)
        }
        pages.post("templates/:template") { request, context in
            try await save(try context.parameters.require("template"), isNew: false, request, context)
        }
        pages.post("templates/:template/deletion") { request, context in try await delete(request, context) }
    }

    private func page(_ context: AppContext, sent: (id: String, form: FormData)?) async throws -> Response {
        let visit = try context.visit
        let viewer = try editor(context)
        let units = visit.templateUnits(of: viewer)
        let templates = try await host.database.read { try TemplateStore.list(of: Set(units), in: $0) }
        return TemplateList(templates: templates, units: units, visit: visit, sent: sent).page.response(visit)
    }

    private func save(_ id: String, isNew: Bool, _ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try editor(context)
        if !isNew { _ = try await own(id, viewer, visit) }
        var form = try await context.form(request)
        if form.errors.isEmpty {
            do {
                let template = try ReplyTemplate(
                    typed: ReplyTemplate(
                        name: form["templateName"], bokmaal: form["bokmaal"], nynorsk: form["nynorsk"],
                        english: form["english"]))
                guard visit.templateUnits(of: viewer).contains(form["unit"]) else {
                    throw DeviationError.invalid([FieldProblem(.unit, form["unit"].isEmpty ? .missing : .unknown)])
                }
                let stored = StoredTemplate(id: id, unit: form["unit"], template: template)
                try await host.database.write { tx in
                    try TemplateStore.put(stored, by: viewer.person.id, at: visit.now, in: tx)
                }
                return .seeOther(Self.path)
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            }
        }
        return try await page(context, sent: (isNew ? "" : id, form))
    }

    private func delete(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try editor(context)
        let stored = try await own(try context.parameters.require("template"), viewer, visit)
        let form = try await context.form(request)
        guard form.errors.isEmpty else { throw ModuleKit.Problem.invalid(visit.language, form.errors) }
        try await host.database.write { try TemplateStore.delete(stored.id, in: $0) }
        return .seeOther(Self.path)
    }

    private func own(_ id: String, _ viewer: Viewer, _ visit: Visit) async throws -> StoredTemplate {
        let stored = try await host.database.read { try TemplateStore.load(id, in: $0) }
        guard let stored, visit.templateUnits(of: viewer).contains(stored.unit) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        return stored
    }

    private func editor(_ context: AppContext) throws -> Viewer {
        let (visit, viewer) = (try context.visit, try context.viewer)
        guard visit.access.mayAnywhere(viewer, DeviationsRights.templates) else {
            throw ModuleKit.Problem.forbidden(visit.language)
        }
        return viewer
    }
}
