import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Synchronization
import Testing
import TrivselTesting

/// Roles that demand two factors.
@Suite struct TwoFactorTests {
    /// Signs in with one factor, and gives who it is a role.
    private func signIn(_ host: HostHarness, _ provider: TestProvider, _ role: Role = .administrator) async throws
        -> Browser
    {
        let browser = host.visitor()
        try await browser.signIn(at: provider)
        let id = try #require(try await host.known.first)
        try await host.grant(role, to: id, at: "ntnu")
        return browser
    }

    @Test(arguments: Engine.all)
    func `with one factor such a role does not count; the page says so and offers two`(_ engine: Engine) async throws {
        try await ProviderBed.with(engine) { host, provider in
            let kari = try await signIn(host, provider)
            let page = try await kari.get("/?x=1")
            #expect(try await kari.get("/admin/modules").status == .forbidden)
            #expect(page.text.contains("Rollen som administrator gjelder først når du har logget inn med to."))
            #expect(page.text.contains("href=\"/sign-in/test?back=/%3Fx%3D1&amp;factors=2\""))

            let answer = try await kari.signIn(at: provider, back: "/admin/modules", factors: true)
            #expect(answer.location == "/admin/modules")
            #expect(provider.state.withLock { $0.lastSignIn["acr_values"] } == "two three")
            #expect(try await kari.get("/admin/modules").status == .ok)
            #expect(try await !kari.get("/").text.contains("class=\"notice\""))
        }
    }

    @Test func `roles that demand two are those that read what was told in confidence, and administrators`() {
        #expect(
            Role.allCases.filter(\.demandsTwoFactors)
                == [.intakeOfficer, .caseHandler, .vaultKeeper, .administrator, .auditor])
    }

    @Test func `another role counts at once`() async throws {
        try await ProviderBed.with { host, provider in
            let kari = try await signIn(host, provider, .lineManager)
            #expect(try await kari.get("/deputy").status == .ok)
            #expect(try await !kari.get("/").text.contains("class=\"notice\""))
        }
    }

    @Test func `a provider that says less than it was asked for opens nothing, and the session before lasts`()
        async throws
    {
        try await ProviderBed.with { host, provider in
            let kari = try await signIn(host, provider)
            provider.set { $0.acr = "one" }
            let answer = try await kari.signIn(at: provider, factors: true)
            #expect(answer.status == .forbidden)
            #expect(answer.text.contains("Innloggingen var ikke med to faktorer"))
            #expect(try await kari.isSignedIn)
            #expect(try await kari.get("/admin/modules").status == .forbidden)
        }
    }

    @Test func `an acr that was not demanded does not count as two factors`() async throws {
        try await ProviderBed.with { host, provider in
            provider.set { $0.acr = "one" }
            let kari = try await signIn(host, provider)
            #expect(try await kari.get("/admin/modules").status == .forbidden)
            provider.set { $0.acr = "three" }
            try await kari.signIn(at: provider)
            #expect(try await kari.get("/admin/modules").status == .ok)
        }
    }

    @Test func `a provider that is not asked for two is trusted with all roles`() async throws {
        try await ProviderBed.with(environment: ["TRIVSEL_SIGN_IN_TEST_TWO_FACTORS": ""]) { host, provider in
            let kari = try await signIn(host, provider)
            #expect(try await kari.get("/admin/modules").status == .ok)
        }
    }

    @Test(arguments: Engine.all)
    func `a key to the API has what the sign-in that made it had`(_ engine: Engine) async throws {
        try await ProviderBed.with(engine) { host, provider in
            let kari = try await signIn(host, provider)
            for factors in [false, true] {
                if factors { try await kari.signIn(at: provider, factors: true) }
                let page = try await kari.post("/me/tokens", ["name": "", "scope": "read", "days": "1"])
                let secret = try #require(page.text.firstMatch(of: /<pre>([^<]+)<\/pre>/)).1
                let answer = try await APIClient(port: host.port, token: String(secret)).get("/api/v1/webhooks")
                #expect(answer.status == (factors ? .ok : .forbidden))
            }
        }
    }
}
