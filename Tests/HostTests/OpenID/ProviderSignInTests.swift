import HTTPTypes
import Host
import ModuleKit
import Storage
import Synchronization
import Testing
import TrivselTesting

/// Signing in and out at an OpenID Connect provider, through the pages.
@Suite struct ProviderSignInTests {
    @Test(arguments: Engine.all)
    func `who comes for the first time becomes a person, whose id tells nothing, and stays the same one`(
        _ engine: Engine
    ) async throws {
        try await ProviderBed.with(engine) { host, provider in
            let kari = host.visitor(language: "nn")
            let answer = try await kari.signIn(at: provider, back: "/alpha")
            #expect((answer.status, answer.location) == (.seeOther, "/alpha"))
            #expect(try await kari.get("/").text.contains("Kari Nordmann"))
            let id = try #require(try await host.known.first)
            #expect(!id.lowercased().contains("kari"))
            let stored = try #require(try await host.person(id))
            #expect((stored.name, stored.email, stored.language) == ("Kari Nordmann", "kari@ntnu.test", .nn))
            #expect(stored.affiliation == .external)
            #expect(provider.state.withLock { $0.lastSignIn["ui_locales"] } == "nn")

            provider.set {
                $0.userinfo = ["name": "Kari Dahl", "email": "dahl@ntnu.test", "eduPersonAffiliation": ["student"]]
            }
            try await host.visitor().signIn(at: provider)
            #expect(try await host.known == [id])
            let now = try #require(try await host.person(id))
            #expect((now.name, now.email, now.affiliation) == ("Kari Dahl", "dahl@ntnu.test", .student))
        }
    }

    @Test(arguments: Engine.all)
    func `who comes twice at once for the first time is one person`(_ engine: Engine) async throws {
        try await ProviderBed.with(engine) { host, provider in
            let browsers = [host.visitor(), host.visitor(), host.visitor()]
            var returns: [(Browser, String)] = []
            for browser in browsers { returns.append((browser, try await browser.leave(for: provider))) }
            try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for (browser, path) in returns { group.addTask { try await browser.get(path).status } }
                for try await status in group { #expect(status == .seeOther) }
            }
            #expect(try await host.known.count == 1)
        }
    }

    @Test func `another subject is another person, whatever the name and address`() async throws {
        try await ProviderBed.with { host, provider in
            try await host.visitor().signIn(at: provider)
            provider.set { $0.subject = "another" }
            try await host.visitor().signIn(at: provider)
            #expect(try await Set(host.known).count == 2)
        }
    }

    @Test(arguments: Engine.all)
    func `the same subject at two providers is two people`(_ engine: Engine) async throws {
        let now: @Sendable () -> Int64 = { 1_795_770_000 }
        try await TestProvider.with(now: now) { other in
            let second = [
                "TRIVSEL_SIGN_IN_PROVIDERS": "test,other", "TRIVSEL_SIGN_IN_OTHER_ISSUER": other.issuer,
                "TRIVSEL_SIGN_IN_OTHER_CLIENT_ID": TestProvider.clientID,
                "TRIVSEL_SIGN_IN_OTHER_CLIENT_SECRET": "hemmelig",
            ]
            try await ProviderBed.with(engine, environment: second) { host, provider in
                let (kari, stranger) = (host.visitor(), host.visitor())
                try await kari.signIn(at: provider)
                other.set { $0.userinfo = ["name": "En Annen", "email": "kari@ntnu.test"] }
                #expect(other.state.withLock(\.subject) == provider.state.withLock(\.subject))
                try await stranger.signIn(at: other, name: "other")
                #expect(try await Set(host.known).count == 2)
                #expect(try await kari.get("/").text.contains("Kari Nordmann"))
                #expect(try await stranger.get("/").text.contains("En Annen"))
            }
        }
    }

    @Test(arguments: ["cross-site", "same-site", "none"])
    func `a link from elsewhere signs nobody in, but leads to a page that asks first`(_ site: String) async throws {
        try await ProviderBed.with { host, provider in
            let kari = host.visitor()
            let page = try await kari.get("/sign-in/test?back=/alpha&factors=2", headers: Browser.site(site))
            #expect(page.status == .ok && page.headers[.setCookie] == nil)
            #expect(page.text.contains("href=\"/sign-in/test?back=/alpha&amp;factors=2\">Logg inn med Prøve-ID</a>"))
            #expect(provider.state.withLock(\.lastSignIn).isEmpty)
        }
    }

