import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TrivselTesting

@testable import Host

/// What somebody calls with: a session for pages, a token for the API.
struct AccessKeys: Sendable {
    let token: String?
    let cookie: String?
    let formToken: String?

    init(_ actor: AccessActor, _ host: HostHarness) async throws {
        guard actor.way != .signedOut else {
            (token, cookie, formToken) = (nil, nil, nil)
            return
        }
        let now = host.clock.now
        let scope: APIToken.Scope =
            switch actor.way {
            case .readToken: .read
            case .scimToken: .scim
            case .both, .signedOut: .write
            }
        token = try await host.base.sessions.makeToken(person: actor.id, scope: scope, now: now)
        let secret = try await host.base.sessions.start(in: nil, now: now) { _ in actor.id }
        (cookie, formToken) = (secret, Secret.formToken(of: secret))
    }
}

/// A connection that is kept for many calls, as a browser keeps it.
actor AccessLine {
    private let port: Int
    private var client: TestClient?

    init(port: Int) { self.port = port }

    func send(_ request: TestClient.Request) async throws -> Answer {
        do { return try await sent(request) } catch {
            // The server may close a connection after any answer.
            await close()
            return try await sent(request)
        }
    }

    func close() async {
        try? await client?.shutdown()
        client = nil
    }

    private func sent(_ request: TestClient.Request) async throws -> Answer {
        let open = client ?? TestClient(host: "127.0.0.1", port: port, configuration: .init(timeout: .seconds(60)))
        if client == nil { open.connect() }
        client = open
        let response = try await open.execute(request)
        if response.headers[.connection] == "close" { await close() }
        return Answer(
            status: response.status, headers: response.headers, body: response.body.map { Array(buffer: $0) } ?? [])
    }
}
