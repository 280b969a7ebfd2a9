import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit

/// `/me/tokens`: a person's own keys to the API, which they make, see and take back; a program sees and takes back only.
///
/// A key cannot make keys: one that was stolen would live on in those it had made.
struct TokenPages: Sendable {
    static let path = "/me/tokens"

    let sessions: Sessions

    func mount(on router: Router<AppContext>, api: RouterGroup<AppContext>) {
        router.get("/me/tokens") { request, context in
            try await page(Self.fresh, context, told: request.uri.queryParameters["done"] != nil)
        }
        router.post("/me/tokens") { request, context in try await make(request, context) }
        router.post("/me/tokens/:token/revoke") { request, context in
            _ = try context.viewer
            let form = try await context.form(request)
            guard form.errors.isEmpty else { throw Problem.malformed(try context.visit.language, form.errors) }
            try await revoke(context)
            return Response.seeOther(Self.path + "?done=1")
        }
        api.get("me/tokens") { _, context in
            let (visit, viewer) = (try context.visit, try context.viewer)
            let items = try await sessions.tokens(of: viewer.person.id, now: visit.now).map(\.json)
            return Response.json(#"{"items":\#(items)}"#)
        }
        api.delete("me/tokens/:token") { _, context in
            try await revoke(context)
            return Response(status: .noContent)
        }
    }

    private static var fresh: FormData {
        var form = FormData()
        (form["scope"], form["days"]) = (APIToken.Scope.read.rawValue, "90")
        return form
    }

    private func revoke(_ context: AppContext) async throws {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("token")
        guard try await sessions.revokeToken(id, of: viewer.person.id) else {
            throw Problem.notFound(visit.language)
        }
    }

    private func make(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let text = TokenTexts[visit.language]
        var form = try await context.form(request)
        let (name, scope, days) = (
            form["name"].trimmingSpaces(), APIToken.Scope.own.first { $0.rawValue == form["scope"] },
            Int(form["days"].trimmingSpaces())
        )
        if !APIToken.isName(name) { form.errors.append(FieldError("name", text.badName)) }
        if scope == nil { form.errors.append(FieldError("scope", text.badScope)) }
        if !(days.map(APIToken.days.contains) ?? false) {
            form.errors.append(FieldError("days", text.badDays(APIToken.days)))
        }
        if try await sessions.tokens(of: viewer.person.id, now: visit.now).count >= APIToken.most {
            form.errors.append(FieldError("", text.tooMany(APIToken.most)))
        }
        guard form.errors.isEmpty, let scope, let days else { return try await page(form, context) }
        let secret = try await sessions.makeToken(
            person: viewer.person.id, name: name, scope: scope, days: days, twoFactors: viewer.hasTwoFactors,
            now: visit.now)
        return shown(secret, visit)
    }

    /// The one time that the secret is shown.
    private func shown(_ secret: String, _ visit: Visit) -> Response {
        let text = TokenTexts[visit.language]
        let content: HTML = """
            <main class="page stack" id="main"><h1>\(text.shownTitle)</h1><p class="told" role="status">\(text.shownLead)</p>\
            <pre>\(secret)</pre><p class="soft">\(text.shownHint)</p>\
            <p><a class="button" href="\(Self.path)">\(text.goOn)</a></p></main>
            """
        return Page(text.shownTitle, section: Self.path, content: content).response(visit)
    }

    private func page(_ form: FormData, _ context: AppContext, told: Bool = false) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let text = TokenTexts[visit.language]
        let tokens = try await sessions.tokens(of: viewer.person.id, now: visit.now)
        let view = FormView(form, visit: visit)
        let rows = tokens.map { row($0, view) }
        let scopes = APIToken.Scope.own.map {
            FormView.Option($0.rawValue, text.scopes[$0] ?? $0.rawValue, hint: text.scopeHints[$0])
        }
        let content: HTML = """
            <main class="page stack loose" id="main">\(view.summary)<div class="stack"><h1>\(text.title)</h1><p class="soft">\(text.lead)</p></div>\
            \(if: told, "<p class=\"told\" role=\"status\">\(text.revoked)</p>")\
            \(if: rows.isEmpty, "<p class=\"empty\">\(text.none)</p>")\(if: !rows.isEmpty, "<ul class=\"cards\">\(rows)</ul>")\
            <form method="post" action="\(Self.path)" class="stack" novalidate>\(view.token)<h2>\(text.add)</h2>\
            \(view.text("name", label: text.name, hint: text.nameHint, limit: APIToken.mostName))\
            \(view.radios("scope", legend: "\(text.scope)", options: scopes))\
            \(view.text("days", label: text.days, hint: text.daysHint))\
            <div class="actions"><button class="button">\(text.make)</button></div></form></main>
            """
        return Page(
            text.title, section: Self.path, status: form.errors.isEmpty ? .ok : .unprocessableContent, content: content
        ).response(visit)
    }

    private func row(_ token: APIToken, _ view: FormView) -> HTML {
        let (text, language) = (TokenTexts[view.visit.language], view.visit.language)
        let today = Oslo.date(at: view.visit.now)
        func day(_ time: Timestamp) -> String { language.words(Oslo.date(at: time), today: today) }
        let name = token.name.isEmpty ? text.nameless : token.name
        let used = token.usedOn.map { text.used(language.words($0, today: today)) } ?? text.neverUsed
        let facts = [text.made(day(token.made)), text.until(day(token.expires)), used].joined(separator: " · ")
        return """
            <li class="card line"><div><b>\(name)</b> <span class="tag">\(text.scopes[token.scope] ?? token.scope.rawValue)</span><br>\
            <span class="soft">\(facts)</span></div><form method="post" action="\(Self.path)/\(token.id)/revoke" class="actions">\
            \(view.token)<button class="button quiet">\(text.revoke)<span class="visually-hidden">: \(name)</span></button></form></li>
            """
    }
}

extension APIToken {
    fileprivate var json: JSON {
        #"""
        {"id":\#(id),"name":\#(name),"scope":\#(scope.rawValue),"madeAt":\#(made),"expiresAt":\#(expires),"usedOn":\#(usedOn)}
        """#
    }
}
