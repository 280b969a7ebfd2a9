import HTTPTypes
import Host
import Testing
import TrivselTesting

/// How much one session, token and address may send. Room comes back with the clock, which tests move.
@Suite struct RequestLimitTests {
    /// As they are unless somebody sets them.
    private static let usual = limits(session: 20, token: 200, address: 1000, writes: 100)

    private static func limits(session: Int = 0, token: Int = 0, address: Int = 0, writes: Int = 0) -> [String: String]
    {
        [
            "TRIVSEL_LIMITS_SESSION_PER_SECOND": "\(session)", "TRIVSEL_LIMITS_TOKEN_PER_SECOND": "\(token)",
            "TRIVSEL_LIMITS_ADDRESS_PER_SECOND": "\(address)",
            "TRIVSEL_LIMITS_STRANGERS_WRITES_PER_SECOND": "\(writes)",
        ]
    }

    private func run(_ limits: [String: String], _ body: (HostHarness) async throws -> Void) async throws {
        try await HostHarness.with(modules: [Alpha.self], environment: limits, body)
    }

    /// The statuses of so many answers.
    private func statuses(_ count: Int, _ ask: () async throws -> Answer) async throws -> [HTTPResponse.Status] {
        var all: [HTTPResponse.Status] = []
        for _ in 0..<count { all.append(try await ask().status) }
        return all
    }

    private func each(_ status: HTTPResponse.Status, _ count: Int) -> [HTTPResponse.Status] {
        Array(repeating: status, count: count)
    }

    @Test func `a session's requests over its limit are all refused, in the reader's language, and nobody else's`()
        async throws
    {
        try await run(Self.limits(session: 2)) { host in
            // Her browser asks for bokmål, she has chosen English.
            let (priya, kari) = (try await host.browser("priya"), try await host.browser("kari"))
            host.clock.advance(seconds: 60)
            #expect(try await statuses(30) { try await priya.get("/") } == each(.ok, 10) + each(.tooManyRequests, 20))
            let refusal = try await priya.get("/alpha")
            #expect(refusal.text.contains("<h1>Too much came at once</h1>"))
            #expect(refusal.headers[.retryAfter] == "1")
            #expect(try await kari.get("/").status == .ok)
            #expect(try await host.visitor().get("/").status == .ok)
            host.clock.advance(seconds: 1)
            #expect(try await statuses(3) { try await priya.get("/") } == each(.ok, 2) + each(.tooManyRequests, 1))
        }
    }

    @Test func `what was typed stays when a form is refused for it`() async throws {
        try await run(Self.limits(session: 1)) { host in
            let kari = try await host.browser("kari")
            _ = try await statuses(5) { try await kari.get("/") }
            let answer = try await kari.post(
                "/alpha/refuse/400", ["words": "Det surkler"],
                headers: [.origin: "http://127.0.0.1:\(host.port)"])
            #expect(answer.status == .tooManyRequests && answer.text.contains("Det surkler"))
        }
    }

    @Test func `a token's requests over its limit are all refused, as a problem`() async throws {
        try await run(Self.limits(token: 2)) { host in
            let (kari, anders) = (try await host.api("kari"), try await host.api("anders"))
            let answers = try await statuses(30) { try await kari.get("/api/v1/units") }
            #expect(answers == each(.ok, 10) + each(.tooManyRequests, 20))
            let refusal = try await kari.get("/api/v1/units")
            #expect(refusal.headers[.contentType] == "application/problem+json")
            #expect(refusal.text.contains("\"type\":\"/problems/too-many-requests\""))
            #expect(refusal.headers[.retryAfter] == "1")
            #expect(try await anders.get("/api/v1/units").status == .ok)
        }
    }

    @Test func `a token is the same one however its scheme is spelt`() async throws {
        try await run(Self.limits(token: 2)) { host in
            let token = try await host.base.sessions.makeToken(person: "kari", now: host.clock.now)
            var refused = 0
            for scheme in ["Bearer", "bearer", "BEARER", "bEaReR"] {
                let headers: HTTPFields = [.authorization: "\(scheme) \(token)"]
                refused += try await statuses(5) { try await host.stranger().get("/api/v1/units", headers: headers) }
                    .count { $0 == .tooManyRequests }
            }
            #expect(refused == 10)
        }
    }

    @Test func `of five hundred students behind one address none is refused`() async throws {
        try await run(Self.usual) { host in
            var refused = 0
            for _ in 0..<500 {
                let student = host.visitor()
                try await student.signIn("kari")
                for path in ["/", "/alpha"] where try await student.get(path).status != .ok { refused += 1 }
            }
            #expect(refused == 0)
        }
    }

    @Test func `an address over its limit is refused everything but the host's health`() async throws {
        try await run(Self.limits(address: 2)) { host in
            let visitor = host.visitor()
            let answers = try await statuses(20) { try await visitor.get("/") }
            #expect(answers == each(.ok, 10) + each(.tooManyRequests, 10))
            #expect(try await host.stranger().get("/api/v1/units").status == .tooManyRequests)
            #expect(try await statuses(20) { try await host.stranger().get("/health/live") } == each(.ok, 20))
            #expect(try await statuses(5) { try await visitor.get("/assets/none") } == each(.tooManyRequests, 5))
            #expect(try await visitor.post("/health/live", [:]).status == .tooManyRequests)
            host.clock.advance(seconds: 1)
            #expect(try await visitor.get("/").status == .ok)
        }
    }

    @Test func `what strangers write has a limit of its own, and reading does not count`() async throws {
        try await run(Self.limits(writes: 1)) { host in
            let visitor = host.visitor()
            _ = try await statuses(20) { try await visitor.get("/") }
            let answers = try await statuses(10) { try await visitor.post("/language", ["language": "nn"]) }
            #expect(answers == each(.seeOther, 5) + each(.tooManyRequests, 5))
            #expect(try await visitor.get("/").status == .ok)
        }
    }

    @Test func `a cookie or a token that nobody has is counted as a stranger's`() async throws {
        try await run(Self.limits(session: 1000, token: 1000, writes: 1)) { host in
            var answers: [HTTPResponse.Status] = []
            for number in 0..<10 {
                answers.append(
                    try await host.visitor().post(
                        "/language", ["language": "nn"], headers: [.cookie: "trivsel=\(number)"]
                    ).status)
            }
            #expect(answers == each(.seeOther, 5) + each(.tooManyRequests, 5))
        }
    }

    @Test(arguments: ["", "127.0.0.1/32"])
    func `whoever a trusted proxy names is counted, and nobody else's word is taken`(_ trusted: String) async throws {
        let settings = Self.limits(address: 1).merging(["TRIVSEL_HTTP_TRUSTED_PROXIES": trusted]) { $1 }
        try await run(settings) { host in
            func ask(_ forwarded: String) async throws -> HTTPResponse.Status {
                let name = try #require(HTTPField.Name("X-Forwarded-For"))
                return try await host.visitor().get("/", headers: [name: forwarded]).status
            }
            var answers: [HTTPResponse.Status] = []
            // What stands before is what the sender wrote themselves.
            for number in 0..<10 { answers.append(try await ask("10.0.0.\(number), 192.0.2.1")) }
            #expect(answers == each(.ok, 5) + each(.tooManyRequests, 5))
            #expect(try await ask("192.0.2.2") == (trusted.isEmpty ? .tooManyRequests : .ok))
        }
    }
}
