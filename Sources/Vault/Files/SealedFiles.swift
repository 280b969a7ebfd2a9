import Crypto
public import EventKit
import Foundation
public import Storage

/// The files of cases, sealed part by part: at most two MiB of one are in memory at a time, however large it is.
public struct SealedFiles: Sendable {
    let data: Database

    /// Stores a file while it comes in. It is removed after one or two days unless it is ``attach(_:in:)``ed.
    ///
    /// - Parameters:
    ///   - name: asked for when all has come, as is `type`: both may depend on the content.
    ///   - limit: most bytes that are taken.
    ///   - content: in pieces of any size.
    /// - Throws: ``VaultError`` (`tooLarge`, or `destroyed` when the key is gone), or what one of these throws; then nothing is kept.
    public func store<Content: AsyncSequence>(
        name: @autoclosure () throws -> String, type: @autoclosure () throws -> String, limit: Int, by key: CaseKey,
        _ content: Content
    ) async throws -> SealedFile where Content.Element: Collection<UInt8> {
        // By chance and to the end of the day: a file's own time could tell when somebody wrote.
        let id = UUID().uuidString.lowercased()
        let day = (Int64(Date().timeIntervalSince1970) / 86_400 + 1) * 86_400_000
        try await begin(id, key, Timestamp(milliseconds: day))
        do {
            let (size, sha256) = try await storeParts(id, limit, key, content)
            let file = SealedFile(id: id, name: try name(), type: try type(), size: size, sha256: sha256)
            let header = try file.sealedHeader(by: key)
            let rows = try await data.write {
                try $0.execute("UPDATE vault_file SET header = \(header) WHERE id = \(id)")
            }
            if rows == 0 { throw VaultError.destroyed }
            return file
        } catch {
            _ = try? await data.write { try remove(id, in: $0) }
            if case .foreignKey = (error as? StorageError)?.kind { throw VaultError.destroyed }
            throw error
        }
    }

    private func begin(_ id: String, _ key: CaseKey, _ day: Timestamp) async throws {
        try await data.write { tx in
            let isDestroyed = try tx.first("SELECT 1 FROM vault_destroy WHERE key_id = \(key.id)") { $0.int(0) } != nil
            if isDestroyed { throw VaultError.destroyed }
            try tx.execute("INSERT INTO vault_file (id, key_id, is_attached, at) VALUES (\(id), \(key.id), 0, \(day))")
        }
    }

    private func storeParts<Content: AsyncSequence>(
        _ id: String, _ limit: Int, _ key: CaseKey, _ content: Content
    ) async throws -> (size: Int, sha256: [UInt8]) where Content.Element: Collection<UInt8> {
        var (waiting, hash, size, number): ([UInt8], SHA256, Int, Int) = ([], SHA256(), 0, 0)
        func store(_ part: [UInt8], isLast: Bool) async throws {
            let sealed = try key.seal(bytes: part, as: SealedFile.place(id, part: number, isLast: isLast))
            try await data.write { [number] tx in
                try tx.execute(
                    "INSERT INTO vault_file_part (file, number, sealed) VALUES (\(id), \(number), \(sealed))")
            }
            number += 1
        }
        for try await piece in content {
            size += piece.count
            if size > limit { throw VaultError(.tooLarge, "the file is larger than \(limit) bytes") }
            hash.update(data: Array(piece))
            waiting += piece
            // A full part is only stored when more has come: then it is not the last.
            while waiting.count > SealedFile.partSize {
                try await store(Array(waiting.prefix(SealedFile.partSize)), isLast: false)
                waiting.removeFirst(SealedFile.partSize)
            }
        }
        try await store(waiting, isLast: true)
        return (size, Array(hash.finalize()))
    }

    /// Keeps a stored file for as long as its key, as part of the transaction that stores its id.
    ///
    /// - Throws: ``VaultError`` (`missing`) when it is not there, or not stored to its end.
    public func attach(_ id: String, in tx: Transaction) throws {
        let rows = try tx.execute("UPDATE vault_file SET is_attached = 1 WHERE id = \(id) AND header IS NOT NULL")
        if rows == 0 { throw VaultError(.missing, "the file is not there, or was never stored to its end") }
    }

    /// What is known of the file; nil when there is none.
    ///
    /// - Throws: ``VaultError`` (`damaged`), also when it is another case's.
    public func file(_ id: String, by key: CaseKey, in reader: Reader) throws -> SealedFile? {
        let header = try reader.first("SELECT header FROM vault_file WHERE id = \(id) AND header IS NOT NULL") {
            $0.bytes(0)
        }
        return try header.map { try SealedFile(id, header: $0, by: key) }
    }

    /// Those of these files that are not attached and that this key opens.
    public func loose(_ ids: [String], by key: CaseKey) async throws -> [SealedFile] {
        try await data.read { reader in
            try ids.compactMap { id in
                let header = try reader.first(
                    "SELECT header FROM vault_file WHERE id = \(id) AND key_id = \(key.id) AND is_attached = 0 AND header IS NOT NULL"
                ) { $0.bytes(0) }
                return try header.map { try SealedFile(id, header: $0, by: key) }
            }
        }
    }

    /// The content, read as it is asked for.
    public func content(of file: SealedFile, by key: CaseKey) -> FileContent {
        FileContent(data: data, file: file, key: key)
    }

    /// Calls a file something else. Nothing of its name before is left.
    public func rename(_ file: SealedFile, to name: String, by key: CaseKey, in tx: Transaction) throws {
        let renamed = SealedFile(id: file.id, name: name, type: file.type, size: file.size, sha256: file.sha256)
        try tx.execute("UPDATE vault_file SET header = \(renamed.sealedHeader(by: key)) WHERE id = \(file.id)")
    }

    /// Removes a file. Nothing happens when there is none.
    public func remove(_ id: String, in tx: Transaction) throws {
        try tx.execute("DELETE FROM vault_file WHERE id = \(id)")
    }

    /// The same in a transaction of its own.
    public func remove(_ id: String) async throws { try await data.write { try remove(id, in: $0) } }

    /// Bytes, as they are sealed, of the files that nothing has been attached to yet, and of those sealed by one of `keys`, a list of key
    /// ids or a query for them.
    public static func bytes(looseOrSealedBy keys: SQL, in reader: Reader) throws -> Int {
        try reader.first(
            """
            SELECT CAST(COALESCE(SUM(LENGTH(part.sealed)), 0) AS BIGINT)
            FROM vault_file f JOIN vault_file_part part ON part.file = f.id
            WHERE f.is_attached = 0 OR f.key_id IN (\(keys))
            """
        ) { $0.int(0) } ?? 0
    }

    /// Removes files that were stored before `limit` and never attached.
    public func removeLoose(before limit: Timestamp? = nil) async throws {
        let dayAgo = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)).adding(seconds: -86_400)
        try await data.write { tx in
            try tx.execute("DELETE FROM vault_file WHERE is_attached = 0 AND at < \(limit ?? dayAgo)")
        }
    }
}

extension Vault {
    /// The files of cases.
    public var files: SealedFiles { SealedFiles(data: data) }
}
