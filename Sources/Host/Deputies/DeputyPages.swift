import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// `/deputy`, where everyone with a role chooses who stands in for them, and `/admin/deputies`, where an administrator sees to all.
struct DeputyPages: Sendable {
    static let right: Right = "host.appoint-deputies"
    /// To choose who stands in for oneself.
    static let ownRight: Right = "host.have-deputy"

    let database: Database
    let directory: Directory

    /// The entry under one's own name, for those who have a role that can have a deputy, or are one.
    static func menu(_ visit: Visit) -> [MenuItem] {
        guard let viewer = visit.viewer, visit.access.mayAnywhere(viewer, Self.ownRight) else { return [] }
        return [MenuItem(DeputyTexts[visit.language].title, "/deputy")]
    }

    func mount(on router: Router<AppContext>) {
        router.get("/deputy") { request, context in
            try await own(FormData(), try holder(context), told: request.uri.queryParameters["done"] != nil)
        }
        router.post("/deputy") { request, context in
            let visit = try holder(context)
            return try await add(try await context.form(request), ownForm(visit), back: "/deputy", visit) {
                try await own($0, visit, told: false)
            }
        }
        router.post("/deputy/:deputyship/end") { request, context in
            let visit = try holder(context)
            let person = try context.viewer.person.id
            return try await end(request, context, visit, back: "/deputy") { $0.person == person }
        }
        router.get("/admin/deputies") { request, context in
            try await all(FormData(), try administrator(context), told: request.uri.queryParameters["done"] != nil)
        }
        router.post("/admin/deputies") { request, context in
            let visit = try administrator(context)
            return try await add(
                try await context.form(request), try await anyForm(visit), back: "/admin/deputies", visit
            ) {
                try await all($0, visit, told: false)
            }
        }
        router.post("/admin/deputies/:deputyship/end") { request, context in
            try await end(request, context, try administrator(context), back: "/admin/deputies") { _ in true }
        }
    }

    /// - Throws: `Problem` 401 or 403.
    func holder(_ context: AppContext) throws -> Visit {
        let visit = try context.visit
        guard visit.access.mayAnywhere(try context.viewer, Self.ownRight) else {
            throw Problem.forbidden(visit.language)
        }
        return visit
    }

    private func administrator(_ context: AppContext) throws -> Visit {
        try context.visitor(with: Self.right).visit
    }

    // What is done

    private func add(
        _ form: FormData, _ fields: DeputyForm, back: String, _ visit: Visit, again: (FormData) async throws -> Response
    ) async throws -> Response {
        guard form.errors.isEmpty, let by = visit.viewer?.person.id else { return try await again(form) }
        let outcome = try await database.write { tx -> FormData in
            var form = form
            _ = try add(&form, fields, by: by, visit, in: tx)
            return form
        }
        return outcome.errors.isEmpty ? .seeOther(back + "?done=1") : try await again(outcome)
    }

    /// Stores what the form describes; nil when something is wrong, which the form's errors then say.
    func add(
        _ form: inout FormData, _ fields: DeputyForm, by person: String, _ visit: Visit, in tx: Transaction
    ) throws -> Deputyship? {
        guard let new = try fields.deputyship(&form, in: tx) else { return nil }
        do { try Directory.add(new, by: person, at: visit.now, in: tx) } catch let error as DirectoryError {
            form.errors.append(DeputyTexts[visit.language].message(error))
            return nil
        }
        return new
    }

