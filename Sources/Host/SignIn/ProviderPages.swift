import HTTPTypes
import Hummingbird
import Logging
import Metrics
import ModuleKit
import OpenID

/// To a provider and back: `/sign-in/NAME` sends the browser there, and `/sign-in/NAME/callback` is where it returns.
struct ProviderPages: Sendable {
    let sessions: Sessions
    let logins: Logins
    let providers: IdentityProviders
    let site: Site

    func mount(on router: Router<AppContext>) {
        router.get("/sign-in/:provider") { request, context in try await begin(request, context) }
        router.get("/sign-in/:provider/callback") { request, context in try await finish(request, context) }
    }

    /// The buttons of `/sign-in`.
    func choice(back: String, _ visit: Visit) -> Response { choice(of: providers.all, back: back, visit) }

    private func choice(
        of entries: [IdentityProviders.Entry], back: String, twoFactors: Bool = false, _ visit: Visit
    ) -> Response {
        let text = SignInTexts[visit.language]
        let buttons = entries.map { one -> HTML in
            let address = Self.address(one.settings.name, back: back, twoFactors: twoFactors)
            return "<p><a class=\"button\" href=\"\(address)\">\(text.with(one.settings.title))</a></p>"
        }
        let content: HTML = """
            <main class="page stack" id="main"><h1>\(text.title)</h1><p class="soft">\(text.lead)</p>\(buttons)</main>
            """
        return Page(text.title, content: content).response(visit)
    }

    /// Where a sign-in with this provider begins.
    static func address(_ provider: String, back: String, twoFactors: Bool = false) -> String {
        "/sign-in/\(provider)?back=\(SignInPages.encoded(back))\(twoFactors ? "&factors=2" : "")"
    }

    private func entry(_ context: AppContext) throws -> IdentityProviders.Entry {
        guard let entry = providers[try context.parameters.require("provider")] else {
            throw Problem.notFound(try context.visit.language)
        }
        return entry
    }

    private func begin(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, entry) = (try context.visit, try entry(context))
        let query = request.uri.queryParameters
        let begun = Logins.Begun(
            provider: entry.settings.name, twoFactors: query["factors"] == "2",
            back: SignInPages.safe(query["back"].map(String.init) ?? "/"))
        // Whoever follows a link from elsewhere says first that they want to sign in: their provider may know them and ask nothing.
        guard request.isLinkOfOurs else {
            return choice(of: [entry], back: begun.back, twoFactors: begun.twoFactors, visit)
        }
        let secret = Secret.make()
        let address: String
        do {
            address = try await entry.provider.signIn(
                Login(secret: secret), language: visit.language.rawValue, acr: demanded(begun, entry))
        } catch { return failed(error, entry, back: begun.back, context, visit) }
        try await logins.begin(begun, secret: secret, now: visit.now)
        var answer = Response.seeOther(address)
        answer.headers[.setCookie] = site.cookie(site.loginCookie, secret, seconds: Logins.limitSeconds)
        return answer
    }

    private func finish(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, entry) = (try context.visit, try entry(context))
        let query = request.uri.queryParameters
        guard let secret = request.cookies[site.loginCookie]?.value,
            Login(secret: secret).isState(query["state"].map(String.init) ?? ""),
            let begun = try await logins.take(secret, now: visit.now), begun.provider == entry.settings.name
        else { return failed(.expired, back: "/", visit) }
        // RFC 9207: an answer that says whose it is must be this provider's.
        guard query["iss"].map({ $0 == entry.settings.issuer }) ?? true else {
            return failed(.wrongIssuer, entry, back: begun.back, context, visit)
        }
        guard query["error"] == nil, let code = query["code"].map(String.init) else {
            return failed(query["error"] == "access_denied" ? .cancelled : .refused, back: begun.back, visit)
        }
        let identity: Identity
        do {
            identity = try await entry.provider.identity(
                code: code, Login(secret: secret), acr: demanded(begun, entry))
        } catch { return failed(error, entry, back: begun.back, context, visit) }
        return try await signIn(identity, entry, begun, request, visit)
    }

    private func demanded(_ begun: Logins.Begun, _ entry: IdentityProviders.Entry) -> [String] {
        begun.twoFactors ? entry.settings.twoFactors : []
    }

    private func signIn(
        _ identity: Identity, _ entry: IdentityProviders.Entry, _ begun: Logins.Begun, _ request: Request,
        _ visit: Visit
    ) async throws -> Response {
        let identities = Identities(knownBy: entry.settings.knownBy)
        let secret: String
        do {
            secret = try await sessions.start(
                in: request.cookies[site.sessionCookie]?.value, provider: entry.settings.name, acr: identity.acr,
                now: visit.now
            ) {
                try identities.person(of: identity, language: visit.language, now: visit.now, in: $0)
            }
        } catch SignInFailure.left {
            Self.count(entry.settings.name, "refused")
            return failed(.left, back: begun.back, visit)
        }
        Self.count(entry.settings.name, "signed-in")
        var answer = Response.seeOther(begun.back)
        answer.headers[values: .setCookie] = [
            site.cookie(site.sessionCookie, secret, seconds: Sessions.limitSeconds), gone,
            SignOut.hint(identity.idToken, site),
        ]
        return answer
    }

    /// On to the provider, after the end of a session that began there; nil when there is nowhere to go.
    func signOut(at provider: String?, _ request: Request, _ visit: Visit) async -> Response? {
        guard let provider, let entry = providers[provider],
            let address = try? await entry.provider.signOut(
                idToken: request.cookies[site.hintCookie]?.value.nonEmpty, back: "\(site.publicURL)/")
        else { return nil }
        return SignOut.page(to: address, entry.settings.title, visit)
    }

    /// Takes the login's cookie away.
    private var gone: String { site.cookie(site.loginCookie, "", seconds: 0) }

    private func failed(
        _ error: OpenIDError, _ entry: IdentityProviders.Entry, back: String, _ context: AppContext, _ visit: Visit
    ) -> Response {
        context.logger.warning(
            "a sign-in failed", metadata: ["provider": "\(entry.settings.name)", "reason": "\(error)"])
        let failure = SignInFailure(error)
        Self.count(entry.settings.name, failure == .away ? "unavailable" : "refused")
        return failed(failure, back: back, visit)
    }

    private func failed(_ failure: SignInFailure, back: String, _ visit: Visit) -> Response {
        let text = SignInTexts[visit.language]
        let (title, detail) = text.failures[failure] ?? (text.title, "")
        let content: HTML = """
            <main class="page stack" id="main"><h1>\(title)</h1><p>\(detail)</p>\
            <p><a class="button" href="/sign-in?back=\(SignInPages.encoded(back))">\(text.again)</a></p></main>
            """
        var answer = Page(title, status: failure.status, content: content).response(visit)
        answer.headers[.setCookie] = gone
        return answer
    }

    private static func count(_ provider: String, _ outcome: String) {
        Counter(label: "trivsel_sign_ins_total", dimensions: [("provider", provider), ("outcome", outcome)]).increment()
    }
}
