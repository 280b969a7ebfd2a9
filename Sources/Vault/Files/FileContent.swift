import Crypto
import Storage

/// The opened content of a file, a MiB at a time.
///
/// Iterating throws ``VaultError``: `damaged` when a part was changed, moved or cut off, `missing` when the file has been removed. What
/// has been given until then is as it was stored.
public struct FileContent: AsyncSequence, Sendable {
    public typealias Element = [UInt8]

    let data: Database
    let file: SealedFile
    let key: CaseKey

    public func makeAsyncIterator() -> Iterator { Iterator(content: self) }

    /// Reads part after part.
    public struct Iterator: AsyncIteratorProtocol {
        let content: FileContent
        private var number = 0
        private var size = 0
        private var hash = SHA256()

        init(content: FileContent) { self.content = content }

        /// The next part; nil after the last.
        public mutating func next() async throws -> [UInt8]? {
            let (file, key) = (content.file, content.key)
            guard number < file.parts else { return nil }
            let sealed = try await content.data.read { [number] reader in
                try reader.first("SELECT sealed FROM vault_file_part WHERE file = \(file.id) AND number = \(number)") {
                    $0.bytes(0)
                }
            }
            guard let sealed else { throw VaultError(.missing, "the file, or a part of it, has been removed") }
            let isLast = number + 1 == file.parts
            let part = try key.open(bytes: sealed, as: SealedFile.place(file.id, part: number, isLast: isLast))
            number += 1
            size += part.count
            hash.update(data: part)
            if isLast && (size != file.size || Array(hash.finalize()) != file.sha256) { throw VaultError.damaged }
            return part
        }
    }
}
