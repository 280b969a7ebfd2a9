import Foundation
import JWTKit

/// A provider's public key, with the one algorithm it is used with.
enum VerificationKey: Sendable {
    case rs256(Insecure.RSA.PublicKey)
    case es256(ES256PublicKey)

    var algorithm: String {
        switch self {
        case .rs256: "RS256"
        case .es256: "ES256"
        }
    }

    /// A set of keys without what we have no use for: other algorithms, keys for encryption, secrets, broken ones.
    static func set(from json: [UInt8]) -> [(id: String?, key: VerificationKey)]? {
        guard let set = try? JSONDecoder().decode(Set.self, from: Data(json)) else { return nil }
        return set.keys.prefix(Self.most).compactMap { entry in
            entry.written.flatMap { written in Self(written).map { (written.kid, $0) } }
        }
    }

    /// More than a provider that changes its keys has at a time.
    private static let most = 50

    private init?(_ written: Written) {
        guard written.use == nil || written.use == "sig" else { return nil }
        switch (written.kty, written.alg) {
        case ("RSA", nil), ("RSA", "RS256"):
            guard let modulus = written.n, let exponent = written.e,
                let key = try? Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent)
            else { return nil }
            self = .rs256(key)
        case ("EC", nil), ("EC", "ES256"):
            guard written.crv == "P-256", let x = written.x, let y = written.y,
                let key = try? ES256PublicKey(parameters: (x: x, y: y))
            else { return nil }
            self = .es256(key)
        default: return nil
        }
    }

    /// What the token says, once its signature is seen to be this key's.
    func read<Payload: JWTPayload>(_ token: String, as type: Payload.Type) async throws(TokenFault) -> Payload {
        let keys = JWTKeyCollection()
        switch self {
        case .rs256(let key): await keys.add(rsa: key, digestAlgorithm: .sha256)
        case .es256(let key): await keys.add(ecdsa: key)
        }
        do { return try await keys.verify(token, as: type) } catch let error as JWTError {
            throw error.errorType == .signatureVerificationFailed ? .signature : .malformed
        } catch { throw .signature }
    }

    private struct Set: Decodable {
        let keys: [Entry]
    }

    private struct Entry: Decodable {
        let written: Written?
        init(from decoder: any Decoder) throws { written = try? Written(from: decoder) }
    }

    private struct Written: Decodable {
        let kty: String
        let kid, use, alg, n, e, crv, x, y: String?
    }
}
