import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// What must end without a session, through the pages.
@Suite struct ProviderHostileTests {
    private func expectNothing(_ answer: Answer, _ status: HTTPResponse.Status, _ why: Comment? = nil) {
        #expect(answer.status == status, why)
        let given = answer.headers[values: .setCookie].filter { !$0.contains("Max-Age=0") }
        #expect(given == [], why)
    }

    @Test(arguments: Engine.all)
    func `no hostile answer of a provider makes a session or a person`(_ engine: Engine) async throws {
        let away: Set<TestProvider.Fault> = [.hugeKeys, .movedToken, .brokenToken]
        // One that hangs is waited for ten seconds here; the library's own tests wait less.
        let faults = TestProvider.Fault.allCases.filter { ![.none, .hangingKeys].contains($0) }
        for fault in faults {
            try await ProviderBed.with(engine) { host, provider in
                let kari = host.visitor()
                provider.set { $0.fault = fault }
                if [.otherIssuerMetadata, .insecureMetadata].contains(fault) {
                    expectNothing(
                        try await kari.get("/sign-in/test?factors=2", headers: Browser.fromOurPage), .forbidden,
                        "\(fault)")
                } else {
                    let answer = try await kari.signIn(at: provider, factors: true)
                    expectNothing(answer, away.contains(fault) ? .serviceUnavailable : .forbidden, "\(fault)")
                }
                #expect(try await !kari.isSignedIn)
                #expect(try await host.known == [])
            }
        }
        #expect(faults.count == 22)
    }

    @Test func `a state that is wrong, missing or of another browser is refused`() async throws {
        try await ProviderBed.with { host, provider in
            let (kari, ola) = (host.visitor(), host.visitor())
            let mine = try await kari.leave(for: provider)
            let theirs = try await ola.leave(for: provider)
            let code = mine.split(separator: "code=")[1].prefix { $0 != "&" }
            for path in [theirs, "/sign-in/test/callback?code=\(code)", "/sign-in/test/callback?code=\(code)&state=x"] {
                expectNothing(try await kari.get(path), .badRequest)
            }
            expectNothing(try await host.visitor().get(mine), .badRequest)
            #expect(try await kari.get("/").text.contains("Kari Nordmann") == false)
        }
    }

    @Test func `a return is good once`() async throws {
        try await ProviderBed.with { host, provider in
            let kari = host.visitor()
            let path = try await kari.leave(for: provider)
            let cookies = kari.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
            #expect(try await kari.get(path).status == .seeOther)
            expectNothing(try await host.visitor().get(path, headers: [.cookie: cookies]), .badRequest)
        }
    }

    @Test func `a return after ten minutes is refused`() async throws {
        try await ProviderBed.with { host, provider in
            let kari = host.visitor()
            let path = try await kari.leave(for: provider)
            host.clock.advance(seconds: 600)
            let answer = try await kari.get(path)
            expectNothing(answer, .badRequest)
            #expect(answer.text.contains("href=\"/sign-in?back=/\">Prøv igjen</a>"))
        }
    }

    @Test func `a code of another sign-in is refused, since the verifier is not its own`() async throws {
        try await ProviderBed.with { host, provider in
            let (kari, ola) = (host.visitor(), host.visitor())
            let theirs = try await ola.leave(for: provider).split(separator: "code=")[1].prefix { $0 != "&" }
            let mine = try await kari.leave(for: provider)
            let state = mine.split(separator: "state=")[1]
            expectNothing(try await kari.get("/sign-in/test/callback?code=\(theirs)&state=\(state)"), .forbidden)
        }
    }

    @Test(arguments: [
        ("error=access_denied", HTTPResponse.Status.badRequest), ("error=server_error", .forbidden), ("", .forbidden),
        ("code=x&iss=https://evil.example", .forbidden),
    ])
    func `an answer that is no code of this provider's is told as such`(
        _ query: String, _ status: HTTPResponse.Status
    ) async throws {
        try await ProviderBed.with { host, provider in
            let kari = host.visitor()
            let state = try await kari.leave(for: provider).split(separator: "state=")[1]
            expectNothing(try await kari.get("/sign-in/test/callback?\(query)&state=\(state)"), status)
        }
    }

    @Test func `while the provider is away nobody gets in, and the rest works`() async throws {
        try await ProviderBed.with(environment: ["TRIVSEL_SIGN_IN_TEST_ISSUER": "http://127.0.0.1:1"]) { host, _ in
            let kari = host.visitor()
            expectNothing(try await kari.get("/sign-in/test", headers: Browser.fromOurPage), .serviceUnavailable)
            #expect(try await kari.get("/").status == .ok)
        }
    }

    @Test(arguments: ["//evil.example", "https://evil.example", #"/\evil.example"#])
    func `nobody is sent to another site`(_ back: String) async throws {
        try await ProviderBed.with { host, provider in
            let encoded = back.replacing("/", with: "%2F").replacing(#"\"#, with: "%5C")
            let answer = try await host.visitor().signIn(at: provider, back: encoded)
            #expect(answer.location == "/")
        }
    }

    @Test func `the database keeps no secret of a sign-in`() async throws {
        try await ProviderBed.with { host, provider in
            let kari = host.visitor()
            _ = try await kari.leave(for: provider)
            let secret = try #require(kari.cookies["trivsel-login"])
            let rows = try await host.base.database.read {
                try $0.query("SELECT hash, provider, back FROM host_login") { [$0.text(0), $0.text(1), $0.text(2)] }
            }
            #expect(rows.count == 1)
            #expect(!rows.joined().contains(secret))
        }
    }
}
