import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

extension TestProvider {
    typealias Context = BasicRequestContext

    func router() -> Router<Context> {
        let router = Router(context: Context.self)
        router.get("/.well-known/openid-configuration") { [self] _, _ in
            count("metadata")
            return try json(metadata)
        }
        router.get("/keys") { [self] _, _ in try await keySet() }
        router.get("/authorize") { [self] request, _ in signIn(request) }
        router.post("/token") { [self] request, context in try await token(request, context) }
        router.get("/userinfo") { [self] request, _ in try userinfo(request) }
        router.get("/extended") { [self] request, _ in try guarded(request) { $0.extended } }
        router.get("/groups") { [self] request, _ in try guarded(request) { $0.groups } }
        router.get("/end") { [self] request, _ in
            let fields = Self.fields(request)
            state.withLock { $0.lastSignOut = fields }
            return Response(status: .found, headers: [.location: fields["post_logout_redirect_uri"] ?? "/"])
        }
        return router
    }

    private func count(_ what: String) { state.withLock { $0.asked[what, default: 0] += 1 } }

    private var fault: Fault { state.withLock(\.fault) }

    private var metadata: JSONText {
        let (own, fault) = (issuer, fault)
        return [
            "issuer": .text(fault == .otherIssuerMetadata ? "https://evil.example" : own),
            "authorization_endpoint": .text(own + "/authorize"),
            "token_endpoint": .text(fault == .insecureMetadata ? "http://evil.example/token" : own + "/token"),
            "jwks_uri": .text(own + "/keys"), "userinfo_endpoint": .text(own + "/userinfo"),
            "end_session_endpoint": .text(own + "/end"),
        ]
    }

    private func keySet() async throws -> Response {
        count("keys")
        switch fault {
        case .hangingKeys: try await Task.sleep(for: .seconds(60))
        case .hugeKeys: return try json(.text(String(repeating: "x", count: 300 << 10)))
        default: break
        }
        return try json(keys.set)
    }

    /// Asks nobody: who the test names agrees.
    private func signIn(_ request: Request) -> Response {
        let fields = Self.fields(request)
        let code = UUID().uuidString
        state.withLock {
            $0.lastSignIn = fields
            $0.codes[code] = fields
        }
        let back = "\(fields["redirect_uri"] ?? "/")?code=\(code)&state=\(fields["state"] ?? "")"
        return Response(status: .found, headers: [.location: back])
    }

    private func token(_ request: Request, _ context: Context) async throws -> Response {
        var request = request
        let body = try await request.collectBody(upTo: 1 << 16)
        let form = Self.fields(ofQuery: String(buffer: body))
        let asked = state.withLock { $0.codes.removeValue(forKey: form["code"] ?? "") }
        if fault == .movedToken { return Response(status: .temporaryRedirect, headers: [.location: issuer + "/token"]) }
        if fault == .brokenToken { return try json(["id_token": 7]) }
        guard isClient(request, form) else { return try json(["error": "invalid_client"], .unauthorized) }
        guard let asked, asked["redirect_uri"] == form["redirect_uri"], asked["code_challenge_method"] == "S256",
            asked["code_challenge"] == Self.challenge(form["code_verifier"] ?? "")
        else { return try json(["error": "invalid_grant"], .badRequest) }
        let access = UUID().uuidString
        let text = try state.withLock { state in
            state.tokens.insert(access)
            return try keys.token(claims(asked, state), isRSA: state.isRSA, fault: state.fault)
        }
        return try json(["id_token": .text(text), "access_token": .text(access), "token_type": "Bearer"])
    }

    private func isClient(_ request: Request, _ form: [String: String]) -> Bool {
        guard let secret = state.withLock(\.secret) else { return form["client_id"] == Self.clientID }
        let pair = Data("\(Self.clientID):\(secret)".utf8).base64EncodedString()
        return request.headers[.authorization] == "Basic \(pair)"
    }

    private func claims(_ asked: [String: String], _ state: State) -> [String: JSONText] {
        let now = now()
        var claims: [String: JSONText] = [
            "iss": .text("http://127.0.0.1:\(state.port)"), "sub": .text(state.subject), "aud": .text(Self.clientID),
            "exp": .number(now + 600), "iat": .number(now), "nonce": .text(asked["nonce"] ?? ""),
        ]
        if let acr = state.acr ?? asked["acr_values"]?.split(separator: " ").first.map(String.init) {
            claims["acr"] = .text(acr)
        }
        switch state.fault {
        case .otherIssuer: claims["iss"] = "https://evil.example"
        case .otherAudience: claims["aud"] = "somebody-else"
        case .twoAudiences: claims["aud"] = [.text(Self.clientID), "somebody-else"]
        case .otherParty: claims["azp"] = "somebody-else"
        case .expired: claims["exp"] = .number(now)
        case .issuedInFuture: claims["iat"] = .number(now + 61)
        case .notYet: claims["nbf"] = .number(now + 61)
        case .noNonce: claims["nonce"] = nil
        case .otherNonce: claims["nonce"] = "another"
        case .lowACR: claims["acr"] = "low"
        case .noSubject: claims["sub"] = nil
        default: break
        }
        return claims.merging(state.token) { _, told in told }
    }

    private func userinfo(_ request: Request) throws -> Response {
        try guarded(request) { state in
            let subject = state.fault == .otherUserinfo ? "somebody-else" : state.subject
            return .object(state.userinfo.merging(["sub": .text(subject)]) { _, own in own })
        }
    }

    private func guarded(_ request: Request, _ body: (State) -> JSONText) throws -> Response {
        let token = request.headers[.authorization]?.dropFirst("Bearer ".count) ?? ""
        let found = state.withLock { $0.tokens.contains(String(token)) ? body($0) : nil }
        return try found.map { try json($0) } ?? Response(status: .unauthorized)
    }

    private func json(_ value: JSONText, _ status: HTTPResponse.Status = .ok) throws -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: try value.data)))
    }

    private static func fields(_ request: Request) -> [String: String] { fields(ofQuery: request.uri.query ?? "") }

    private static func fields(ofQuery query: String) -> [String: String] {
        let pairs = query.split(separator: "&").map { pair in
            pair.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
        }
        return Dictionary(pairs.map { ($0[0], $0.count > 1 ? $0[1] : "") }) { first, _ in first }
    }

    private static func challenge(_ verifier: String) -> String {
        TestKeys.base64URL(Data(SHA256.hash(data: Data(verifier.utf8))))
    }
}
