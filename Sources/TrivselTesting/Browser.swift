public import HTTPTypes
import Synchronization

/// Somebody's browser: keeps cookies, and sends forms with the token of the last page it got.
///
/// It follows no redirect by itself.
public final class Browser: Sendable {
    /// What a form is sent with.
    public enum FormToken: Sendable {
        case found, none
        case other(String)
    }

    private struct State {
        var cookies: [String: String] = [:]
        var token: String?
    }

    private let client: Client
    private let language: String
    private let state = Mutex(State())

    /// `name` is what the server is called in the address bar; its address when nil.
    public init(port: Int, language: String = "nb", name: String? = nil) {
        client = Client(port: port, name: name)
        self.language = language
    }

    public var cookies: [String: String] { state.withLock(\.cookies) }

    @discardableResult
    public func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, path, headers: headers, body: nil)
    }

    /// Sends a form; a name may come several times.
    @discardableResult
    public func post(
        _ path: String, _ fields: KeyValuePairs<String, String> = [:], token: FormToken = .found,
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        try await post(path, fields: fields.map { ($0.key, Array($0.value.utf8)) }, token: token, headers: headers)
    }

    /// The same with values that need not be UTF-8.
    public func post(
        _ path: String, fields: [(name: String, value: [UInt8])], token: FormToken = .found, headers: HTTPFields = [:]
    ) async throws -> Answer {
        let all = fields + (sent(token).map { [("_token", Array($0.utf8))] } ?? [])
        let body = all.map { "\(Self.encoded(Array($0.0.utf8)))=\(Self.encoded($0.1))" }.joined(separator: "&")
        return try await send(
            .post, path, headers: ([.contentType: "application/x-www-form-urlencoded"] as HTTPFields) + headers,
            body: Array(body.utf8))
    }

    /// The token that is sent.
    func sent(_ token: FormToken) -> String? {
        switch token {
        case .found: state.withLock(\.token)
        case .none: nil
        case .other(let text): text
        }
    }

    public func send(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, body: [UInt8]?) async throws
        -> Answer
    {
        var all: HTTPFields = [.acceptLanguage: language]
        let cookies = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        if !cookies.isEmpty { all[.cookie] = cookies }
        let answer = try await client.send(method, path, headers: all + headers, body: body)
        state.withLock { state in
            for cookie in answer.headers[values: .setCookie] { Self.take(cookie, into: &state.cookies) }
            state.token = answer.formToken ?? state.token
        }
        return answer
    }

    /// Chooses the person on the demo's sign-in page, and looks at the front page.
    public func signIn(_ person: String) async throws {
        let answer = try await post("/sign-in", ["person": person, "back": "/"], token: .none)
        guard answer.status == .seeOther else {
            throw NeverCame(description: "\(person) could not sign in: \(answer.status)")
        }
        try await get("/")
    }

    private static func take(_ header: String, into cookies: inout [String: String]) {
        let parts = header.split(separator: ";").map { $0.drop { $0 == " " } }
        let pair = (parts.first ?? "").split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return }
        cookies[String(pair[0])] = parts.contains("Max-Age=0") ? nil : String(pair[1])
    }

    private static func encoded(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122: String(UnicodeScalar(byte))
            default: "%" + String(byte >> 4, radix: 16, uppercase: true) + String(byte & 15, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
