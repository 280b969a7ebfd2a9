import Foundation

extension SQLiteConnection {
    /// Opens a file that exists and gives it to `body` when nobody else has it open; nobody can until `body` is through.
    ///
    /// - Throws: ``StorageError`` `.busy` while a host or a tool has it open, or what `body` throws.
    static func alone<Value>(_ url: DatabaseURL, _ body: (SQLiteConnection) throws -> Value) throws -> Value {
        guard let path = url.filePath, FileManager.default.fileExists(atPath: path) else {
            throw StorageError(.unavailable, "there is no database at \(url)")
        }
        var result: Result<Value, any Error> = .failure(StorageError.closed)
        try open(path, readOnly: false, lockTimeout: .seconds(1)) { connection in
            result = Result {
                try connection.shutOthersOut(path)
                defer { try? connection.execute("ROLLBACK") }
                return try body(connection)
            }
        }
        return try result.get()
    }

    private func shutOthersOut(_ path: String) throws {
        do {
            // Beside a write-ahead log every open connection holds a shared lock on the file: this one bears no other.
            try execute("PRAGMA locking_mode = EXCLUSIVE")
            try execute("BEGIN IMMEDIATE")
        } catch let error as StorageError where error.kind == .busy {
            throw StorageError(
                .busy, "\(path) is in use: stop the host and every tool that has it open, then try again")
        }
    }
}
