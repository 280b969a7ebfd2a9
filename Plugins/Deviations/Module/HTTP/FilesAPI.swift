import Attachments
import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault

/// `/api/v1/deviations/{id}/files`: a body is one file as it is, named by `Content-Disposition`.
struct FilesAPI: Sendable {
    let host: HostServices
    let acts: DeviationActs
    let files: CaseFiles
    let pages: FilePages

    func mount(on api: RouterGroup<AppContext>) {
        api.post("deviations/:id/files") { request, context in try await add(request, context) }
        for place in ["deviations/:id", "deviations/:id/reports/:report"] {
            api.get("\(place)/files") { _, context in
                let items = try await pages.seen(context).map { seen -> JSON in
                    seen.file.json(author: seen.showsAuthor ? seen.file.author : "staff")
                }
                return Response.json(#"{"items":\#(items)}"#)
            }
            api.get("\(place)/files/:file") { _, context in
                try await pages.download(context)
            }
        }
    }

    private func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let id = try context.parameters.require("id")
        let isPrivate = try isPrivate(request, visit)
        let right = isPrivate ? DeviationsRights.write : DeviationsRights.addFiles
        guard let door = try await files.intake(id, by: viewer, visit, right).opened() else {
            throw try await acts.refusal(id, viewer, visit)
        }
        let file = try await context.file(request, takenBy: files.attachments, door)
        // The hash stands for the body, which may be large.
        let idempotency = try Idempotency(request, body: file.sha256, visit: visit, viewer: viewer)
        let prepared = try await files.prepared([file], by: door.key)
        let answer = try await host.database.write { tx in
            try idempotency.once(in: tx) {
                try store(prepared, to: id, door.key, isPrivate, viewer, visit, in: tx)
                return WriteAnswer(
                    status: .created, body: #"{"id":\#(file.id),"type":\#(file.type),"size":\#(file.size)}"#,
                    location: "/api/v1/deviations/\(id)/files/\(file.id)")
            }
        }
        return answer.response
    }

    /// - Throws: `Problem` 400 for anything but true and false: what was meant to be private must not be shown.
    private func isPrivate(_ request: Request, _ visit: Visit) throws -> Bool {
        let asked = request.uri.queryParameters["private"] ?? "false"
        guard let isPrivate = Bool(String(asked)) else {
            throw ModuleKit.Problem.malformed(
                visit.language, [FieldError("private", ErrorTexts[visit.language].unknown)])
        }
        return isPrivate
    }

    private func store(
        _ prepared: [PreparedFile], to id: String, _ key: CaseKey, _ isPrivate: Bool, _ viewer: Viewer, _ visit: Visit,
        in tx: Transaction
    ) throws {
        do {
            _ = try acts.addFiles(prepared, files, to: id, key, by: viewer, visit, isPrivate: isPrivate, in: tx)
        } catch let error as CaseFileError {
            throw ModuleKit.Problem.invalid(visit.language, [error.fieldError(visit.language, files.limits)])
        } catch let error as DeviationError {
            throw ModuleKit.Problem.rule(error, visit.language)
        }
    }
}

extension DeviationActs {
    /// Why somebody may not add to a case: 403 when they may see it, else 404.
    fileprivate func refusal(_ id: String, _ viewer: Viewer, _ visit: Visit) async throws -> ModuleKit.Problem {
        let key = try await cases.key(of: id)
        let stored = try await database.read { try DeviationStore.load(id, key: key, in: $0) }
        let isSeen =
            stored.map { visit.access.may(viewer, DeviationsRights.read, on: $0.deviation.accessObject) } ?? false
        return isSeen ? .forbidden(visit.language) : .notFound(visit.language)
    }
}

extension CaseFile {
    func json(author: String) -> JSON {
        #"""
        {"id":\#(file.id),"name":\#(file.name),"type":\#(file.type),"size":\#(file.size),"sha256":\#(file.sha256.hexadecimal),"by":\#(author),\#
        "at":\#(at),"private":\#(isPrivate),"preview":\#(preview != nil)}
        """#
    }
}
