import Crypto
import Foundation

/// Reads a backup's file, for one thread.
final class SealedReader {
    private let path: String
    private let file: FileHandle
    private let header: BackupHeader
    private let key: SymmetricKey
    private var left: UInt64
    private var parts: UInt64 = 0

    /// - Parameter key: of the header, such as by a private key.
    /// - Throws: ``BackupError``.
    init(_ path: String, key: (BackupHeader) throws -> SymmetricKey) throws {
        guard let file = FileHandle(forReadingAtPath: path), let size = try? file.seekToEnd(),
            (try? file.seek(toOffset: 0)) != nil
        else { throw BackupError("cannot read \(path)") }
        (self.path, self.file) = (path, file)
        header = try BackupHeader(Array(try Self.take(BackupHeader.size, file, path)), in: path)
        self.key = try key(header)
        left = size - UInt64(BackupHeader.size)
        guard left > 0 else { throw damaged }
    }

    /// The next part; nil after the last.
    ///
    /// - Throws: ``BackupError`` when it was changed, or the file cut off.
    func next() throws -> [UInt8]? {
        guard left > 0 else { return nil }
        let size = min(left, UInt64(BackupHeader.partSize + BackupHeader.tagSize))
        left -= size
        let sealed = try Self.take(Int(size), file, path)
        guard sealed.count == size, size >= BackupHeader.tagSize,
            let box = try? AES.GCM.SealedBox(
                nonce: try BackupHeader.nonce(parts, isLast: left == 0),
                ciphertext: sealed.dropLast(BackupHeader.tagSize), tag: sealed.suffix(BackupHeader.tagSize)),
            let opened = try? AES.GCM.open(box, using: key, authenticating: header.bytes)
        else { throw damaged }
        parts += 1
        return [UInt8](opened)
    }

    private var damaged: BackupError {
        BackupError("\(path) is damaged or was cut off: its part \(parts + 1) does not open")
    }

    private static func take(_ count: Int, _ file: FileHandle, _ path: String) throws -> Data {
        do { return try file.read(upToCount: count) ?? Data() } catch { throw BackupError("cannot read \(path)") }
    }
}
