import Crypto
import Foundation

/// AES-GCM with a random nonce: one format byte, 12 bytes of nonce, the sealed bytes, 16 bytes of tag.
enum Sealing {
    private static let format: UInt8 = 1
    /// How many bytes longer the sealed form is.
    static let overhead = 29

    static func seal(_ bytes: some DataProtocol, by key: SymmetricKey, as context: [UInt8]) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: key, authenticating: context)
        guard let combined = box.combined else { throw VaultError.damaged }
        return [format] + combined
    }

    /// - Throws: ``VaultError`` (`damaged`) unless `sealed` was made by this key for this context.
    static func open(_ sealed: [UInt8], by key: SymmetricKey, as context: [UInt8]) throws -> Data {
        guard sealed.count >= overhead, sealed[0] == format,
            let box = try? AES.GCM.SealedBox(combined: sealed[1...]),
            let bytes = try? AES.GCM.open(box, using: key, authenticating: context)
        else { throw VaultError.damaged }
        return bytes
    }
}
