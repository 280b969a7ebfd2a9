import Crypto
import CryptoExtras
import Dispatch
import EventKit
import Foundation

/// Turns what a row is looked up by into tokens: who has the data and not the keys learns nothing from them.
public struct LookupKey: Sendable {
    private let key: SymmetricKey

    init(key: SymmetricKey) { self.key = key }

    /// The token of something that cannot be guessed, or whose token is hidden with the keys: 64 hexadecimal digits.
    ///
    /// - Parameter purpose: the same text has another token for another purpose.
    public func token(_ text: String, for purpose: String) -> String { bytes(text, for: purpose).hexadecimal }

    /// The same as 32 bytes, such as to make a code of.
    public func bytes(_ text: String, for purpose: String) -> [UInt8] {
        // The length keeps purpose and text apart.
        let input = "\(purpose.utf8.count):\(purpose)\(text)"
        return Array(HMAC<SHA256>.authenticationCode(for: Array(input.utf8), using: key))
    }

    /// The token of a short secret, such as a code of digits, that somebody who has the keys too might try out.
    ///
    /// Takes some tenth of a second and 32 MiB (scrypt, N = 2¹⁵, r = 8), one at a time in this process.
    public func slowToken(_ secret: String, for purpose: String) async throws -> String {
        let salt = bytes("", for: "salt of \(purpose)")
        let slow: SymmetricKey = try await withCheckedThrowingContinuation { continuation in
            Self.queue.async {
                continuation.resume(
                    with: Result {
                        try KDF.Scrypt.deriveKey(
                            from: Array(secret.utf8), salt: salt, outputByteCount: 32, rounds: 1 << 15, blockSize: 8,
                            parallelism: 1,
                            maxMemory: 64 << 20)
                    })
            }
        }
        return slow.withUnsafeBytes { Array(HMAC<SHA256>.authenticationCode(for: $0, using: key)).hexadecimal }
    }

    /// Off Swift's own threads, which others need; one after the other, so that nobody wears the machine out with guesses.
    private static let queue = DispatchQueue(label: "trivsel.vault.lookup")
}

extension LookupKey: CustomStringConvertible, CustomReflectable {
    public var description: String { "a lookup key" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Vault {
    /// The key for the lookups of a module or part, the same on all hosts.
    public func lookupKey(_ name: String) async throws -> LookupKey {
        LookupKey(key: try await table.named("lookup \(name)"))
    }
}
