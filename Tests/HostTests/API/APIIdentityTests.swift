import HTTPTypes
import Host
import Testing
import TrivselTesting

/// The API knows people by their tokens alone.
@Suite struct APIIdentityTests {
    private static let list = "/api/v1/deviations"

    private func run(_ body: (HostHarness) async throws -> Void) async throws {
        try await HostHarness.with(modules: [Deviations.self], body)
    }

    private func expectUnauthorized(_ answer: Answer) throws {
        #expect(answer.status == .unauthorized)
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(answer.headers[.wwwAuthenticate] == "Bearer realm=\"trivsel\"")
        #expect(try answer.json(ProblemBody.self).type == "/problems/sign-in-needed")
    }

    @Test func `without a token there is a problem that says so`() async throws {
        try await run { host in
            try expectUnauthorized(try await host.stranger().get(Self.list))
            try expectUnauthorized(try await host.stranger().post(Self.list, HostHarness.reportBody()))
        }
    }

    @Test(arguments: ["wrong", "trv_", "trv_" + String(repeating: "A", count: 43), "' OR 1=1"])
    func `a token that nobody has is refused, on open routes too`(_ token: String) async throws {
        try await run { host in
            let client = APIClient(port: host.port, token: token)
            try expectUnauthorized(try await client.get(Self.list))
            try expectUnauthorized(try await client.get("/api/v1/units"))
        }
    }

    @Test(arguments: ["Basic a2FyaTprYXJp", "Bearer", "trv_x", ""])
    func `another kind of authorization is refused`(_ header: String) async throws {
        try await run { host in
            try expectUnauthorized(try await host.stranger().get(Self.list, headers: [.authorization: header]))
        }
    }

    @Test func `a token counts until it expires`() async throws {
        try await run { host in
            let token = try await host.base.sessions.makeToken(person: "kari", days: 2, now: host.clock.now)
            let kari = APIClient(port: host.port, token: token)
            host.clock.advance(seconds: 2 * 86_400 - 1)
            #expect(try await kari.get(Self.list).status == .ok)
            host.clock.advance(seconds: 1)
            try expectUnauthorized(try await kari.get(Self.list))
        }
    }

    @Test(arguments: ["/api/v1/deviations", "//api/v1/deviations", "/api//v1/deviations", "///api/v1/deviations"])
    func `the cookie of a session opens nothing, however the address is written`(_ path: String) async throws {
        try await run { host in
            let ingrid = try await host.browser("ingrid")
            #expect(try await ingrid.get(path).status == .unauthorized)
            let answer = try await ingrid.send(
                .post, path, headers: [.contentType: "application/json"], body: Array(HostHarness.reportBody().utf8))
            #expect(answer.status == .unauthorized)
        }
    }

    @Test(arguments: [
        "/%61pi/v1/deviations", "/API/v1/deviations", "/deviations/../api/v1/deviations", "/./api/v1/deviations",
    ])
    func `an address that only looks like the API's is not found`(_ path: String) async throws {
        try await run { host in
            let status = try await host.browser("ingrid").get(path).status
            #expect(status == .notFound)
        }
    }

    @Test func `a token opens no page`() async throws {
        try await run { host in
            let answer = try await host.api("ingrid").get("/deviations")
            #expect(answer.location == "/sign-in?back=/deviations")
        }
    }

    @Test func `codes and the description of the API are open to everybody`() async throws {
        try await run { host in
            for path in ["/api/v1/units", "/api/v1/campuses", "/api/v1/categories", "/api/v1/openapi.json"] {
                let answer = try await host.stranger().get(path)
                #expect(answer.status == .ok, "\(path)")
            }
        }
    }

    @Test func `a problem is written in the language of its reader`() async throws {
        try await run { host in
            let stranger = try await host.stranger(language: "nn").get(Self.list).json(ProblemBody.self)
            #expect(stranger.title == "Du må logge inn")
            let priya = try await host.api("priya").get("/api/v1/deviations/none").json(ProblemBody.self)
            #expect(priya.title == "We could not find the page")
            #expect(priya.instance == "/api/v1/deviations/none")
        }
    }
}
