public import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore

/// Sends single requests to a server on this machine, each on a connection of its own.
public struct Client: Sendable {
    public let port: Int
    private let name: String

    /// `name` is what the server is called in the request; its address when nil.
    public init(port: Int, name: String? = nil) { (self.port, self.name) = (port, name ?? "127.0.0.1:\(port)") }

    /// - Throws: when nobody listens, or nothing comes for a minute.
    public func send(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8]? = nil)
        async throws -> Answer
    {
        let request = TestClient.Request(
            path, method: method, authority: name, headers: headers,
            body: body.map { ByteBuffer(bytes: $0) })
        let response = try await TestClient.withClient(
            host: "127.0.0.1", port: port, configuration: .init(timeout: .seconds(60))
        ) {
            try await $0.execute(request)
        }
        return Answer(
            status: response.status, headers: response.headers, body: response.body.map { Array(buffer: $0) } ?? [])
    }
}

/// A client of the API, with or without a token.
public struct APIClient: Sendable {
    private let client: Client
    private let headers: HTTPFields

    /// `language` is asked for by those who have no token; `name` is what the server is called, its address when nil.
    public init(port: Int, token: String?, language: String = "en", name: String? = nil) {
        client = Client(port: port, name: name)
        var headers: HTTPFields = [.acceptLanguage: language]
        headers[.authorization] = token.map { "Bearer \($0)" }
        self.headers = headers
    }

    public func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await client.send(.get, path, headers: self.headers + headers)
    }

    public func post(_ path: String, _ json: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await post(path, bytes: Array(json.utf8), headers: headers)
    }

    public func delete(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await client.send(.delete, path, headers: self.headers + headers)
    }

    public func put(_ path: String, _ json: String, headers: HTTPFields = [:]) async throws -> Answer {
        var all = self.headers + headers
        all[.contentType] = "application/json"
        return try await client.send(.put, path, headers: all, body: Array(json.utf8))
    }

    /// A search among deviations.
    public func search(_ json: String) async throws -> Answer { try await post("/api/v1/deviations/search", json) }

    public func post(_ path: String, bytes: [UInt8], type: String? = "application/json", headers: HTTPFields = [:])
        async throws -> Answer
    {
        var all = self.headers + headers
        all[.contentType] = type
        return try await client.send(.post, path, headers: all, body: bytes)
    }
}

extension HTTPFields {
    /// Both; of the same name those of `b`.
    static func + (a: HTTPFields, b: HTTPFields) -> HTTPFields {
        var sum = a
        for field in b { sum[field.name] = field.value }
        return sum
    }
}
