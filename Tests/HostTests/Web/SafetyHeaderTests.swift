import HTTPTypes
import Host
import Testing
import TrivselTesting

/// Every answer carries the headers that protect its reader, whatever the answer is.
@Suite struct SafetyHeaderTests {
    @Test func `pages, redirects, refusals and faults carry them`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let kari = try await host.browser("kari")
            let visitor = host.visitor()
            let front = try await kari.get("/")
            let answers: [(Int, Answer)] = [
                (200, front), (200, try await visitor.send(.head, "/", headers: [:], body: nil)),
                (303, try await visitor.get("/admin/modules")), (403, try await kari.get("/admin/modules")),
                (404, try await kari.get("/no-such-page")), (405, try await kari.post("/")),
                (500, try await kari.get("/alpha/broken")), (400, try await kari.post("/language", ["language": "x"])),
                (403, try await kari.post("/sign-out", headers: [.origin: "https://evil.example"])),
                (413, try await kari.post("/sign-out", ["text": String(repeating: "a", count: 1 << 20)])),
            ]
            for (status, answer) in answers {
                #expect(answer.status.code == status)
                expectSafe(answer, "\(status)")
            }
        }
    }

    @Test func `API, health, metrics and assets carry them`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let stranger = host.stranger()
            let page = try await host.visitor().get("/").text
            let asset =
                page.firstRange(of: "href=\"/assets/").map { "/assets/" + page[$0.upperBound...].prefix { $0 != "\"" } }
                ?? ""
            for path in [
                "/api/v1/units", "/api/v1/openapi.json", "/api/v1/nothing", "/health/live", "/health/ready", "/metrics",
                asset,
            ] {
                expectSafe(try await stranger.get(path), path)
            }
            expectSafe(try await APIClient(port: host.port, token: "wrong").get("/api/v1/units"), "401")
        }
    }

    @Test func `over https every answer tells browsers to come by nothing else, and over http none does`() async throws
    {
        for (url, told) in [("https://localhost", "max-age=63072000; includeSubDomains"), ("http://localhost", nil)] {
            try await HostHarness.with(modules: [Alpha.self], environment: ["TRIVSEL_HTTP_PUBLIC_URL": url]) { host in
                for path in ["/", "/no-such-page", "/alpha/broken", "/admin/modules", "/api/v1/units", "/health/live"] {
                    let answer = try await host.stranger().get(path)
                    #expect(answer.header("Strict-Transport-Security") == told, "\(url)\(path)")
                }
            }
        }
    }

    @Test func `what a reader gets is not kept by anybody, assets are`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let page = try await host.visitor().get("/")
            #expect(page.headers[.cacheControl] == "no-store")
            #expect(try await host.stranger().get("/api/v1/units").headers[.cacheControl] == "no-store")
            let asset = page.text.firstRange(of: "href=\"/assets/").map {
                "/assets/" + page.text[$0.upperBound...].prefix { $0 != "\"" }
            }
            let style = try await host.visitor().get(asset ?? "")
            #expect(style.headers[.cacheControl] == "public, max-age=31536000, immutable")
        }
    }

    @Test func `a fault tells nothing of what is inside`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let answer = try await host.visitor(language: "en").get("/alpha/broken")
            #expect(answer.status == .internalServerError)
            #expect(answer.text.contains("Something went wrong on our side"))
            #expect(!answer.text.contains("secret of the toy") && !answer.text.contains("StartFailure"))
        }
    }
}
