import Foundation
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// Signing in and out, and the choice of language. The demo sign-in lists demo people and exists on a loopback address
/// only.
struct SignInPages: Sendable {
    let sessions: Sessions
    let directory: Directory
    let site: Site
    /// Only on loopback, with no provider configured.
    let demo: Bool
    let providers: ProviderPages

    func mount(on router: Router<AppContext>) {
        router.get("/sign-in") { request, context in try await choose(request, context) }
        router.get("/signed-in") { _, context in try signedIn(context) }
        router.post("/sign-in") { request, context in try await signIn(request, context) }
        router.post("/sign-out") { request, context in try await signOut(request, context) }
        router.post("/language") { request, context in try await language(request, context) }
        providers.mount(on: router)
    }

    /// A proxy on this machine, or a name somebody points at it, makes a loopback address public.
    private func isFromHere(_ request: Request) -> Bool {
        let forwarded = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host"].contains {
            request.headers[header: $0] != nil
        }
        return !forwarded && Loopback.contains(url: "http://\(request.head.authority ?? "")")
    }

    private func choose(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let text = HostTexts[visit.language]
        let back = Self.safe(request.uri.queryParameters["back"].map(String.init) ?? "/")
        if !providers.providers.all.isEmpty { return providers.choice(back: back, visit) }
        guard demo, isFromHere(request) else { throw Problem.notFound(visit.language) }
        let people = try await sessions.database.read { try Directory.allPeople(limit: 200, in: $0) }
            .filter { $0.isHere(at: visit.now) }
        let chart = try await directory.freshChart()
        let groups = Dictionary(grouping: people) {
            text.group(chart.grants(of: $0.id, at: visit.now).first?.role, $0.affiliation)
        }
        let lists = groups.sorted { $0.key < $1.key }.map { title, people -> HTML in
            let buttons = people.map { person -> HTML in
                let roles = chart.grants(of: person.id, at: visit.now).map {
                    "\(text.role($0.role)), \(chart.unit($0.unit)?.short ?? $0.unit)"
                }
                let unit = person.unit.flatMap { chart.unit($0)?.short } ?? text.noFaculty
                return """
                    <li><button class="person" name="person" value="\(person.id)"><b>\(person.name)</b>\
                    <span class="soft">\(roles.isEmpty ? unit : roles.joined(separator: " · "))</span></button></li>
                    """
            }
            return "<h2>\(title)</h2><ul class=\"people\">\(buttons)</ul>"
        }
        let content: HTML = """
            <main class="page wide stack" id="main"><h1>\(text.signInTitle)</h1><p class="soft">\(text.demoHint)</p>\
            <form method="post" action="/sign-in" class="stack"><input type="hidden" name="back" value="\(back)">\
            \(if: people.isEmpty, "<p>\(text.noPeople)</p>")\(lists)</form></main>
            """
        return Page(text.signInTitle, content: content).response(visit)
    }

    private func signIn(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        guard demo, isFromHere(request) else { throw Problem.notFound(visit.language) }
        let form = FormData(urlEncoded: try await context.body(request), language: visit.language)
        let id = form["person"]
        let known = try await sessions.database.read { try Directory.person(id, in: $0) }
        guard known?.isHere(at: visit.now) ?? false else {
            throw Problem.notFound(visit.language)
        }
        let secret = try await sessions.start(
            in: request.cookies[site.sessionCookie]?.value, now: visit.now, person: { _ in id })
        var answer = Response.seeOther(Self.safe(form["back"]))
        answer.headers[.setCookie] = site.cookie(site.sessionCookie, secret, seconds: Sessions.limitSeconds)
        return answer
    }

    /// Where a sign-in leads that was begun in a tab of its own, beside a form that waits in another one.
    private func signedIn(_ context: AppContext) throws -> Response {
        let visit = try context.visit
        let text = KeptFormTexts[visit.language]
        let name = try context.viewer.person.name
        let content: HTML = """
            <main class="page stack" id="main"><h1>\(text.signedIn)</h1><p>\(text.signedInDetail(name))</p></main>
            """
        return Page(text.signedIn, content: content).response(visit)
    }

    private func signOut(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        guard form.errors.isEmpty else { throw Problem.malformed(try context.visit.language, form.errors) }
        var provider: String?
        if let secret = request.cookies[site.sessionCookie]?.value { provider = try await sessions.end(secret) }
        var answer =
            await providers.signOut(at: provider, request, try context.visit) ?? Response.seeOther("/")
        answer.headers[values: .setCookie] = [
            site.cookie(site.sessionCookie, "", seconds: 0), SignOut.hint("", site),
        ]
        answer.headers[header: "Clear-Site-Data"] = "\"storage\""
        return answer
    }

    private func language(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let form = try await context.form(request)
        guard let chosen = Language(rawValue: form["language"]) else { throw Problem.malformed(visit.language) }
        // Without a session there is no token, and nothing is stored but in the visitor's own cookie.
        if let person = visit.viewer?.person.id {
            guard form.errors.isEmpty else { throw Problem.malformed(visit.language, form.errors) }
            try await sessions.database.write { try Directory.setLanguage(chosen, of: person, in: $0) }
        }
        var answer = Response.seeOther(Self.safe(Self.path(ofReferer: request.headers[.referer])))
        answer.headers[.setCookie] = site.cookie(site.languageCookie, chosen.rawValue, seconds: 31_536_000)
        return answer
    }

    /// A path on this site, or the front page: nobody can be sent elsewhere by a link.
    static func safe(_ path: String) -> String {
        let plain = path.utf8.allSatisfy { (33...126).contains($0) && $0 != 0x5C }
        return path.hasPrefix("/") && !path.hasPrefix("//") && plain ? path : "/"
    }

    static func path(ofReferer referer: String?) -> String {
        guard let referer, let start = referer.range(of: "://") else { return "/" }
        return String(referer[start.upperBound...].drop { $0 != "/" })
    }

    /// For a query value.
    static func encoded(_ path: String) -> String {
        path.utf8.map { byte in
            let plain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [45, 46, 47, 95].contains(byte)
            return plain ? String(UnicodeScalar(byte)) : "%" + Secret.hex([byte]).uppercased()
        }.joined()
    }
}
