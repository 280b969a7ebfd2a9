import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// The categories are added, renamed, ordered, and taken out of use (D6).
struct CategoryPages: Sendable {
    static let path = "/deviations/categories"

    let host: HostServices
    let categories: CategoryList

    func mount(on pages: RouterGroup<AppContext>) {
        pages.get("categories") { request, context in
            let (visit, _) = try SetupPage.visitor(context, DeviationsRights.maintain)
            return try await list(FormData(), visit, isDone: request.isDone)
        }
        pages.post("categories") { request, context in try await add(request, context) }
        pages.get("categories/:category") { _, context in
            let (visit, _) = try SetupPage.visitor(context, DeviationsRights.maintain)
            return try await one(try context.parameters.require("category"), nil, visit)
        }
        pages.post("categories/:category") { request, context in
            try await change(request, context) { form, stored in
                stored.category = CategoryForm.category(form, code: stored.category.code)
            }
        }
        pages.post("categories/:category/use") { request, context in
            try await change(request, context) { form, stored in stored.isActive = form["isActive"] == "yes" }
        }
        pages.post("categories/:category/place") { request, context in try await place(request, context) }
    }

    private func list(_ form: FormData, _ visit: Visit, isDone: Bool = false) async throws -> Response {
        let all = try await host.database.read { try CategoryStore.all(in: $0) }
        return CategoryListView(all: all, form: form, isDone: isDone, visit: visit).response
    }

    private func one(_ code: String, _ sent: FormData?, _ visit: Visit) async throws -> Response {
        let all = try await host.database.read { try CategoryStore.all(in: $0) }
        guard let stored = all.first(where: { $0.category.code == code }) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        return CategoryView(stored: stored, sent: sent, visit: visit).response
    }

    private func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.maintain)
        var form = try await context.form(request)
        let isTaken = try await taken(&form, visit) { form in
            _ = try await host.database.write {
                try CategoryStore.add(
                    CategoryForm.category(form, code: ""), by: viewer.person.id, at: visit.now, in: $0)
            }
        }
        return isTaken ? .seeOther("\(Self.path)?done=1") : try await list(form, visit)
    }

    private func change(
        _ request: Request, _ context: AppContext, _ body: @escaping @Sendable (FormData, inout StoredCategory) -> Void
    ) async throws -> Response {
        let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.maintain)
        let code = try context.parameters.require("category")
        var form = try await context.form(request)
        let isTaken = try await taken(&form, visit) { form in
            let changed = try await host.database.write {
                try CategoryStore.change(
                    code, ifVersion: Int(form["version"]) ?? 0, by: viewer.person.id, at: visit.now, in: $0
                ) { body(form, &$0) }
            }
            if changed == nil { throw ModuleKit.Problem.notFound(visit.language) }
        }
        return isTaken ? .seeOther("\(Self.path)?done=1") : try await one(code, form, visit)
    }

    private func place(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, _) = try SetupPage.visitor(context, DeviationsRights.maintain)
        let code = try context.parameters.require("category")
        var form = try await context.form(request)
        let isTaken = try await taken(&form, visit) { form in
            let before = form["before"].isEmpty ? nil : form["before"]
            guard try await host.database.write({ try CategoryStore.place(code, before: before, in: $0) }) else {
                throw ModuleKit.Problem.notFound(visit.language)
            }
        }
        return isTaken ? .seeOther("\(Self.path)?done=1") : try await list(form, visit)
    }

    /// Does what the form asks for; false, with what is wrong in the form, when it cannot be done.
    private func taken(_ form: inout FormData, _ visit: Visit, _ act: (FormData) async throws -> Void) async throws
        -> Bool
    {
        guard form.errors.isEmpty else { return false }
        do {
            try await act(form)
            categories.forget()
            return true
        } catch let error as DeviationError {
            form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
        } catch is DeviationStoreError {
            form.errors = [FieldError("", ModuleKit.Problem.stale(visit.language).detail)]
        }
        return false
    }
}

/// A category as a form.
enum CategoryForm {
    static func category(_ form: FormData, code: String) -> DeviationsCore.Category {
        DeviationsCore.Category(
            code: code, bokmaal: form[Field.nameBokmaal.rawValue], nynorsk: form[Field.nameNynorsk.rawValue],
            english: form[Field.nameEnglish.rawValue])
    }

    static func filled(_ category: DeviationsCore.Category) -> FormData {
        var form = FormData()
        form[Field.nameBokmaal.rawValue] = category.bokmaal
        form[Field.nameNynorsk.rawValue] = category.nynorsk
        form[Field.nameEnglish.rawValue] = category.english
        return form
    }

    static func fields(_ view: FormView) -> HTML {
        let fields: [(Field, Language)] = [(.nameBokmaal, .nb), (.nameNynorsk, .nn), (.nameEnglish, .en)]
        let inputs = fields.map { view.text($0.0.rawValue, label: $0.1.name, limit: 80) }
        return """
            <fieldset><legend>\(CategoryTexts[view.visit.language].names)</legend><div class="columns">\(inputs)</div></fieldset>
            """
    }
}
