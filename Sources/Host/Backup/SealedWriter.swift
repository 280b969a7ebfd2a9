import Crypto
import Foundation
import Glibc

/// Writes a backup's file, for one thread.
final class SealedWriter {
    private let path: String
    private let key = SymmetricKey(size: .bits256)
    private let header: BackupHeader
    private let file: FileHandle
    private var pending: [UInt8] = []
    private var parts: UInt64 = 0

    /// Makes the file anew, readable by its owner alone.
    ///
    /// - Throws: ``BackupError``.
    init(_ path: String, for recipient: BackupRecipient) throws {
        self.path = path
        header = try BackupHeader(sealing: key, for: recipient)
        try? FileManager.default.removeItem(atPath: path)
        guard
            FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw BackupError("cannot make \(path): its folder is missing, or may not be written to") }
        self.file = file
        try put(header.bytes)
    }

    func write(_ bytes: [UInt8]) throws {
        pending += bytes
        var start = 0
        // What may be the last part waits.
        while pending.count - start > BackupHeader.partSize {
            try seal(pending[start..<start + BackupHeader.partSize], isLast: false)
            start += BackupHeader.partSize
        }
        pending.removeFirst(start)
    }

    /// Ends the file and sees it safe on disk.
    ///
    /// - Returns: how to read it back, from the disk and not from memory.
    func finish() throws -> (header: [UInt8], key: SymmetricKey) {
        try seal(pending[...], isLast: true)
        do { try file.synchronize() } catch { throw unwritten(error) }
        _ = posix_fadvise(file.fileDescriptor, 0, 0, POSIX_FADV_DONTNEED)
        try? file.close()
        return (header.bytes, key)
    }

    private func seal(_ part: ArraySlice<UInt8>, isLast: Bool) throws {
        let box = try AES.GCM.seal(
            part, using: key, nonce: try BackupHeader.nonce(parts, isLast: isLast), authenticating: header.bytes)
        parts += 1
        try put(box.ciphertext + box.tag)
    }

    private func put(_ bytes: some DataProtocol) throws {
        do { try file.write(contentsOf: bytes) } catch { throw unwritten(error) }
    }

    private func unwritten(_ error: any Error) -> BackupError {
        let isFull = (error as NSError).code == CocoaError.fileWriteOutOfSpace.rawValue
        return BackupError("cannot write \(path)\(isFull ? ": the disk is full" : "")")
    }
}
