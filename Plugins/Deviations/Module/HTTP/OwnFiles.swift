import Attachments
import DeviationsCore
import ModuleKit
import Storage
import Vault

/// The files of a reporter's own case: the list, and the form for more, which goes where all that a reporter does goes.
struct OwnFiles: Sendable {
    /// Its name in the form.
    static let act = "add-files"

    let acts: DeviationActs
    let files: CaseFiles

    var limits: Attachments.Limits { files.limits }
    var vault: SealedFiles { files.vault }

    func intake(_ id: String, _ viewer: Viewer, _ visit: Visit) -> FileIntake {
        files.intake(id, by: viewer, visit, DeviationsRights.addFiles)
    }

    /// A file that is there already, as when nobody knew whether it had come through, is not added again.
    ///
    /// - Throws: `Problem` 404, ``CaseFileError``, `DeviationError` when the case has ended.
    func add(_ form: FormData, to id: String, by viewer: Viewer, _ visit: Visit) async throws {
        if form.files.isEmpty { throw CaseFileError.none }
        let known = try await files.seen(of: id, hidden: true, by: viewer, visit)?.files ?? []
        let new = form.files.filter { file in
            !known.contains {
                $0.file.file.sha256 == file.sha256
                    && ($0.file.file.name == file.name || $0.file.isMasked || $0.file.isHidden)
            }
        }
        if new.isEmpty { return }
        let key = try await acts.cases.key(of: id)
        let prepared = try await files.prepared(new, by: key)
        _ = try await acts.database.write { tx in
            try acts.addFiles(prepared, files, to: id, key, by: viewer, visit, in: tx)
        }
    }

    /// What was sent to all reporters of the case that this report is part of.
    func shared(with report: StoredDeviation) async throws -> [(file: CaseFile, key: CaseKey)] {
        try await files.shared(with: report)
    }

    func section(
        _ sent: [CaseFile], _ deviation: Deviation, _ form: FormData, _ parts: CaseParts, _ viewer: Viewer
    ) -> HTML {
        let list = parts.files(sent, of: deviation.id) { $0 == viewer.person.id ? parts.text.me : parts.text.staff }
        let isOpen = deviation.status.isOpen
        guard isOpen || !form.files.isEmpty else { return list }
        let view = FormView(form, visit: parts.visit)
        let more: HTML = """
            <form method="post" action="/deviations/mine/\(deviation.id)" enctype="multipart/form-data" class="stack" novalidate>\
            <div hidden>\(view.token)<input type="hidden" name="act" value="\(Self.act)"></div>\(view.files(limits: limits))\
            <button class="button quiet">\(FileTexts[parts.language].send)</button></form>
            """
        return "\(list)\(more)"
    }
}
