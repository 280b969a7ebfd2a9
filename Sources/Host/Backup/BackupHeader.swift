import Crypto
import EventKit
import Foundation

/// What stands before a backup's sealed parts: for whom it is, and its own key, sealed for them.
///
/// Then come the parts: 65,536 bytes each and 16 of AES-GCM's tag, the last one of them shorter. A part's nonce is its number and whether it
/// is the last, and each is bound to this header: parts that are changed, swapped, missing or of another backup do not open.
struct BackupHeader {
    static let magic = Array("trivsel backup 1\n".utf8)
    static let partSize = 65_536
    static let tagSize = 16
    private static let suite = HPKE.Ciphersuite(
        kem: .Curve25519_HKDF_SHA256, kdf: .HKDF_SHA256, aead: .AES_GCM_256)
    private static let idSize = 8
    private static let encapsulatedSize = 32
    static let size = magic.count + idSize + encapsulatedSize + 32 + tagSize

    let bytes: [UInt8]

    /// For a new backup with this key.
    init(sealing key: SymmetricKey, for recipient: BackupRecipient) throws {
        var sender = try HPKE.Sender(recipientKey: recipient.key, ciphersuite: Self.suite, info: Data(Self.magic))
        let sealed = try sender.seal(key.withUnsafeBytes { Data($0) })
        bytes = Self.magic + recipient.id + sender.encapsulatedKey + sealed
    }

    /// From a file.
    ///
    /// - Throws: ``BackupError`` unless it is one.
    init(_ bytes: [UInt8], in path: String) throws {
        guard bytes.starts(with: Self.magic) else { throw BackupError("\(path) is no backup") }
        guard bytes.count == Self.size else { throw BackupError("\(path) was cut off") }
        self.bytes = bytes
    }

    /// The backup's own key.
    ///
    /// - Throws: ``BackupError`` when it is for somebody else, or damaged.
    func open(by identity: BackupIdentity, in path: String) throws -> SymmetricKey {
        let id = Array(bytes[Self.magic.count..<Self.magic.count + Self.idSize])
        guard id == identity.id else {
            throw BackupError(
                "\(path) was made for another key: for \(id.hexadecimal), and this one is \(identity.id.hexadecimal)")
        }
        let rest = Data(bytes.dropFirst(Self.magic.count + Self.idSize))
        do {
            var recipient = try HPKE.Recipient(
                privateKey: identity.key, ciphersuite: Self.suite, info: Data(Self.magic),
                encapsulatedKey: Data(rest.prefix(Self.encapsulatedSize)))
            return SymmetricKey(data: try recipient.open(Data(rest.dropFirst(Self.encapsulatedSize))))
        } catch {
            throw BackupError("\(path) is damaged: its key does not open")
        }
    }

    /// Of the part with this number.
    static func nonce(_ part: UInt64, isLast: Bool) throws -> AES.GCM.Nonce {
        let number = (0..<8).map { UInt8(truncatingIfNeeded: part >> (56 - 8 * $0)) }
        return try AES.GCM.Nonce(data: number + [0, 0, 0, isLast ? 1 : 0])
    }
}
