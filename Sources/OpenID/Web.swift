import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOSSL

/// Asks providers: by TLS 1.2 or newer, follows no redirect, waits ten seconds for a whole answer, and takes 256 KiB of it.
public struct Web: Sendable {
    static let mostBytes = 256 << 10

    private let client: HTTPClient
    private let limit: Duration

    /// Lends a client to `body`. `limit` is for each whole answer.
    public static func with<Value>(
        limit: Duration = .seconds(10), isolation: isolated (any Actor)? = #isolation,
        _ body: (Web) async throws -> Value
    ) async throws -> Value {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        configuration.httpVersion = .http1Only
        var encryption = TLSConfiguration.makeClientConfiguration()
        encryption.minimumTLSVersion = .tlsv12
        configuration.tlsConfiguration = encryption
        configuration.timeout.connect = .seconds(5)
        configuration.connectionPool.retryConnectionEstablishment = false
        return try await HTTPClient.withHTTPClient(configuration: configuration) {
            try await body(Web(client: $0, limit: limit))
        }
    }

    /// An answer with its body.
    struct Reply: Sendable {
        let status: UInt
        let body: [UInt8]
    }

    /// The body of what lies at the address.
    func get(
        _ address: String, bearer: String? = nil, for endpoint: OpenIDError.Endpoint
    ) async throws(OpenIDError) -> [UInt8] {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "Accept", value: "application/json")
        if let bearer { request.headers.add(name: "Authorization", value: "Bearer \(bearer)") }
        let reply = try await fetch(request, for: endpoint)
        guard reply.status == 200 else { throw .unavailable(endpoint) }
        return reply.body
    }

    /// What comes back for a form.
    func post(
        _ address: String, form: [(String, String)], authorization: String?, for endpoint: OpenIDError.Endpoint
    ) async throws(OpenIDError) -> Reply {
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        if let authorization { request.headers.add(name: "Authorization", value: authorization) }
        request.body = .bytes(ByteBuffer(string: FormCoding.query(form)))
        return try await fetch(request, for: endpoint)
    }

    /// The client's own deadline does not cover a body that comes in drops.
    private func fetch(
        _ request: HTTPClientRequest, for endpoint: OpenIDError.Endpoint
    ) async throws(OpenIDError) -> Reply {
        do {
            return try await withThrowingTaskGroup(of: Reply?.self) { [client, limit] race in
                race.addTask {
                    let response = try await client.execute(request, timeout: .init(limit))
                    let body = try await response.body.collect(upTo: Self.mostBytes)
                    return Reply(status: response.status.code, body: Array(buffer: body))
                }
                race.addTask {
                    try await Task.sleep(for: limit)
                    return nil
                }
                defer { race.cancelAll() }
                guard let reply = try await race.next() ?? nil else { throw OpenIDError.unavailable(endpoint) }
                return reply
            }
        } catch { throw .unavailable(endpoint) }
    }
}