    @Test(arguments: [nil, "https://evil.example/sign-in", "http://127.0.0.1/sign-in", "/sign-in"])
    func `where a browser does not say where a link was, only a page of ours as its referrer counts`(
        _ referer: String?
    ) async throws {
        try await ProviderBed.with { host, _ in
            let elsewhere = try await host.visitor().get(
                "/sign-in/test", headers: referer.map { [.referer: $0] } ?? [:])
            #expect(elsewhere.status == .ok)
            let ours = try await host.visitor().get(
                "/sign-in/test", headers: [.referer: "http://127.0.0.1:\(host.port)/sign-in"])
            #expect(ours.status == .seeOther)
        }
    }

    @Test func `the page offers the provider, and the demo is off`() async throws {
        try await ProviderBed.with { host, _ in
            let page = try await host.visitor().get("/sign-in?back=/alpha")
            #expect(page.text.contains("href=\"/sign-in/test?back=/alpha\">Logg inn med Prøve-ID</a>"))
            #expect(!page.text.contains("class=\"person\""))
            let answer = try await host.visitor().post("/sign-in", ["person": "kari"], token: .none)
            #expect(answer.status == .notFound)
            #expect(try await host.visitor().get("/sign-in/other").status == .notFound)
        }
    }

    @Test func `a sign-in makes a new session and ends the one before`() async throws {
        try await ProviderBed.with { host, provider in
            let kari = host.visitor()
            try await kari.signIn(at: provider)
            let before = try #require(kari.cookies["trivsel"])
            try await kari.signIn(at: provider)
            #expect(kari.cookies["trivsel"] != before)
            #expect(kari.cookies["trivsel-login"] == nil)
            let thief = try await host.visitor().get("/me/tokens", headers: [.cookie: "trivsel=\(before)"])
            #expect(thief.status == .seeOther)
        }
    }

    @Test func `over https every cookie is bound to it, and to the host where it can be`() async throws {
        try await ProviderBed.with(environment: ["TRIVSEL_HTTP_PUBLIC_URL": "https://localhost"]) { host, provider in
            let kari = host.visitor()
            let begun = try await kari.get("/sign-in/test", headers: Browser.fromOurPage)
            let login = try #require(begun.headers[.setCookie])
            #expect(login.hasPrefix("__Host-trivsel-login="))
            #expect(login.hasSuffix("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure"))
            let cookies = try await kari.signIn(at: provider).headers[values: .setCookie]
            #expect(
                cookies.map { $0.prefix { $0 != "=" } } == [
                    "__Host-trivsel", "__Host-trivsel-login", "__Secure-trivsel-hint",
                ])
            #expect(cookies.allSatisfy { $0.contains("; HttpOnly; SameSite=Lax") && $0.hasSuffix("; Secure") })
            #expect(cookies.last?.contains("; Path=/sign-out;") == true)
        }
    }

    @Test func `signing out ends the session here and leads to the end of the provider's`() async throws {
        try await ProviderBed.with { host, provider in
            let kari = host.visitor()
            try await kari.signIn(at: provider)
            let session = try #require(kari.cookies["trivsel"])
            let page = try await kari.post("/sign-out")
            #expect(page.status == .ok)
            #expect(page.text.contains("Du er logget ut"))
            #expect(page.header("Clear-Site-Data") == "\"storage\"")
            let address = try #require(page.header("Refresh")?.split(separator: "url=").last.map(String.init))
            #expect(address.hasPrefix(provider.issuer + "/end?id_token_hint=ey"))
            #expect(kari.cookies["trivsel"] == nil && kari.cookies["trivsel-hint"] == nil)
            #expect(try await provider.visit(address) == "http://127.0.0.1:0/")
            #expect(provider.state.withLock { $0.lastSignOut["client_id"] } == TestProvider.clientID)
            let thief = try await host.visitor().get("/me/tokens", headers: [.cookie: "trivsel=\(session)"])
            #expect(thief.status == .seeOther)
        }
    }

    @Test(arguments: Engine.all)
    func `a session ends at once when its person does, and nothing of them comes back`(_ engine: Engine) async throws {
        try await ProviderBed.with(engine) { host, provider in
            let kari = host.visitor()
            try await kari.signIn(at: provider)
            let id = try #require(try await host.known.first)
            try await host.base.database.write { try $0.execute("DELETE FROM directory_person WHERE id = \(id)") }
            #expect(try await !kari.isSignedIn)
            try await kari.signIn(at: provider)
            #expect(try await kari.isSignedIn)
            #expect(try await host.known.count == 1)
            #expect(try await host.known != [id])
        }
    }

    @Test func `people see who they are known as, and where they are signed in`() async throws {
        try await ProviderBed.with { host, provider in
            let kari = host.visitor()
            try await kari.signIn(at: provider)
            let page = try await kari.get("/me/data").text
            #expect(page.contains(provider.issuer))
            #expect(page.contains("76a7a061-3c55-430d-8ee0-6f82ec42501f"))
        }
    }
}
