import Foundation

/// What a provider says of itself (OpenID Connect Discovery 1.0 § 3).
struct Metadata: Decodable, Sendable {
    let issuer: String
    let authorization, token, keys: String
    let userinfo, endSession: String?
    let authenticationMethods: [String]?

    private enum CodingKeys: String, CodingKey {
        case issuer
        case authorization = "authorization_endpoint"
        case token = "token_endpoint"
        case keys = "jwks_uri"
        case userinfo = "userinfo_endpoint"
        case endSession = "end_session_endpoint"
        case authenticationMethods = "token_endpoint_auth_methods_supported"
    }

    /// Fetches and checks them: they are the issuer's own, and every address is safe.
    static func fetch(_ issuer: String, by web: Web) async throws(OpenIDError) -> Metadata {
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        let address = base + "/.well-known/openid-configuration"
        guard SafeAddress.contains(address) else { throw .insecureAddress(.discovery) }
        let bytes = try await web.get(address, for: .discovery)
        guard let found = try? JSONDecoder().decode(Metadata.self, from: Data(bytes)) else {
            throw .malformed(.discovery)
        }
        guard found.issuer == issuer else { throw .wrongIssuer }
        for address in [found.authorization, found.token, found.keys, found.userinfo, found.endSession] {
            guard address.map(SafeAddress.contains) ?? true else { throw .insecureAddress(.discovery) }
        }
        return found
    }
}
