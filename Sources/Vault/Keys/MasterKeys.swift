import Crypto
import EventKit
import Foundation

/// The keys that wrap all others: the first wraps new ones, every one of them unwraps.
///
/// To change the master key on several hosts: put the new one second everywhere, then first everywhere, then ``Vault/rewrap(progress:)``,
/// then take the old one away.
public struct MasterKeys: Sendable {
    let first: MasterKey
    private let byID: [String: MasterKey]

    /// Reads one key a line, 32 bytes in base64; empty lines and those that begin with `#` do not count.
    ///
    /// - Throws: ``VaultError`` (`master`), one line that holds nothing of the text.
    public init(text: String, from place: String) throws {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        let keys = try lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { line in
            guard let bytes = Data(base64Encoded: line), bytes.count == 32 else {
                throw VaultError(
                    .master, "\(place) holds a line that is no master key: each is 32 random bytes in base64")
            }
            return MasterKey(SymmetricKey(data: bytes))
        }
        guard let first = keys.first else { throw VaultError(.master, "\(place) holds no master key") }
        self.first = first
        byID = Dictionary(keys.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Reads the file at `path`, which only its owner may be able to read.
    ///
    /// - Throws: ``VaultError`` (`master`).
    public init(file path: String) throws {
        try self.init(file: path, credentials: ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"])
    }

    /// `credentials` is the folder in which systemd hands over what is secret: it is the service's alone, and systemd may let the service
    /// read by an access list, which shows as the group's right.
    init(file path: String, credentials: String?) throws {
        let attributes: [FileAttributeKey: Any]
        do { attributes = try FileManager.default.attributesOfItem(atPath: path) } catch {
            throw VaultError(
                .master, "the master key file \(path) cannot be read: it is missing, or in a folder that is closed")
        }
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        let isCredential = credentials.map { path.hasPrefix("\($0)/") } ?? false
        guard mode & (isCredential ? 0o037 : 0o077) == 0 else {
            throw VaultError(.master, "the master key file \(path) can be read by others; run `chmod 600 \(path)`")
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw VaultError(.master, "the master key file \(path) cannot be read; check who owns it")
        }
        try self.init(text: text, from: "the master key file \(path)")
    }

    /// A new master key as a line for the file.
    public static func makeLine() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
    }

    /// Makes a new file with one new key at `path`, readable by its owner alone and safe on disk. Never writes over one.
    ///
    /// - Throws: ``VaultError`` (`master`).
    public static func makeFile(_ path: String) throws {
        let text =
            "# The master key of the vault. Keep a copy apart from the backups: without it nothing sealed can be read.\n"
        let fresh = path + ".new"
        guard !FileManager.default.fileExists(atPath: path),
            FileManager.default.createFile(
                atPath: fresh, contents: Data((text + makeLine() + "\n").utf8), attributes: [.posixPermissions: 0o600]),
            (try? FileHandle(forWritingTo: URL(filePath: fresh)).synchronize()) != nil,
            link(fresh, path) == 0, unlink(fresh) == 0
        else {
            throw VaultError(
                .master, "cannot make the master key file \(path): it exists, or its folder cannot be written to")
        }
    }

    subscript(id: String) -> MasterKey? { byID[id] }
}

/// A key that wraps others.
struct MasterKey: Sendable {
    /// Tells keys apart without telling what they are.
    let id: String
    private let secret: SymmetricKey

    init(_ secret: SymmetricKey) {
        self.secret = secret
        let mark = HMAC<SHA256>.authenticationCode(for: Array("trivsel master key".utf8), using: secret)
        id = Array(mark.prefix(8)).hexadecimal
    }

    /// The wrapped form opens under the same id only.
    func wrap(_ key: SymmetricKey, as id: CaseKey.ID) throws -> [UInt8] {
        try key.withUnsafeBytes { try Sealing.seal(Data($0), by: secret, as: id.bytes) }
    }

    func unwrap(_ wrapped: [UInt8], as id: CaseKey.ID) throws -> SymmetricKey {
        SymmetricKey(data: try Sealing.open(wrapped, by: secret, as: id.bytes))
    }
}
