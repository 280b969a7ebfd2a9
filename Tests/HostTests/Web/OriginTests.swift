import HTTPTypes
import Host
import Testing
import TrivselTesting

/// What another site makes a browser send is refused before any page looks at it.
@Suite struct OriginTests {
    private static let site = HTTPField.Name("Sec-Fetch-Site")

    private func post(_ host: HostHarness, _ name: HTTPField.Name?, _ value: String) async throws -> Answer {
        let anders = try await host.browser("anders")
        guard let name else { throw NeverCame(description: "no header name") }
        return try await anders.post("/admin/modules", ["module": "alpha", "enabled": "no"], headers: [name: value])
    }

    @Test(arguments: ["https://evil.example", "http://127.0.0.1", "http://localhost:8080", "null", ""])
    func `a write from a foreign origin is refused`(_ origin: String) async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let answer = try await post(host, .origin, origin)
            #expect(answer.status == .forbidden)
            #expect(try await host.visitor().get("/alpha").status == .ok)
        }
    }

    @Test(arguments: ["cross-site", "same-site", "CROSS-SITE", "anything"])
    func `a write that the browser says came from elsewhere is refused`(_ site: String) async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let answer = try await post(host, Self.site, site)
            #expect(answer.status == .forbidden)
        }
    }

    @Test func `a write from our own pages is taken`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            for (name, value) in [(HTTPField.Name.origin, "http://127.0.0.1:\(host.port)"), (Self.site, "same-origin")]
            {
                let answer = try await post(host, name, value)
                #expect(answer.status == .seeOther)
            }
        }
    }

    @Test(arguments: ["/sign-in", "/sign-out", "/language", "/no-such-page"])
    func `it is so for every page`(_ path: String) async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let answer = try await host.visitor().post(
                path, ["person": "kari", "language": "en"], headers: [.origin: "https://evil.example"])
            #expect(answer.status == .forbidden)
            #expect(answer.headers[.setCookie] == nil)
        }
    }

    @Test func `the refusal is in the language of the reader, as the page around it`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let visitor = host.visitor()
            try await visitor.post("/language", ["language": "nn"])
            // Her browser asks for bokmål, she has chosen English.
            let priya = try await host.browser("priya")
            for (browser, language, words) in [
                (visitor, "nn", "Dette kan du ikkje gjere"), (priya, "en", "You cannot do this"),
                (host.visitor(), "nb", "Dette kan du ikke gjøre"),
            ] {
                let answer = try await browser.post("/language", headers: [.origin: "https://evil.example"])
                #expect(answer.status == .forbidden && answer.text.contains("<h1>\(words)</h1>"), "\(language)")
                #expect(answer.text.contains("<html lang=\"\(language)\""))
            }
        }
    }

    @Test func `following a link from elsewhere is no write`() async throws {
        try await HostHarness.with(modules: [Alpha.self]) { host in
            let answer = try await host.visitor().get("/", headers: [.origin: "https://evil.example"])
            #expect(answer.status == .ok)
        }
    }
}
