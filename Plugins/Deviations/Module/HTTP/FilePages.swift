import Attachments
import DeviationsCore
import Hummingbird
import ModuleKit
import Storage
import Vault

/// The files of a case: to be saved, and pictures to be looked at as previews.
struct FilePages: Sendable {
    let host: HostServices
    let acts: DeviationActs
    let files: CaseFiles

    func mount(on pages: RouterGroup<AppContext>) {
        pages.get(":id/files/:file") { _, context in
            let (file, key) = try await found(context)
            return Response.download(file.file, files.vault.content(of: file.file, by: key))
        }
        pages.get(":id/files/:file/preview") { _, context in
            let visit = try context.visit
            let (file, key) = try await found(context)
            guard let id = file.preview,
                let preview = try await host.database.read({ try files.vault.file(id, by: key, in: $0) })
            else { throw ModuleKit.Problem.notFound(visit.language) }
            return Response.preview(preview, files.vault.content(of: preview, by: key))
        }
    }

    /// The file that the address names, if the viewer may see it.
    func found(_ context: AppContext) async throws -> (file: CaseFile, key: CaseKey) {
        let visit = try context.visit
        let viewer = try context.viewer
        let (id, name) = (try context.parameters.require("id"), try context.parameters.require("file"))
        let key = try await acts.cases.key(of: id)
        let file = try await host.database.read { reader -> CaseFile? in
            guard let key, let stored = try DeviationStore.load(id, key: key, in: reader),
                visit.access.may(viewer, DeviationsRights.read, on: stored.deviation.accessObject)
            else { return nil }
            let isPrivate = visit.access.may(viewer, DeviationsRights.desk, on: stored.deviation.accessObject)
            return try DeviationStore.file(
                name, ofCase: stored.key, by: key, forReporter: !isPrivate, files.vault, in: reader)
        }
        guard let key, let file else { throw ModuleKit.Problem.notFound(visit.language) }
        return (file, key)
    }
}

extension DeviationActs {
    /// Adds files without words.
    ///
    /// - Throws: `Problem` 404 or 403, ``CaseFileError``, `DeviationError` when the case has ended.
    func addFiles(
        _ prepared: [PreparedFile], _ files: CaseFiles, to id: String, _ key: CaseKey?, by viewer: Viewer,
        _ visit: Visit,
        isPrivate: Bool = false, in tx: Transaction
    ) throws -> StoredDeviation {
        let right = isPrivate ? DeviationsRights.write : DeviationsRights.addFiles
        let changed = try perform(on: id, key, by: viewer, visit, right, ifVersion: nil, in: tx) { _, _ in
            AddFiles(isPrivate: isPrivate)
        }
        try files.add(prepared, to: changed, by: viewer.person.id, at: visit.now, isPrivate: isPrivate, in: tx)
        return changed
    }
}

extension CaseFileError {
    func fieldError(_ language: Language, _ limits: Attachments.Limits) -> FieldError {
        let text = FileTexts[language]
        return switch self {
        case .tooMany: FieldError("files", text.tooMany(limits.files))
        case .gone: FieldError("files", text.gone)
        case .none: FieldError("files", text.nothing)
        }
    }
}
