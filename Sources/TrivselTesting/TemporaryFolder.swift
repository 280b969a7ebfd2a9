import Foundation

/// A folder of a test's own, gone with the value.
public final class TemporaryFolder: Sendable {
    public let path: String

    /// - Throws: when it cannot be made.
    public init() throws {
        path = FileManager.default.temporaryDirectory.path + "/trivsel-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file, with the folders it lies in, and returns its path.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        let file = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
