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
        for place in [":id", ":id/reports/:report"] {
            pages.get("\(place)/files/:file") { _, context in
                try await download(context)
            }
            pages.get("\(place)/files/:file/preview") { _, context in
                let found = try await found(context).0
                let preview = try await host.database.read { reader in
                    try found.file.preview.flatMap { try files.vault.file($0, by: found.key, in: reader) }
                }
                guard let preview else { throw ModuleKit.Problem.notFound(try context.visit.language) }
                return Response.preview(preview, files.vault.content(of: preview, by: found.key))
            }
        }
    }

    /// The files of the case or report that the address names; that they are looked at is noted.
    ///
    /// - Throws: `Problem` 404 when there is none for the viewer.
    func seen(_ context: AppContext) async throws -> [CaseFiles.Seen] {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let seen = try await files.seen(
            of: try context.parameters.require("id"), report: context.parameters.get("report"), by: viewer, visit)
        guard let seen else { throw ModuleKit.Problem.notFound(visit.language) }
        try await acts.cases.looked(at: seen.of, by: viewer, visit)
        return seen.files
    }

    /// The file that the address names, to be saved.
    func download(_ context: AppContext) async throws -> Response {
        let (found, place) = try await found(context)
        let file = found.file.file
        return .download(
            file, files.vault.content(of: file, by: found.key), as: found.file.savedName(place: place))
    }

    /// The file that the address names, if the viewer may see it, and its place among those they see, from 1.
    private func found(_ context: AppContext) async throws -> (CaseFiles.Seen, place: Int) {
        let name = try context.parameters.require("file")
        let seen = try await seen(context)
        guard let index = seen.firstIndex(where: { $0.file.file.id == name }) else {
            throw ModuleKit.Problem.notFound(try context.visit.language)
        }
        return (seen[index], index + 1)
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
