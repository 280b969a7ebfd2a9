import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// The demo sign-in: a list of people, on this machine only.
@Suite struct SignInTests {
    @Test func `there is somebody to see the demo as in every role`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let held = try await host.base.database.read {
                try $0.query("SELECT DISTINCT role FROM directory_grant") { $0.text(0) }
            }
            #expect(Set(held) == Set(Role.allCases.map(\.rawValue)))
        }
    }

    private func run(_ environment: [String: String] = [:], _ body: (HostHarness) async throws -> Void) async throws {
        try await HostHarness.with(modules: [Alpha.self], environment: environment, body)
    }

    @Test func `the page lists everybody with their roles`() async throws {
        try await run { host in
            let page = try await host.visitor().get("/sign-in")
            #expect(page.status == .ok)
            #expect(page.text.ranges(of: "<button class=\"person\"").count == 45)
            #expect(page.text.contains("<b>Ingrid Tangvik</b><span class=\"soft\">meldingsansvarlig, IE</span>"))
        }
    }

    @Test func `the page knows the roles of this moment, though nobody has signed in yet`() async throws {
        try await run { host in
            _ = try await host.visitor().get("/sign-in")
            try await host.grant(.administrator, to: "kari", at: "ntnu")
            let page = try await host.visitor().get("/sign-in")
            #expect(page.text.contains("<b>Kari Moen Solbakken</b><span class=\"soft\">administrator, NTNU</span>"))
        }
    }

    @Test func `who chooses a person is signed in as them`() async throws {
        try await run { host in
            let browser = host.visitor()
            let answer = try await browser.post("/sign-in", ["person": "kari", "back": "/alpha"], token: .none)
            #expect(answer.status == .seeOther)
            #expect(answer.location == "/alpha")
            #expect(try await browser.get("/").text.contains("Kari Moen Solbakken"))
        }
    }

    @Test func `somebody who does not exist cannot sign in`() async throws {
        try await run { host in
            let answer = try await host.visitor().post("/sign-in", ["person": "nobody"], token: .none)
            #expect(answer.status == .notFound)
            #expect(answer.headers[.setCookie] == nil)
        }
    }

    @Test(arguments: [
        ["TRIVSEL_HTTP_HOST": "0.0.0.0"], ["TRIVSEL_HTTP_PUBLIC_URL": "https://trivsel.example.no"],
        ["TRIVSEL_HTTP_PUBLIC_URL": "https://127.0.0.1.example.no"], ["TRIVSEL_SIGN_IN_DEMO": "false"],
    ])
    func `where others could reach it, or when it is off, there is no demo sign-in`(_ environment: [String: String])
        async throws
    {
        try await run(environment) { host in
            let browser = host.visitor()
            #expect(try await browser.get("/sign-in").status == .notFound)
            let answer = try await browser.post("/sign-in", ["person": "kari"], token: .none)
            #expect(answer.status == .notFound)
            #expect(answer.headers[.setCookie] == nil)
        }
    }

    @Test(arguments: ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host"])
    func `what came through a proxy gets no demo sign-in`(_ name: String) async throws {
        try await run { host in
            let headers: HTTPFields = [try #require(HTTPField.Name(name)): "10.0.0.1"]
            #expect(try await host.visitor().get("/sign-in", headers: headers).status == .notFound)
            let answer = try await host.visitor().post("/sign-in", ["person": "kari"], token: .none, headers: headers)
            #expect(answer.status == .notFound)
        }
    }

    @Test(arguments: ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""])
    func `under another name than this machine's there is no demo sign-in`(_ name: String) async throws {
        try await run { host in
            let browser = Browser(port: host.port, name: name)
            let page = try await browser.get("/sign-in")
            let answer = try await browser.post("/sign-in", ["person": "kari"], token: .none)
            #expect(page.status == .notFound && answer.status == .notFound)
        }
    }

    @Test func `the session cookie is out of reach of scripts and other sites`() async throws {
        try await run { host in
            let answer = try await host.visitor().post("/sign-in", ["person": "kari"], token: .none)
            let cookie = answer.headers[.setCookie] ?? ""
            #expect(cookie.hasPrefix("trivsel="))
            #expect(cookie.hasSuffix("; Path=/; Max-Age=28800; HttpOnly; SameSite=Lax"))
        }
    }

    @Test func `behind https the cookie is bound to it and to the host name`() async throws {
        try await run(["TRIVSEL_HTTP_PUBLIC_URL": "https://localhost"]) { host in
            let answer = try await host.visitor().post("/sign-in", ["person": "kari"], token: .none)
            let cookie = answer.headers[.setCookie] ?? ""
            #expect(cookie.hasPrefix("__Host-trivsel="))
            #expect(cookie.hasSuffix("; Secure"))
            #expect(!cookie.contains("Domain"))
        }
    }

    @Test(arguments: [
        "//evil.example", "///evil.example", #"/\evil.example"#, #"\\evil.example"#, "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example", "/\r\nSet-Cookie: a=b", "evil.example", "",
    ])
    func `nobody is sent to another site`(_ back: String) async throws {
        try await run { host in
            let browser = host.visitor()
            let answer = try await browser.post("/sign-in", ["person": "kari", "back": back], token: .none)
            #expect(answer.location == "/")
            #expect(answer.headers[values: .setCookie].count == 1)
            let page = try await browser.get(
                "/sign-in?back=" + back.utf8.map { "%" + String($0, radix: 16).leftPadded }.joined())
            #expect(page.value(ofHidden: "back") == "/")
            let chosen = try await browser.post(
                "/language", ["language": "en"], headers: [.referer: "https://evil.example" + back])
            #expect(chosen.location?.hasPrefix("//") == false)
            #expect(chosen.location?.hasPrefix("/") == true)
        }
    }

    @Test func `a page that needs a sign-in leads there and back`() async throws {
        try await run { host in
            let answer = try await host.visitor().get("/admin/modules?x=1")
            #expect(answer.status == .seeOther)
            #expect(answer.location == "/sign-in?back=/admin/modules%3Fx%3D1")
        }
    }
}

extension String {
    fileprivate var leftPadded: String { count == 1 ? "0" + self : self }
}
