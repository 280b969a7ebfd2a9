import Attachments
import DeviationsCore
import ModuleKit
import Storage
import Vault

/// The files of a case, as they are given to somebody whom they concern: what was sent holds who made it, where and with what, so that only
/// where there is no other form.
extension DisclosedCases {
    /// A longer text is a file to be read on paper.
    private static let mostText = 200_000

    func files(of stored: StoredDeviation, _ key: CaseKey) async throws -> [ReadCase.File] {
        try await caseFiles(of: stored, key).map {
            ReadCase.File($0.file, at: $0.at, isCleanable: Self.isText($0.file) || $0.preview != nil)
        }
    }

    private func caseFiles(of stored: StoredDeviation, _ key: CaseKey) async throws -> [CaseFile] {
        try await database.read {
            try DeviationStore.files(ofCase: stored.key, by: key, forReporter: false, sealedFiles.vault, in: $0)
        }
    }

    private static func isText(_ file: SealedFile) -> Bool {
        file.type == FileKind.text.mediaType && file.size <= mostText
    }

    func cleaned(_ file: String, of id: String) async throws -> CleanFile? {
        guard let key = try await stayingKey(of: id), let main = try await cases.load(id, by: key) else { return nil }
        for part in [(stored: main, key: key)] + (try await reports(mergedInto: main)) {
            let found = try await caseFiles(of: part.stored, part.key).first { $0.file.id == file }
            if let found { return try await cleaned(found, part.key) }
        }
        return nil
    }

    private func cleaned(_ file: CaseFile, _ key: CaseKey) async throws -> CleanFile? {
        let files = sealedFiles.vault
        if Self.isText(file.file) {
            let bytes = try await files.content(of: file.file, by: key).reduce(into: []) { $0 += $1 }
            // In an older set of letters a name must be found, too.
            return .text(String(validating: bytes, as: UTF8.self) ?? String(bytes.map { Character(UnicodeScalar($0)) }))
        }
        guard let id = file.preview else { return .whole(file.file, files.content(of: file.file, by: key)) }
        guard let picture = try await database.read({ try files.file(id, by: key, in: $0) }) else { return nil }
        return .picture(picture, files.content(of: picture, by: key))
    }
}
