import Attachments
import ModuleKit
import Storage
import Vault
import WhistleblowingContract
import WhistleblowingCore

/// Files that were taken for a report that is not stored yet, and what they are sealed by: the key of the case to be.
struct NewFiles: Sendable {
    let key: CaseKey
    let sealed: [SealedFile]
}

/// The files of cases: how many more there may be, and what is kept of them.
extension Whistleblows {
    /// What the files of a form on the case go to.
    func door(to stored: StoredWhistleblow) async throws -> FileIntake.Door {
        let files = try await entries(of: stored).flatMap(\.files)
        return FileIntake.Door(
            key: stored.key, room: attachments.limits.files - files.count,
            bytes: Attachments.Limits.total - files.reduce(0) { $0 + $1.size })
    }

    /// What a case remembers of files. Makes the previews, before the transaction that others wait for.
    func attached(_ files: NewFiles) async throws -> [AttachedFile] {
        var attached: [AttachedFile] = []
        for file in files.sealed {
            let preview = try await attachments.preview(of: file, by: files.key)
            attached.append(
                AttachedFile(id: file.id, name: file.name, size: file.size, type: file.type, preview: preview?.id))
        }
        return attached
    }

    /// Keeps the files of a case's new entries for as long as its key.
    ///
    /// - Throws: `FilesGone`.
    func attach(_ entries: [Entry], in tx: Transaction) throws {
        for id in entries.flatMap(\.files).flatMap({ [$0.id, $0.preview].compactMap(\.self) }) {
            do { try vault.files.attach(id, in: tx) } catch is VaultError { throw FilesGone() }
        }
    }

    /// Seals and stores what another module has handed over, and found out about before.
    func store(_ handedOver: some Sequence<(HandedOver.File, [UInt8])>, by key: CaseKey) async throws -> [AttachedFile]
    {
        var stored: [SealedFile] = []
        for (file, bytes) in handedOver {
            let type = FileKind(mediaType: file.type)?.mediaType ?? "application/octet-stream"
            let (pieces, piece) = AsyncStream<[UInt8]>.makeStream()
            piece.yield(bytes)
            piece.finish()
            stored.append(
                try await vault.files.store(name: file.name, type: type, limit: bytes.count, by: key, pieces))
        }
        return try await attached(NewFiles(key: key, sealed: stored))
    }

    /// A file of the case, or its preview; `isShown` says of which steps. Nil when there is none.
    func file(
        _ id: String, preview: Bool = false, of stored: StoredWhistleblow, _ isShown: (Entry) -> Bool
    ) async throws -> (SealedFile, FileContent)? {
        let known = try await entries(of: stored).filter(isShown).flatMap(\.files).first { $0.id == id }
        guard let id = preview ? known?.preview : known?.id,
            let file = try await database.read({ try vault.files.file(id, by: stored.key, in: $0) })
        else { return nil }
        return (file, vault.files.content(of: file, by: stored.key))
    }

    // MARK: Files of a report that is not sent yet

    /// What the files of a form are sealed by until it is sent: the form itself carries the key's name and the proof that it is its
    /// own, so that nothing of a draft is stored beside its files, which go in a day or two.
    enum DraftKey: Sendable {
        case fresh(CaseKey)
        case known(CaseKey)
        /// The form has been sent with it.
        case sent
    }

    func draftKey(named name: String, seed: String) async throws -> DraftKey {
        let parts = name.split(separator: ".").map(String.init)
        let lookup = try await lookup()
        guard parts.count == 2, let id = CaseKey.ID(hex: parts[0]), !seed.isEmpty,
            parts[1] == Self.proof(id, seed, lookup)
        else { return .fresh(try await vault.newKey()) }
        if try await database.read({ try WhistleblowStore.isUsed(id, in: $0) }) { return .sent }
        guard let key = try await vault.key(id) else { return .fresh(try await vault.newKey()) }
        return .known(key)
    }

    /// What the form carries.
    func name(ofDraft key: CaseKey, seed: String) async throws -> String {
        "\(key.id).\(Self.proof(key.id, seed, try await lookup()))"
    }

    private static func proof(_ id: CaseKey.ID, _ seed: String, _ lookup: LookupKey) -> String {
        lookup.token("\(id) \(seed)", for: "draft")
    }
}

extension CaseKey.ID {
    /// Reads what `description` writes.
    fileprivate init?(hex: String) {
        let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == hex.utf8.count, digits.count == 32 else { return nil }
        self.init(stride(from: 0, to: 32, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }
}

/// A file has been stored with a case already, or was taken too long ago.
struct FilesGone: Error {}
