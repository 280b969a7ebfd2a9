import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// `/admin/help`: help contacts are added, changed, ordered and removed.
struct ContactPages: Sendable {
    static let right: Right = "host.edit-help"
    static let path = "/admin/help"

    let database: Database
    let directory: Directory

    func mount(on router: Router<AppContext>) {
        router.get("/admin/help") { request, context in
            list(try editor(context), told: request.uri.queryParameters["done"] != nil)
        }
        router.get("/admin/help/new") { _, context in
            var form = FormData()
            form["kind"] = HelpContact.Kind.confidential.rawValue
            return edit(form, nil, try editor(context))
        }
        router.post("/admin/help") { request, context in try await save(request, context, nil) }
        router.get("/admin/help/:contact") { _, context in
            let visit = try editor(context)
            let contact = try known(context, visit)
            return edit(ContactForm.filled(contact), contact, visit)
        }
        router.post("/admin/help/:contact") { request, context in
            try await save(request, context, try known(context, try editor(context)))
        }
    }

    /// The visit, with contacts as they are now.
    ///
    /// - Throws: `Problem` 401 or 403.
    func editor(_ context: AppContext) throws -> Visit {
        try context.visitor(with: Self.right).visit
    }

    func known(_ context: AppContext, _ visit: Visit) throws -> HelpContact {
        let id = try context.parameters.require("contact")
        guard let contact = visit.access.chart.storedContacts.first(where: { $0.id == id }) else {
            throw Problem.notFound(visit.language)
        }
        return contact
    }

    private func save(_ request: Request, _ context: AppContext, _ contact: HelpContact?) async throws -> Response {
        let visit = try editor(context)
        let id = contact?.id ?? Identifier.make(at: visit.now)
        var form = try await context.form(request)
        guard form.errors.isEmpty else { return edit(form, contact, visit) }
        switch form["go"] {
        case "up", "down":
            let up = form["go"] == "up"
            try await database.write { try Directory.moveContact(id, up: up, in: $0) }
        case "remove": try await database.write { try Directory.removeContact(id, in: $0) }
        default:
            guard let new = ContactForm(chart: visit.access.chart, language: visit.language).contact(&form, id: id)
            else {
                return edit(form, contact, visit)
            }
            try await database.write { try Directory.put(new, in: $0) }
        }
        return .seeOther("/admin/help?done=1")
    }

    private func list(_ visit: Visit, told: Bool) -> Response {
        let text = ContactTexts[visit.language]
        let chart = visit.access.chart
        let token = FormView(FormData(), visit: visit).token
        let sections = HelpContact.Kind.allCases.map { kind -> HTML in
            let contacts = chart.storedContacts.filter { $0.kind == kind }
            let rows = contacts.enumerated().map {
                row($1, isFirst: $0 == 0, isLast: $0 == contacts.count - 1, chart, token, visit.language)
            }
            return """
                <section class="stack tight"><h2>\(HelpTexts[visit.language].kinds[kind] ?? "")</h2>\
                \(if: rows.isEmpty, "<p class=\"soft\">\(kind == .emergency ? text.builtIn : text.none)</p>")\
                \(if: !rows.isEmpty, "<ul class=\"cards\">\(rows)</ul>")</section>
                """
        }
        return AdminPage.response(
            visit, Self.path, text.title,
            """
            \(if: told, "<p class=\"told\" role=\"status\">\(text.saved)</p>")<p class="soft">\(text.lead)</p>\
            <p><a class="button" href="/admin/help/new">\(text.add)</a></p>\(sections)
            """)
    }

    private func row(
        _ contact: HelpContact, isFirst: Bool, isLast: Bool, _ chart: OrganisationChart, _ token: HTML,
        _ language: Language
    ) -> HTML {
        let text = ContactTexts[language]
        let name = contact.names[language]
        let place = contact.campus.flatMap { chart.campus($0)?.names[language] } ?? text.allCampuses
        func button(_ go: String, _ sign: String, _ label: String, _ disabled: Bool) -> HTML {
            """
            <button class="button quiet" name="go" value="\(go)"\(if: disabled, " disabled")><span aria-hidden="true">\(sign)</span>\
            <span class="visually-hidden">\(label): \(name)</span></button>
            """
        }
        return """
            <li class="card line"><div><b>\(name)</b> <span class="tag">\(place)</span><br><span class="soft">\(contact.purposes[language])</span></div>\
            <form method="post" action="/admin/help/\(contact.id)" class="actions">\(token)\(button("up", "↑", text.up, isFirst))\
            \(button("down", "↓", text.down, isLast))<a class="button quiet" href="/admin/help/\(contact.id)">\(text.edit)\
            <span class="visually-hidden"> \(name)</span></a></form></li>
            """
    }

    private func edit(_ form: FormData, _ contact: HelpContact?, _ visit: Visit) -> Response {
        let text = ContactTexts[visit.language]
        let view = FormView(form, visit: visit)
        let path = contact.map { "/admin/help/\($0.id)" } ?? "/admin/help"
        let removal: HTML = """
            <details class="fold"><summary>\(text.remove)</summary><form method="post" action="\(path)" class="stack tight">\(view.token)\
            <p>\(text.removeHint)</p><button class="button quiet" name="go" value="remove">\(text.remove)</button></form></details>
            """
        return AdminPage.response(
            visit, Self.path, contact?.names[visit.language] ?? text.new,
            status: form.errors.isEmpty ? .ok : .unprocessableContent,
            """
            \(view.summary)<form method="post" action="\(path)" class="stack" novalidate>\(view.token)\
            \(ContactForm(chart: visit.access.chart, language: visit.language).fields(view))\
            <div class="actions"><button class="button">\(text.save)</button></div></form>\(if: contact != nil, removal)
            """)
    }
}
