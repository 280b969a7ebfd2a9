import Crypto
import Foundation

/// The secrets of one attempt to sign in. All come from one random secret that only the browser keeps, so that nothing
/// of them is stored, and none tells another.
public struct Login: Sendable, Hashable {
    /// Comes back with the browser.
    public let state: String
    /// Comes back in the ID token.
    let nonce: String
    /// PKCE: shown to the token endpoint only.
    let verifier: String

    /// `secret`: 256 random bits or more.
    public init(secret: String) {
        func derived(_ purpose: String) -> String {
            let key = SymmetricKey(data: Array(secret.utf8))
            return Data(HMAC<SHA256>.authenticationCode(for: Array(purpose.utf8), using: key)).base64URL
        }
        (state, nonce, verifier) = (derived("state"), derived("nonce"), derived("verifier"))
    }

    /// PKCE, method S256.
    var challenge: String { Data(SHA256.hash(data: Array(verifier.utf8))).base64URL }

    /// Whether this is the state, in time that does not tell where it differs.
    public func isState(_ text: String) -> Bool {
        let key = SymmetricKey(size: .bits256)
        func blinded(_ text: String) -> HMAC<SHA256>.MAC { HMAC.authenticationCode(for: Array(text.utf8), using: key) }
        return blinded(text) == blinded(state)
    }
}

extension Data {
    /// Without padding.
    var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Nil when it is not base64url without padding.
    init?(base64URL text: String) {
        guard !text.utf8.contains(where: { $0 == 43 || $0 == 47 || $0 == 61 }) else { return nil }
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        self.init(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4))
    }
}
