import HTTPTypes
import Host
import Testing
import TrivselTesting

/// How long a session lasts.
@Suite struct SessionTests {
    private static let minute: Int64 = 60

    private func run(_ body: (HostHarness, Browser) async throws -> Void) async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            try await body(host, try await host.browser("anders"))
        }
    }

    /// Whether the browser's person gets a page that only the signed in get.
    private func expect(_ browser: Browser, isSignedIn: Bool) async throws {
        let answer = try await browser.get("/admin/modules")
        #expect((answer.status == .ok) == isSignedIn)
    }

    @Test func `signing out ends the session, also for who kept the cookie`() async throws {
        try await run { host, anders in
            let cookies = anders.cookies
            let thief = host.visitor()
            let headers: HTTPFields = [.cookie: cookies.map { "\($0)=\($1)" }.joined(separator: "; ")]
            #expect(try await thief.get("/admin/modules", headers: headers).status == .ok)
            let answer = try await anders.post("/sign-out")
            #expect(answer.location == "/")
            #expect(answer.header("Clear-Site-Data") == "\"storage\"")
            #expect(anders.cookies["trivsel"] == nil)
            #expect(try await thief.get("/admin/modules", headers: headers).location == "/sign-in?back=/admin/modules")
        }
    }

    @Test func `an hour without use ends it`() async throws {
        try await run { host, anders in
            host.clock.advance(seconds: 59 * Self.minute)
            try await expect(anders, isSignedIn: true)
            host.clock.advance(seconds: 59 * Self.minute)
            try await expect(anders, isSignedIn: true)
            host.clock.advance(seconds: 60 * Self.minute)
            try await expect(anders, isSignedIn: false)
        }
    }

    @Test func `eight hours end it, however much it is used`() async throws {
        try await run { host, anders in
            for _ in 1...15 {
                host.clock.advance(seconds: 30 * Self.minute)
                try await expect(anders, isSignedIn: true)
            }
            host.clock.advance(seconds: 30 * Self.minute)
            try await expect(anders, isSignedIn: false)
        }
    }

    @Test func `signing in anew makes a new session and ends the one before`() async throws {
        try await run { host, anders in
            let before = anders.cookies["trivsel"] ?? ""
            try await anders.signIn("anders")
            #expect(anders.cookies["trivsel"] != before)
            let answer = try await host.visitor().get("/admin/modules", headers: [.cookie: "trivsel=\(before)"])
            #expect(answer.status == .seeOther)
        }
    }

    @Test(arguments: [
        "", "x", "trivsel", String(repeating: "A", count: 43), "' OR 1=1 --", String(repeating: "å", count: 3000),
    ])
    func `a made-up cookie is nobody's`(_ value: String) async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let answer = try await host.visitor().get("/admin/modules", headers: [.cookie: "trivsel=\(value)"])
            #expect(answer.location == "/sign-in?back=/admin/modules")
        }
    }
}
