import HTTPTypes
import Host
import Testing
import TrivselTesting

/// In which language pages answer.
@Suite struct LanguageTests {
    private func run(_ body: (HostHarness) async throws -> Void) async throws {
        try await HostHarness.with(modules: [Alpha.self], body)
    }

    private func language(_ answer: Answer) -> String? {
        let html = answer.text.firstRange(of: "<html lang=\"").map { String(answer.text[$0.upperBound...].prefix(2)) }
        #expect(answer.headers[.contentLanguage] == html)
        return html
    }

    @Test(arguments: [
        ("nn", "nn"), ("en-GB,en;q=0.9", "en"), ("no", "nb"), ("de,nn;q=0.3,en;q=0.7", "en"), ("fr", "nb"), ("", "nb"),
    ])
    func `a visitor is answered in the best language the browser asks for`(_ asked: String, _ given: String)
        async throws
    {
        try await run { host in
            let answer = try await host.visitor(language: asked).get("/")
            #expect(language(answer) == given)
        }
    }

    @Test func `over https the choice is bound to it, and to this host`() async throws {
        let settings = ["TRIVSEL_HTTP_PUBLIC_URL": "https://localhost"]
        try await HostHarness.with(modules: [Alpha.self], environment: settings) { host in
            let visitor = host.visitor()
            let chosen = try await visitor.post("/language", ["language": "nn"])
            #expect(
                chosen.headers[.setCookie]
                    == "__Host-language=nn; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure")
            #expect(language(try await visitor.get("/")) == "nn")
            // What a host beside ours could set counts for nothing.
            #expect(language(try await host.visitor().get("/", headers: [.cookie: "language=nn"])) == "nb")
        }
    }

    @Test func `a choice on a page that is the answer to a form leads to where the form stood`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let request = try await host.answering().register()
            for (person, page, back) in [
                ("unni", "/privacy-requests/\(request)/search", "/privacy-requests/\(request)"),
                ("ingrid", "/deviations/bulk", "/deviations"),
                ("kari", "/deviations/\(request)/notes", "/deviations/\(request)"),
            ] {
                let browser = try await host.browser(person)
                let chosen = try await browser.post(
                    "/language", ["language": "en"], headers: [.referer: "http://127.0.0.1:\(host.port)\(page)"])
                let answer = try await browser.get(try #require(chosen.location))
                #expect(answer.location == back)
                #expect(language(try await browser.get(back)) == "en")
            }
            let kari = try await host.browser("kari")
            let above = try #require(try await kari.get("/privacy-requests/\(request)/search").location)
            #expect(try await kari.get(above).status == .forbidden)
        }
    }

    @Test func `a visitor's choice holds for the pages that follow, and leads back to where it was made`() async throws
    {
        try await run { host in
            let visitor = host.visitor()
            let answer = try await visitor.post(
                "/language", ["language": "en"], headers: [.referer: "http://127.0.0.1:\(host.port)/privacy"])
            #expect(answer.location == "/privacy")
            #expect(language(try await visitor.get("/privacy")) == "en")
            #expect(language(try await visitor.get("/no-such-page")) == "en")
        }
    }

    @Test func `a person's choice is kept for their next sign-in`() async throws {
        try await run { host in
            let kari = try await host.browser("kari")
            #expect(language(try await kari.get("/")) == "nb")
            try await kari.post("/language", ["language": "nn"])
            #expect(language(try await kari.get("/")) == "nn")
            #expect(language(try await host.browser("kari").get("/")) == "nn")
        }
    }

    @Test(arguments: ["/no-such-page", "/admin/modules", "/alpha/broken"])
    func `a refusal is the reader's own page, in their language`(_ path: String) async throws {
        try await run { host in
            let answer = try await host.browser("priya").get(path)
            #expect(answer.status.code >= 400)
            #expect(language(answer) == "en")
            #expect(answer.text.contains("To the front page"))
            #expect(answer.text.contains("Toy alpha") && answer.text.contains("Sign out"))
        }
    }

    @Test func `what is no language of ours is refused`() async throws {
        try await run { host in
            let answer = try await host.visitor().post("/language", ["language": "klingon"])
            #expect(answer.status == .badRequest)
        }
    }
}
