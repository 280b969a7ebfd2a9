import EventKit
import Gzip
import ModuleKit
import Vault

/// A person's data as one ZIP file: a page to read, JSON for programs, and the files as they were sent.
struct OwnDataArchive: Sendable {
    let data: OwnData
    let language: Language
    let today: CivilDate

    /// Gives the archive part by part to `write`: no file is ever held whole.
    func write(_ write: ([UInt8]) async throws -> Void) async throws {
        var zip = ZipFile(on: today)
        let names = Self.names(of: data.files)
        let view = OwnDataView(language: language, today: today, names: names)
        let own = [
            ("data.json", OwnDataJSON(names: names).document(data).bytes), ("data.html", view.document(data).bytes),
        ]
        for (name, bytes) in own {
            var crc = CRC32()
            crc.add(bytes)
            try await write(zip.head(of: name, size: bytes.count, crc: crc.value) + bytes)
        }
        var done: Set<String> = []
        for file in data.files where done.insert(file.file.id).inserted && zip.fits(file.file.size) {
            // Read twice: the checksum stands before the bytes.
            var crc = CRC32()
            for try await part in file.content { crc.add(part) }
            try await write(zip.head(of: names[file.file.id] ?? file.file.id, size: file.file.size, crc: crc.value))
            for try await part in file.content { try await write(part) }
        }
        try await write(zip.end)
    }

    /// What each file is called in the archive: numbered, as people give many files the same name.
    private static func names(of files: [PersonalFile]) -> [String: String] {
        var names: [String: String] = [:]
        for file in files where names[file.file.id] == nil {
            let safe = file.file.name.map { $0.isLetter || $0.isNumber || "._- ".contains($0) ? $0 : "_" }
            names[file.file.id] = "files/\(names.count + 1)-\(String(safe.suffix(120)))"
        }
        return names
    }
}
