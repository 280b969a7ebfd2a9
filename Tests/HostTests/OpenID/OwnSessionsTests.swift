import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// The page on where one is signed in.
@Suite struct OwnSessionsTests {
    private struct List: Decodable {
        struct Item: Decodable { let id, startedAt, seenAt: String, provider: String? }
        let items: [Item]
    }

    private func ids(_ page: Answer) -> [String] {
        page.text.matches(of: /action="\/me\/sessions\/([^"\/]+)\/end"/).map { String($0.1) }
    }

    @Test(arguments: Engine.all)
    func `people see where they are signed in, and end what they do not know`(_ engine: Engine) async throws {
        try await ProviderBed.with(engine) { host, provider in
            let (here, there, third) = (host.visitor(), host.visitor(), host.visitor())
            for browser in [here, there, third] {
                try await browser.signIn(at: provider)
                host.clock.advance(seconds: 1)
            }
            let page = try await here.get("/me/sessions")
            #expect(page.text.ranges(of: "Innlogging med Prøve-ID").count == 3)
            #expect(page.text.ranges(of: ">Denne</span>").count == 1)
            #expect(page.text.contains("begynte fredag 27. november kl. 10 · sist brukt fredag 27. november kl. 10"))
            // The latest first: the third browser's.
            let ended = try await here.post("/me/sessions/\(try #require(ids(page).first))/end")
            #expect(ended.location == "/me/sessions?done=1")
            #expect(try await !third.isSignedIn)
            #expect(try await there.isSignedIn)
            #expect(try await here.post("/me/sessions/end-others").status == .seeOther)
            #expect(try await !there.isSignedIn)
            #expect(try await here.get("/me/sessions?done=1").text.contains("class=\"told\""))
        }
    }

    @Test func `somebody else's sign-in is as unknown as one that is not`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let (kari, ola) = (try await host.browser("kari"), try await host.browser("ola"))
            let other = try await host.browser("ola")
            let id = try #require(ids(try await other.get("/me/sessions")).first)
            #expect(try await kari.post("/me/sessions/\(id)/end").status == .notFound)
            #expect(try await kari.post("/me/sessions/x/end").status == .notFound)
            #expect(try await ola.isSignedIn)
            #expect(try await host.visitor().get("/me/sessions").location == "/sign-in?back=/me/sessions")
        }
    }

    @Test func `nothing ends without a form of ours`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let (kari, other) = (try await host.browser("kari"), try await host.browser("kari"))
            let id = try #require(ids(try await kari.get("/me/sessions")).first)
            #expect(try await kari.post("/me/sessions/\(id)/end", token: .other("x")).status == .badRequest)
            #expect(try await kari.post("/me/sessions/end-others", token: .none).status == .badRequest)
            #expect(try await other.isSignedIn)
        }
    }

    @Test func `a program sees and ends them too`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let kari = try await host.browser("kari")
            let api = try await host.api("kari")
            let item = try #require(try await api.get("/api/v1/me/sessions").json(List.self).items.first)
            #expect(item.provider == nil)
            #expect(try await host.api("ola").delete("/api/v1/me/sessions/\(item.id)").status == .notFound)
            #expect(try await api.delete("/api/v1/me/sessions/\(item.id)").status == .noContent)
            #expect(try await !kari.isSignedIn)
            #expect(try await api.get("/api/v1/me/sessions").json(List.self).items.isEmpty)
        }
    }
}
