public import EventKit
import Foundation
public import Storage

/// A backup of one database in one sealed file; hosts go on meanwhile.
public struct Backup: Sendable {
    /// Which of an installation's two databases.
    public enum Kind: String, Sendable {
        case data, keys

        /// Tables that are written without their rows: what opens doors, as a right may have ended since, and leases.
        var without: Set<String> {
            switch self {
            case .data: ["host_session", "host_token", "host_login", "bus_key", "bus_member"]
            case .keys: []
            }
        }
    }

    /// Told of a table, how many of its rows are done, and of how many.
    public typealias Progress = @Sendable (_ table: String, _ done: Int, _ of: Int) -> Void

    let kind: Kind
    let installation: String
    let recipient: BackupRecipient

    public init(of kind: Kind, installation: String, for recipient: BackupRecipient) {
        (self.kind, self.installation, self.recipient) = (kind, installation, recipient)
    }

    /// Writes the file beside its name, reads it back, and only then gives it the name; one that had it before is replaced.
    ///
    /// - Throws: ``BackupError`` or `StorageError`, one line; then there is no new file.
    public func write(
        _ database: Database, to path: String, at time: Timestamp, progress: @escaping Progress
    ) async throws -> [Dump.Table] {
        let fresh = path + ".partial"
        do {
            let (told, header, key) = try await database.snapshot { reader in
                let file = try SealedWriter(fresh, for: recipient)
                let tables = try reader.dump(
                    kind.rawValue, of: installation, at: time, without: kind.without, progress: progress
                ) { try file.write($0) }
                let (header, key) = try file.finish()
                return (tables, header, key)
            }
            KillPoint.pass("backup.written")
            let file = try SealedReader(fresh) { found in
                guard found.bytes == header else { throw BackupError("\(fresh) is not as it was written") }
                return key
            }
            var dump = try DumpReader { try file.next() }
            guard try dump.check() == told else { throw BackupError("\(fresh) is not as it was written") }
            KillPoint.pass("backup.checked")
            try rename(fresh, path)
            KillPoint.pass("backup.renamed")
            return told
        } catch {
            try? FileManager.default.removeItem(atPath: fresh)
            throw error
        }
    }

    private func rename(_ fresh: String, _ path: String) throws {
        guard Foundation.rename(fresh, path) == 0 else { throw BackupError("cannot give \(fresh) its name \(path)") }
        // The name is safe once its folder is.
        try? FileHandle(forReadingAtPath: URL(filePath: path).deletingLastPathComponent().path)?.synchronize()
    }
}
