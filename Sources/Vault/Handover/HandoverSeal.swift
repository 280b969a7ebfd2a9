import Crypto
import Foundation

/// HPKE (RFC 9180): X25519, HKDF-SHA256 and AES-GCM-256. The parts of a payload open in their order only, and all of them only.
enum HandoverSeal {
    static let partSize = 1 << 20
    /// Beyond it a payload is not taken.
    static let maximum = 64 << 20

    private static let suite = HPKE.Ciphersuite(kem: .Curve25519_HKDF_SHA256, kdf: .HKDF_SHA256, aead: .AES_GCM_256)

    /// Seals `payload` and gives `body` part after part, holding one at a time.
    ///
    /// - Returns: what the recipient needs to open the first.
    static func seal(
        _ payload: [UInt8], _ id: String, to key: Curve25519.KeyAgreement.PublicKey,
        _ body: (_ number: Int, _ sealed: [UInt8], _ opening: [UInt8]) throws -> Void
    ) throws {
        var sender = try HPKE.Sender(recipientKey: key, ciphersuite: suite, info: Data(id.utf8))
        let opening = [UInt8](sender.encapsulatedKey)
        for number in 0..<count(of: payload) {
            let part = payload[number * partSize..<min((number + 1) * partSize, payload.count)]
            let sealed = try sender.seal(part, authenticating: mark(isLast: number + 1 == count(of: payload)))
            try body(number, [UInt8](sealed), opening)
        }
    }

    /// How many parts it has: at least one.
    static func count(of payload: [UInt8]) -> Int { max(1, (payload.count + partSize - 1) / partSize) }

    /// Opens the parts of one payload, in their order.
    struct Opener {
        private var recipient: HPKE.Recipient

        init(_ id: String, _ opening: [UInt8], by key: Curve25519.KeyAgreement.PrivateKey) throws {
            do {
                recipient = try HPKE.Recipient(
                    privateKey: key, ciphersuite: suite, info: Data(id.utf8), encapsulatedKey: Data(opening))
            } catch { throw VaultError.damaged }
        }

        mutating func open(_ sealed: [UInt8], isLast: Bool) throws -> Data {
            do { return try recipient.open(sealed, authenticating: mark(isLast: isLast)) } catch {
                throw VaultError.damaged
            }
        }
    }

    private static func mark(isLast: Bool) -> [UInt8] { [isLast ? 1 : 0] }
}
