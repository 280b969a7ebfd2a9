import Attachments
import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Vault

/// The files of cases: where those of a form go, and what becomes of them.
struct CaseFiles: Sendable {
    let database: Database
    let cases: CaseVault
    let attachments: Attachments

    init(_ host: HostServices, _ cases: CaseVault) {
        (database, self.cases, attachments) = (host.database, cases, host.attachments)
    }

    var limits: Attachments.Limits { attachments.limits }
    var vault: SealedFiles { cases.vault.files }

    /// Takes the files of a form on the case `id`, from somebody with this right.
    func intake(_ id: String, by viewer: Viewer, _ visit: Visit, _ right: Right) -> FileIntake {
        FileIntake(attachments) { _ in
            guard let key = try await cases.key(of: id) else { return nil }
            return try await database.read { reader -> FileIntake.Door? in
                guard let stored = try DeviationStore.load(id, key: key, in: reader),
                    visit.access.may(viewer, right, on: stored.deviation.accessObject)
                else { return nil }
                let files = try DeviationStore.files(
                    ofCase: stored.key, by: key, forReporter: false, hidden: true, vault, in: reader)
                return FileIntake.Door(
                    key: key, room: limits.files - files.count,
                    bytes: Attachments.Limits.total - files.reduce(0) { $0 + $1.file.size })
            }
        }
    }

    /// Takes the files of a report that is not sent yet.
    func intake(ofReportBy viewer: Viewer, _ visit: Visit) -> FileIntake {
        FileIntake(attachments) { form in
            let key = try await draftKey(form["case"], of: viewer.person.id, at: visit.now)
            return key.map { FileIntake.Door(key: $0, room: limits.files) }
        }
    }

    /// What seals the report `id` and its files; nil when it is somebody else's, or has been sent.
    func draftKey(_ id: String, of reporter: String, at now: Timestamp) async throws -> CaseKey? {
        guard Identifier.isWellFormed(id) else { return nil }
        let fresh = try await cases.vault.newKey()
        let known = try await database.write {
            try DeviationStore.draftKey(id, of: reporter, or: fresh.id, at: now, in: $0)
        }
        guard let known else { return nil }
        return known == fresh.id ? fresh : try await cases.vault.key(known)
    }

    /// Forgets a report that is not to be sent, with its files.
    func drop(draft id: String, of reporter: String) async throws {
        try await database.write { try DeviationStore.drop(draft: id, of: reporter, cases.vault, in: $0) }
    }

    /// Makes the previews, before the transaction that others wait for.
    func prepared(_ files: [SealedFile], by key: CaseKey?) async throws -> [PreparedFile] {
        guard let key else { return [] }
        var prepared: [PreparedFile] = []
        for file in files {
            prepared.append(PreparedFile(file: file, preview: try await attachments.preview(of: file, by: key)))
        }
        return prepared
    }

    /// Stores prepared files with a case.
    ///
    /// - Throws: ``CaseFileError``.
    func add(
        _ files: [PreparedFile], to stored: StoredDeviation, by person: String, at now: Timestamp, isPrivate: Bool,
        in tx: Transaction
    ) throws {
        try DeviationStore.add(
            files, toCase: stored.key, by: person, at: now, isPrivate: isPrivate, atMost: limits.files, vault, in: tx)
    }

    /// A file that somebody may see, and what it is sealed by.
    struct Seen: Sendable {
        let file: CaseFile
        let key: CaseKey
        /// Whether the viewer sees who sent it.
        let showsAuthor: Bool
    }

    /// The files that the viewer may see of the case `id`, or of `report`, which is part of it; nil when there is no such case for them.
    ///
    /// - Parameter hidden: whether those that a mask hides are among them, to be compared with and not to be shown.
    func seen(of id: String, report: String? = nil, hidden: Bool = false, by viewer: Viewer, _ visit: Visit)
        async throws -> (files: [Seen], of: Deviation)?
    {
        guard let key = try await cases.key(of: id) else { return nil }
        let (stored, own) = try await database.read { reader -> (StoredDeviation?, [Seen]) in
            guard let stored = try DeviationStore.load(id, key: key, in: reader),
                visit.access.may(viewer, DeviationsRights.read, on: stored.deviation.accessObject)
            else { return (nil, []) }
            let isDesk = visit.access.may(viewer, DeviationsRights.desk, on: stored.deviation.accessObject)
            if report != nil { return (isDesk ? stored : nil, []) }
            let files = try DeviationStore.files(
                ofCase: stored.key, by: key, forReporter: !isDesk, hidden: hidden, vault, in: reader)
            return (
                stored, files.map { Seen(file: $0, key: key, showsAuthor: isDesk || $0.author == viewer.person.id) }
            )
        }
        guard let stored else { return nil }
        if let report { return try await files(ofReport: report, in: stored) }
        let shared = try await shared(with: stored).map { Seen(file: $0.file, key: $0.key, showsAuthor: false) }
        return (own + shared, stored.deviation)
    }

    private func files(ofReport id: String, in main: StoredDeviation) async throws -> (files: [Seen], of: Deviation)? {
        guard let key = try await cases.key(of: id) else { return nil }
        return try await database.read { reader in
            guard let report = try DeviationStore.load(id, key: key, in: reader),
                report.deviation.mergedInto == main.deviation.id
            else { return nil }
            let files = try DeviationStore.files(ofCase: report.key, by: key, forReporter: false, vault, in: reader)
            return (files.map { Seen(file: $0, key: key, showsAuthor: true) }, report.deviation)
        }
    }

    /// What was sent to all reporters of the case that this report is part of; nothing when it is part of none.
    func shared(with report: StoredDeviation) async throws -> [(file: CaseFile, key: CaseKey)] {
        guard let main = report.deviation.mergedInto, let key = try await cases.key(of: main) else { return [] }
        return try await database.read {
            try DeviationStore.sharedFiles(ofReport: report.key, by: key, vault, in: $0).map { ($0, key) }
        }
    }

    /// Each file of a case with its content, also one that is hidden, for a hand-over; its previews are left out.
    func contents(of stored: StoredDeviation, by key: CaseKey) async throws -> [(file: CaseFile, content: FileContent)]
    {
        let files = try await database.read {
            try DeviationStore.files(ofCase: stored.key, by: key, forReporter: false, hidden: true, vault, in: $0)
        }
        return files.map { ($0, vault.content(of: $0.file, by: key)) }
    }
}
