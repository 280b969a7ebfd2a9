import EventKit
import Foundation
import Storage

/// Files as whoever steals the disk reads them: bytes.
struct RawFiles {
    let files: [URL]

    init(in folders: [String]) {
        files = folders.flatMap { folder -> [URL] in
            let all = FileManager.default.enumerator(
                at: URL(filePath: folder), includingPropertiesForKeys: [.isRegularFileKey])
            return (all?.allObjects as? [URL] ?? []).filter {
                (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false
            }
        }
    }

    /// The files in whose name or content `word` stands: as it is, in small letters, or in the digits in which a dump has bytes.
    func holding(_ word: String) -> [String] {
        let digits = word.utf8.hexadecimal
        let forms = [word, word.lowercased(), digits].map { Array($0.utf8) }
        return files.filter { file in
            if file.path.contains(word) { return true }
            // One that is gone meanwhile holds nothing.
            guard let held = try? Data(contentsOf: file, options: .alwaysMapped) else { return false }
            return forms.contains { held.range(of: Data($0)) != nil }
        }.map(\.path)
    }
}

extension Database {
    /// Where a PostgreSQL server keeps this database and its log, written to the disk just now.
    func rawFolders() async throws -> [String] {
        try await administer("CHECKPOINT")
        return try await read { reader in
            try reader.query(
                """
                SELECT current_setting('data_directory') || '/' || place FROM (
                    SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()
                    UNION SELECT 'pg_wal') AS places (place)
                """
            ) { $0.text(0) }
        }
    }
}
