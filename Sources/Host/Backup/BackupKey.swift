import Crypto
import EventKit
import Foundation

/// Whom backups are sealed for: the public half of a pair whose private half is not on this machine.
public struct BackupRecipient: Sendable {
    static let mark = "trivsel-backup-public:"
    let key: Curve25519.KeyAgreement.PublicKey

    /// Tells pairs apart without telling what they are: 8 bytes.
    var id: [UInt8] { Array(SHA256.hash(data: key.rawRepresentation).prefix(8)) }

    /// Reads the public key itself, or the file that holds it.
    ///
    /// - Throws: ``BackupError``.
    public init(_ text: String) throws {
        let lines = text.hasPrefix(Self.mark) ? [text] : try BackupIdentity.lines(of: text)
        guard !lines.contains(where: { $0.hasPrefix(BackupIdentity.mark) }) else {
            throw BackupError("\(text) holds a private key, which must not be on this machine: name the public one")
        }
        guard let line = lines.first(where: { $0.hasPrefix(Self.mark) }),
            let bytes = Data(base64Encoded: String(line.dropFirst(Self.mark.count))),
            let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: bytes)
        else { throw BackupError("the recipient is no public key: `trivsel backup key` makes one") }
        self.key = key
    }
}

/// The private half, which opens backups.
public struct BackupIdentity: Sendable {
    static let mark = "trivsel-backup-private:"
    let key: Curve25519.KeyAgreement.PrivateKey

    /// Reads the file.
    ///
    /// - Throws: ``BackupError``.
    public init(file path: String) throws {
        guard let line = try Self.lines(of: path).first(where: { $0.hasPrefix(Self.mark) }),
            let bytes = Data(base64Encoded: String(line.dropFirst(Self.mark.count))),
            let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
        else { throw BackupError("\(path) holds no private key of a backup") }
        self.key = key
    }

    var id: [UInt8] { Array(SHA256.hash(data: key.publicKey.rawRepresentation).prefix(8)) }

    /// A new pair: the text of the private half's file, and the public half.
    public static func makePair() -> (file: String, recipient: String) {
        let key = Curve25519.KeyAgreement.PrivateKey()
        let recipient = BackupRecipient.mark + key.publicKey.rawRepresentation.base64EncodedString()
        let file = """
            # Opens the backups that were made for
            # \(recipient)
            # Keep it where no backup and no host is, in two places: without it no backup can be read.
            \(mark)\(key.rawRepresentation.base64EncodedString())

            """
        return (file, recipient)
    }

    static func lines(of path: String) throws -> [String] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw BackupError("cannot read \(path)")
        }
        return text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
