import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit

/// `/me/sessions`: where a person is signed in now; they end what they do not know.
struct SessionPages: Sendable {
    static let path = "/me/sessions"

    let sessions: Sessions
    let site: Site
    /// What the providers are called, by their names in the settings.
    let titles: [String: String]

    func mount(on router: Router<AppContext>, api: RouterGroup<AppContext>) {
        router.get("/me/sessions") { request, context in try await page(request, context) }
        router.post("/me/sessions/end-others") { request, context in
            let (person, secret) = (try context.viewer.person.id, try await checked(request, context))
            try await sessions.endOthers(of: person, than: secret)
            return Response.seeOther(Self.path + "?done=1")
        }
        router.post("/me/sessions/:session/end") { request, context in
            _ = try context.viewer
            _ = try await checked(request, context)
            try await end(context)
            return Response.seeOther(Self.path + "?done=1")
        }
        api.get("me/sessions") { _, context in
            let (visit, viewer) = (try context.visit, try context.viewer)
            let items = try await sessions.signIns(of: viewer.person.id, asking: nil, now: visit.now).map(\.json)
            return Response.json(#"{"items":\#(items)}"#)
        }
        api.delete("me/sessions/:session") { _, context in
            try await end(context)
            return Response(status: .noContent)
        }
    }

    /// The cookie of who sent a form of ours.
    private func checked(_ request: Request, _ context: AppContext) async throws -> String {
        let language = try context.visit.language
        let form = try await context.form(request)
        guard form.errors.isEmpty, let secret = request.cookies[site.sessionCookie]?.value else {
            throw Problem.malformed(language, form.errors)
        }
        return secret
    }

    private func end(_ context: AppContext) async throws {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let id = try context.parameters.require("session")
        guard try await sessions.end(id: id, of: viewer.person.id) else { throw Problem.notFound(visit.language) }
    }

    private func page(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let text = SessionTexts[visit.language]
        let found = try await sessions.signIns(
            of: viewer.person.id, asking: request.cookies[site.sessionCookie]?.value, now: visit.now)
        let view = FormView(FormData(), visit: visit)
        let others: HTML = """
            <form method="post" action="\(Self.path)/end-others" class="actions">\(view.token)<button class="button">\(text.endOthers)</button></form>
            """
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack"><h1>\(text.title)</h1><p class="soft">\(text.lead)</p></div>\
            \(if: request.uri.queryParameters["done"] != nil, "<p class=\"told\" role=\"status\">\(text.ended)</p>")\
            <ul class="cards">\(found.map { row($0, view) })</ul>\(if: found.count > 1, others)</main>
            """
        return Page(text.title, section: Self.path, content: content).response(visit)
    }

    private func row(_ session: Sessions.SignIn, _ view: FormView) -> HTML {
        let text = SessionTexts[view.visit.language]
        let started = text.moment(session.started, now: view.visit.now)
        let title = session.provider.map { text.by(titles[$0] ?? $0) } ?? text.demo
        let end: HTML = """
            <form method="post" action="\(Self.path)/\(session.id)/end" class="actions">\(view.token)<button class="button quiet">\
            \(text.end)<span class="visually-hidden">: \(started)</span></button></form>
            """
        return """
            <li class="card line"><div><b>\(title)</b>\(if: session.isThis, " <span class=\"tag done\">\(text.this)</span>")<br>\
            <span class="soft">\(text.started(started)) · \(text.seen(text.moment(session.seen, now: view.visit.now)))</span></div>\
            \(if: !session.isThis, end)</li>
            """
    }
}

extension Sessions.SignIn {
    fileprivate var json: JSON {
        #"""
        {"id":\#(id),"startedAt":\#(started),"seenAt":\#(seen),"provider":\#(provider)}
        """#
    }
}
