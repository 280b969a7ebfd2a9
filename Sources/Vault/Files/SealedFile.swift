import Foundation

/// What is known of a stored file to who has its case's key.
public struct SealedFile: Sendable, Hashable {
    /// A UUID, which the module keeps with its case.
    public let id: String
    /// As it was sent; sealed like the content.
    public let name: String
    /// Its media type; sealed like the content.
    public let type: String
    /// Bytes of the original.
    public let size: Int
    /// SHA-256 of the original, 32 bytes.
    public let sha256: [UInt8]
}

extension SealedFile {
    private struct Header: Codable {
        var name: String
        var type: String
        var size: Int
        var sha256: Data
    }

    /// The content is cut into parts of this size.
    static let partSize = 1 << 20

    /// How many parts it has: at least one.
    var parts: Int { max(1, (size + Self.partSize - 1) / Self.partSize) }

    func sealedHeader(by key: CaseKey) throws -> [UInt8] {
        let header = Header(name: name, type: type, size: size, sha256: Data(sha256))
        return try key.seal(bytes: [UInt8](try JSONEncoder().encode(header)), as: .init("vault.file", row: id))
    }

    /// - Throws: ``VaultError`` (`damaged`).
    init(_ id: String, header sealed: [UInt8], by key: CaseKey) throws {
        let bytes = try key.open(bytes: sealed, as: .init("vault.file", row: id))
        guard let header = try? JSONDecoder().decode(Header.self, from: Data(bytes)) else { throw VaultError.damaged }
        self.init(id: id, name: header.name, type: header.type, size: header.size, sha256: [UInt8](header.sha256))
    }

    /// Where a part belongs: a part put elsewhere, or left out at the end, is found.
    static func place(_ id: String, part number: Int, isLast: Bool) -> CaseKey.Place {
        .init("vault.file.part", row: "\(id)/\(number)\(isLast ? "/last" : "")")
    }
}
