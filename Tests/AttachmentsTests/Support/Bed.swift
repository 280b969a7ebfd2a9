import Attachments
import Logging
import Storage
import TrivselTesting
import Vault

/// A vault with one case's key, and attachments on it.
struct Bed: Sendable {
    let data: Database
    let vault: Vault
    let key: CaseKey
    let attachments: Attachments

    static func lay(
        clamd: ClamdAddress? = nil, limits: Attachments.Limits = .init(), isolation: isolated (any Actor)? = #isolation,
        _ body: (Bed) async throws -> Void
    ) async throws {
        try await TestDatabase.with(.sqlite, Vault.migrations) { data in
            try await TestVault.with(.sqlite, data: data) { vault in
                let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                let attachments = Attachments(files: vault.files, limits: limits, clamd: clamd, logger: logger)
                try await body(Bed(data: data, vault: vault, key: try await vault.newKey(), attachments: attachments))
            }
        }
    }

    /// Takes `bytes` in pieces.
    func take(_ name: String, _ bytes: [UInt8]) async throws -> SealedFile {
        try await attachments.take(name: name, by: key, Pieces(bytes))
    }

    /// Why `bytes` are refused; nil when they are not.
    func refusal(_ name: String, _ bytes: [UInt8]) async throws -> Refusal? {
        do {
            _ = try await take(name, bytes)
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }

    func content(of file: SealedFile) async throws -> [UInt8] {
        try await vault.files.content(of: file, by: key).reduce(into: []) { $0 += $1 }
    }

    var storedParts: Int {
        get async throws {
            try await data.read { try $0.first("SELECT count(*) FROM vault_file_part") { $0.int(0) } ?? -1 }
        }
    }
}

/// Bytes that come in pieces.
struct Pieces: AsyncSequence, Sendable {
    typealias Element = [UInt8]

    let pieces: [[UInt8]]

    init(_ bytes: [UInt8], of size: Int = 60_000) {
        pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<Swift.min($0 + size, bytes.count)]) }
    }

    struct Iterator: AsyncIteratorProtocol {
        var pieces: ArraySlice<[UInt8]>

        mutating func next() async -> [UInt8]? { pieces.popFirst() }
    }

    func makeAsyncIterator() -> Iterator { Iterator(pieces: pieces[...]) }
}
