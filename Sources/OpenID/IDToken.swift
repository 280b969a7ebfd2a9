import Foundation
import JWTKit

/// An ID token whose signature is good, and the checks of what it says (OpenID Connect Core 1.0 § 3.1.3.7).
struct IDToken: JWTPayload {
    /// By how much the provider's clock may be ahead of ours.
    static let leeway = 60.0

    let issuer, subject: String
    let audience: OneOrMany
    let expires, issued: Double
    /// Before it the token does not count; many tokens have none.
    let notBefore: Double?
    let authorizedParty, nonce, acr: String?
    let claims: Claims

    private enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case subject = "sub"
        case audience = "aud"
        case expires = "exp"
        case issued = "iat"
        case notBefore = "nbf"
        case authorizedParty = "azp"
        case nonce, acr
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        issuer = try values.decode(String.self, forKey: .issuer)
        subject = try values.decode(String.self, forKey: .subject)
        audience = try values.decode(OneOrMany.self, forKey: .audience)
        expires = try values.decode(Double.self, forKey: .expires)
        issued = try values.decode(Double.self, forKey: .issued)
        notBefore = try values.decodeIfPresent(Double.self, forKey: .notBefore)
        authorizedParty = try values.decodeIfPresent(String.self, forKey: .authorizedParty)
        nonce = try values.decodeIfPresent(String.self, forKey: .nonce)
        acr = try values.decodeIfPresent(String.self, forKey: .acr)
        claims = try Claims(from: decoder)
    }

    func encode(to encoder: any Encoder) throws { try claims.encode(to: encoder) }

    /// Everything but the signature is looked at in `check`, which says what is wrong.
    func verify(using algorithm: some JWTAlgorithm) async throws {}

    /// - Parameter acr: those of which one is asked for; none when empty.
    func check(
        _ registration: Registration, nonce: String, acr asked: [String], now: Int64
    ) throws(TokenFault) {
        guard issuer == registration.issuer else { throw .issuer }
        guard audience.values.contains(registration.clientID) else { throw .audience }
        guard authorizedParty == registration.clientID || authorizedParty == nil && audience.values.count == 1 else {
            throw .authorizedParty
        }
        guard Double(now) < expires else { throw .expired }
        guard issued <= Double(now) + Self.leeway else { throw .issuedInFuture }
        guard notBefore ?? 0 <= Double(now) + Self.leeway else { throw .notYet }
        guard self.nonce == nonce else { throw .nonce }
        guard asked.isEmpty || acr.map(asked.contains) ?? false else { throw .acr }
        // At most 255 ASCII characters (§ 2).
        guard (1...255).contains(subject.utf8.count), subject.utf8.allSatisfy({ (32...126).contains($0) }) else {
            throw .subject
        }
    }
}

/// What a token says of its signature, before anything of it is believed.
struct TokenHeader: Decodable {
    static let algorithms = ["RS256", "ES256"]

    let algorithm: String
    let key: String?

    private enum CodingKeys: String, CodingKey {
        case algorithm = "alg"
        case key = "kid"
        case critical = "crit"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        algorithm = try values.decode(String.self, forKey: .algorithm)
        key = try values.decodeIfPresent(String.self, forKey: .key)
        guard !values.contains(.critical) else { throw TokenFault.malformed }
    }

    static func read(_ token: String) throws(TokenFault) -> TokenHeader {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Data(base64URL: String(parts[0])),
            let header = try? JSONDecoder().decode(TokenHeader.self, from: bytes)
        else { throw .malformed }
        guard algorithms.contains(header.algorithm) else { throw .algorithm }
        return header
    }
}
