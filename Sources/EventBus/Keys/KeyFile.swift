import Foundation

/// A file with what `trivsel keys new` prints: all that a worker knows of its host.
public enum KeyFile {
    /// A key file that no worker can start with; `message` is one line for the operator.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        public let message: String
        public var description: String { message }
    }

    /// Reads the file at `path`. The error names the file and nothing of what is in it.
    public static func read(_ path: String) throws(Failure) -> ClientCredentials {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(message: "the worker's key file cannot be read: \(path); `trivsel keys new` prints one")
        }
        guard let credentials = try? JSONDecoder().decode(ClientCredentials.self, from: data) else {
            throw Failure(message: "the worker's key file is not what `trivsel keys new` prints: \(path)")
        }
        return credentials
    }
}
