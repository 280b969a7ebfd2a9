import Foundation

/// Writes a file so that its name stands for all of it or for nothing, also after a power cut.
enum DurableFile {
    static func write(_ bytes: [UInt8], to file: URL) throws {
        let folder = file.deletingLastPathComponent()
        let unfinished = folder.appending(path: ".\(file.lastPathComponent).\(UUID().uuidString)")
        do {
            try create(unfinished, holding: bytes)
            guard unsafe rename(unfinished.path, file.path) == 0 else {
                throw POSIXError(.init(rawValue: errno) ?? .EIO)
            }
        } catch {
            try? FileManager.default.removeItem(at: unfinished)
            throw error
        }
        let handle = try FileHandle(forReadingFrom: folder)
        defer { try? handle.close() }
        try handle.synchronize()
    }

    private static func create(_ file: URL, holding bytes: [UInt8]) throws {
        let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard FileManager.default.createFile(atPath: file.path, contents: nil, attributes: mode) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.write(contentsOf: Data(bytes))
        try handle.synchronize()
    }
}
