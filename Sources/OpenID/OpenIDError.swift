/// Why a sign-in did not succeed. Holds nothing that the provider or the browser wrote but a code of the standard's.
public enum OpenIDError: Error, Sendable, Hashable {
    /// What a provider is asked at.
    public enum Endpoint: String, Sendable {
        case discovery, keys, token, userinfo, affiliation
    }

    /// No answer within the limits of time and size, a redirect, or a status that is no success.
    case unavailable(Endpoint)
    /// An answer that is not what the standard says.
    case malformed(Endpoint)
    /// The metadata are another issuer's than the one that was asked.
    case wrongIssuer
    /// An address that is neither https nor on this machine.
    case insecureAddress(Endpoint)
    /// The token endpoint refused the code; its error code.
    case codeRefused(String)
    case token(TokenFault)
    /// Userinfo speaks of somebody else than the ID token.
    case otherPerson
}

/// What an ID token was refused for.
public enum TokenFault: String, Error, Sendable, CaseIterable {
    case malformed, algorithm, signature, issuer, audience, expired, nonce, acr, subject
    case unknownKey = "unknown-key"
    case authorizedParty = "authorized-party"
    case issuedInFuture = "issued-in-future"
    case notYet = "not-yet"
}

extension OpenIDError: CustomStringConvertible {
    /// Fit for a log.
    public var description: String {
        switch self {
        case .unavailable(let endpoint): "unavailable-\(endpoint.rawValue)"
        case .malformed(let endpoint): "malformed-\(endpoint.rawValue)"
        case .wrongIssuer: "wrong-issuer"
        case .insecureAddress(let endpoint): "insecure-address-\(endpoint.rawValue)"
        case .codeRefused(let code): "code-refused-\(code)"
        case .token(let fault): "token-\(fault.rawValue)"
        case .otherPerson: "other-person"
        }
    }
}
