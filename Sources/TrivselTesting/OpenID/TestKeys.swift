import Crypto
import CryptoExtras
import Foundation

/// A provider's keys, and tokens signed with them, rightly or not.
struct TestKeys: Sendable {
    private let curve = P256.Signing.PrivateKey()
    private let stranger = P256.Signing.PrivateKey()
    /// Made once: it takes a while.
    private static let rsa = try? _RSA.Signing.PrivateKey(keySize: .bits2048)
    private let rsa: _RSA.Signing.PrivateKey

    init() throws {
        guard let made = Self.rsa else { throw NeverCame(description: "no RSA key could be made") }
        rsa = made
    }

    /// JWKS: ours among some that nobody has a use for.
    var set: JSONText {
        get throws {
            let point = curve.publicKey.x963Representation.dropFirst()
            let primitives = try rsa.publicKey.getKeyPrimitives()
            return [
                "keys": [
                    ["kty": "OKP", "crv": "X448", "kid": "later", "x": "AAAA"], ["kty": "RSA", "kid": "broken"],
                    [
                        "kty": "EC", "crv": "P-256", "kid": "curve", "use": "sig", "alg": "ES256",
                        "x": .text(Self.base64URL(point.prefix(32))), "y": .text(Self.base64URL(point.suffix(32))),
                    ],
                    [
                        "kty": "RSA", "kid": "rsa", "use": "sig", "n": .text(Self.base64URL(primitives.modulus)),
                        "e": .text(Self.base64URL(primitives.publicExponent)),
                    ],
                ]
            ]
        }
    }

    func token(_ claims: [String: JSONText], isRSA: Bool, fault: TestProvider.Fault) throws -> String {
        var header: [String: JSONText] = isRSA ? ["alg": "RS256", "kid": "rsa"] : ["alg": "ES256", "kid": "curve"]
        switch fault {
        case .algorithmNone: header["alg"] = "none"
        case .hmacWithPublicKey: header["alg"] = "HS256"
        case .unknownKey: header["kid"] = "nobody's"
        case .criticalHeader: header["crit"] = ["exp"]
        default: break
        }
        let text =
            Self.base64URL(try JSONText.object(header).data) + "." + Self.base64URL(try JSONText.object(claims).data)
        return text + "." + Self.base64URL(try signature(Data(text.utf8), isRSA: isRSA, fault: fault))
    }

    private func signature(_ text: Data, isRSA: Bool, fault: TestProvider.Fault) throws -> Data {
        switch fault {
        case .algorithmNone: return Data()
        case .hmacWithPublicKey:
            let shown = isRSA ? rsa.publicKey.pemRepresentation : curve.publicKey.pemRepresentation
            return Data(HMAC<SHA256>.authenticationCode(for: text, using: SymmetricKey(data: Data(shown.utf8))))
        case .otherKey: return try stranger.signature(for: text).rawRepresentation
        default:
            if isRSA { return try rsa.signature(for: text, padding: .insecurePKCS1v1_5).rawRepresentation }
            return try curve.signature(for: text).rawRepresentation
        }
    }

    static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