    private func end(
        _ request: Request, _ context: AppContext, _ visit: Visit, back: String, mine: (Deputyship) -> Bool
    ) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.parameters.require("deputyship")
        guard form.errors.isEmpty else { throw Problem.malformed(visit.language, form.errors) }
        try await end(id, visit, mine: mine)
        return .seeOther(back + "?done=1")
    }

    /// - Throws: `Problem` 404 for one that is not theirs.
    func end(_ id: String, _ visit: Visit, mine: (Deputyship) -> Bool) async throws {
        guard visit.access.chart.deputyships.contains(where: { $0.id == id && mine($0) }) else {
            throw Problem.notFound(visit.language)
        }
        try await database.write { try Directory.end(deputyship: id, at: visit.now, in: $0) }
    }

    // The forms

    func ownForm(_ visit: Visit) async throws -> DeputyForm {
        let grants = (visit.viewer?.grants ?? []).filter { $0.role.canHaveDeputy && $0.deputyFor == nil }
        let roles = Role.allCases.filter { role in grants.contains { $0.role == role } }
        let units = visit.access.chart.units.filter { unit in grants.contains { $0.unit == unit.id } }
        return DeputyForm(
            person: visit.viewer?.person, roles: roles, units: units, suggestions: try await colleagues(visit),
            visit: visit)
    }

    private func anyForm(_ visit: Visit) async throws -> DeputyForm {
        DeputyForm(
            person: nil, roles: Role.allCases.filter(\.canHaveDeputy), units: visit.access.chart.units,
            suggestions: try await colleagues(visit), visit: visit)
    }

    /// Who has a role that can have a deputy, but for the viewer: those most likely to stand in.
    private func colleagues(_ visit: Visit) async throws -> [Person] {
        let chart = visit.access.chart
        let roles = Role.allCases.filter(\.canHaveDeputy)
        let ids = Set(roles.flatMap { chart.holders(of: $0, within: Set(chart.units.map(\.id)), now: visit.now) })
        let people = try await database.read {
            try Directory.people(ids.subtracting([visit.viewer?.person.id ?? ""]), in: $0)
        }
        return people.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    // The pages

    private func own(_ form: FormData, _ visit: Visit, told: Bool) async throws -> Response {
        let text = DeputyTexts[visit.language]
        let me = visit.viewer?.person.id ?? ""
        let fields = try await ownForm(visit)
        let rows = rows(of: me, visit)
        let list = try await DeputyList(rows, visit: visit, in: database)
        let view = FormView(filled(form, visit), visit: visit)
        let (mine, others) = (rows.filter { $0.person == me }, rows.filter { $0.deputy == me })
        let lent = list.html(others, empty: "", endingAt: nil) { $0.person }
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack"><h1>\(text.title)</h1><p class="soft">\(text.lead)</p></div>\
            \(view.summary)\(if: told, "<p class=\"told\" role=\"status\">\(text.saved)</p>")\
            <section class="stack"><h2>\(text.mine)</h2>\
            \(list.html(mine, empty: text.forNobody, endingAt: "/deputy") { $0.deputy })</section>\
            \(if: !fields.roles.isEmpty, fields.html(view, action: "/deputy"))\
            \(if: !others.isEmpty, "<section class=\"stack\"><h2>\(text.standingIn)</h2>\(lent)</section>")</main>
            """
        return Page(
            text.title, section: "/deputy", status: form.errors.isEmpty ? .ok : .unprocessableContent, content: content
        ).response(visit)
    }

    private func all(_ form: FormData, _ visit: Visit, told: Bool) async throws -> Response {
        let text = DeputyTexts[visit.language]
        let fields = try await anyForm(visit)
        let rows = visit.access.chart.deputyships.filter { isNotOver($0, visit) }
        let list = try await DeputyList(rows, visit: visit, in: database)
        let view = FormView(filled(form, visit), visit: visit)
        return AdminPage.response(
            visit, "/admin/deputies", text.allTitle, status: form.errors.isEmpty ? .ok : .unprocessableContent,
            """
            \(view.summary)\(if: told, "<p class=\"told\" role=\"status\">\(text.saved)</p>")<p class="soft">\(text.allLead)</p>\
            \(list.html(rows, empty: text.nobody, endingAt: "/admin/deputies"))\(fields.html(view, action: "/admin/deputies"))
            """)
    }

    /// Who stands in for the person, and for whom they do, now and later.
    func rows(of person: String, _ visit: Visit) -> [Deputyship] {
        visit.access.chart.deputyships.filter {
            ($0.person == person || $0.deputy == person) && isNotOver($0, visit)
        }
    }

    private func isNotOver(_ row: Deputyship, _ visit: Visit) -> Bool { row.to.map { visit.now < $0 } ?? true }

    /// Today as the first day, until another is chosen.
    private func filled(_ form: FormData, _ visit: Visit) -> FormData {
        var form = form
        if form["from"].isEmpty, form.errors.isEmpty { form["from"] = "\(Oslo.date(at: visit.now))" }
        return form
    }
}
