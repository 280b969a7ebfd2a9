import EventKit
import Foundation
public import Storage

/// A file of the ids of keys that are destroyed, one a line: kept where neither data nor keys are, it holds against backups of both.
public struct DestroyedLog: Sendable {
    let path: String

    public init(_ path: String) { self.path = path }

    /// Makes the file if it is missing.
    ///
    /// - Throws: ``VaultError`` (`setting`) when it cannot be written to.
    func prepare() throws { try append([]) }

    /// Adds ids, safe on disk; those that are there already too, after a crash.
    ///
    /// - Throws: ``VaultError`` (`setting`).
    func append(_ ids: [CaseKey.ID]) throws {
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw unwritten }
        defer { close(file) }
        // A line that a crash has cut off stays one of its own.
        let lines = Array(ids.map { "\n\($0)\n" }.joined().utf8)
        guard write(file, lines, lines.count) == lines.count, fsync(file) == 0 else { throw unwritten }
    }

    /// All ids in it.
    ///
    /// - Throws: ``VaultError`` (`setting`).
    public func read() throws -> [CaseKey.ID] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw VaultError(.setting, "cannot read the list of destroyed keys \(path)")
        }
        return text.split(whereSeparator: \.isNewline).compactMap { CaseKey.ID(hexadecimal: $0) }
    }

    private var unwritten: VaultError {
        VaultError(.setting, "the list of destroyed keys \(path) cannot be written to (vault.destroyedLog)")
    }
}

extension CaseKey.ID {
    /// Nil unless there are 32 digits.
    init?(hexadecimal text: Substring) {
        let digits = Array(text)
        guard digits.count == 32 else { return nil }
        self.init(stride(from: 0, to: 32, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) })
    }
}

extension Vault {
    /// Takes these keys out of a keys' database that was just restored.
    public static func keepDestroyed(_ ids: [CaseKey.ID], in tx: Transaction) throws {
        try tx.overwriteDeleted()
        for id in ids { try tx.execute("DELETE FROM vault_key WHERE id = \(id)") }
    }
}
