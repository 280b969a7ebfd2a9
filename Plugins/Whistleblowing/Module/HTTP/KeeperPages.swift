import Attachments
import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault
import WhistleblowingCore

/// The keepers' list, and a case with all that can be done with it. Nobody else learns that there is one.
struct KeeperPages: Sendable {
    static let path = "/whistleblowing/cases"

    let host: HostServices
    let whistleblows: Whistleblows

    func mount(on pages: RouterGroup<AppContext>) {
        pages.get("cases") { request, context in try await list(request, context) }
        pages.get("cases/:id") { request, context in try await one(request, context, sent: nil) }
        pages.get("cases/:id/files/:file") { _, context in
            let (file, content) = try await file(context, preview: false)
            return Response.download(file, content)
        }
        pages.get("cases/:id/files/:file/preview") { _, context in
            let (file, content) = try await file(context, preview: true)
            return Response.preview(file, content)
        }
        for form in KeeperForm.allCases {
            pages.post("cases/:id/\(form.rawValue)") { request, context in try await act(form, request, context) }
        }
    }

    /// - Throws: `Problem` 404 for everybody who is no keeper.
    func keeper(_ context: AppContext) throws -> (Visit, Viewer) {
        let visit = try context.visit
        let viewer = try context.viewer
        guard visit.access.mayAnywhere(viewer, WhistleblowingRights.handle) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        return (visit, viewer)
    }

    private func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try keeper(context)
        let text = KeeperTexts[visit.language]
        let list = try await keeperList(request, visit, viewer, chosen: nil)
        let content: HTML = """
            <div class="split">\(list.html)<main class="case" id="main">\(if: list.done, "<p class=\"told\" role=\"status\">\(text.done)</p>")\
            <div class="empty"><h1>\(text.nothingChosen)</h1><p>\(text.nothingChosenHint)</p></div></main></div>
            """
        return Page(text.pageTitle, density: .desk, section: Self.path, content: content).response(visit)
    }

    private func keeperList(_ request: Request, _ visit: Visit, _ viewer: Viewer, chosen: String?) async throws
        -> KeeperList
    {
        let isConcluded = request.uri.queryParameters["view"] == "concluded"
        let cases = try await cases(isConcluded: isConcluded, visit, viewer)
        return KeeperList(
            cases: cases, deadlines: whistleblows.deadlines, isConcluded: isConcluded, chosen: chosen,
            done: request.uri.queryParameters["done"] != nil, visit: visit)
    }

    /// What the keeper may handle, the oldest first.
    func cases(isConcluded: Bool, _ visit: Visit, _ viewer: Viewer) async throws -> [StoredWhistleblow] {
        try await whistleblows.list(isConcluded ? [.concluded] : [.received, .acknowledged], limit: 200) {
            visit.mayHandle($0, viewer)
        }
    }

    private func one(_ request: Request, _ context: AppContext, sent: (form: KeeperForm, data: FormData)?) async throws
        -> Response
    {
        let (visit, viewer) = try keeper(context)
        let stored = try await looked(context)
        let id = stored.whistleblow.id
        try await whistleblows.seen(stored)
        let entries = try await whistleblows.entries(of: stored)
        let list = try await keeperList(request, visit, viewer, chosen: id)
        let people = try await people(stored.whistleblow, entries, visit)
        let view = KeeperCase(
            stored: stored, entries: entries, people: people, list: list, viewer: viewer,
            limits: host.attachments.limits, sent: sent)
        return view.page.response(visit)
    }

    func file(_ context: AppContext, preview: Bool) async throws -> (SealedFile, FileContent) {
        let stored = try await looked(context)
        guard
            let found = try await whistleblows.file(
                try context.parameters.require("file"), preview: preview, of: stored, { _ in true })
        else { throw ModuleKit.Problem.notFound(try context.visit.language) }
        return found
    }

    /// The case that the address names.
    ///
    /// - Throws: `Problem` 404 for everybody who is not its keeper.
    func one(_ context: AppContext) async throws -> StoredWhistleblow {
        let (visit, viewer) = try keeper(context)
        guard let stored = try await whistleblows.find(id: try context.parameters.require("id")),
            visit.mayHandle(stored.whistleblow, viewer)
        else { throw ModuleKit.Problem.notFound(visit.language) }
        return stored
    }

    /// The same, for somebody who is about to read it: that they do is noted first.
    func looked(_ context: AppContext) async throws -> StoredWhistleblow {
        let stored = try await one(context)
        let (visit, viewer, whistleblow) = (try context.visit, try context.viewer, stored.whistleblow)
        try await whistleblows.audit.looked(
            .look(
                WhistleblowingRights.handle, at: whistleblow.auditObject, by: viewer, visit,
                keptFrom: whistleblow.content.excluded))
        return stored
    }

    /// Everybody whose name the page may show.
    private func people(_ whistleblow: Whistleblow, _ entries: [Entry], _ visit: Visit) async throws -> [String: Person]
    {
        let keepers = Keepers(chart: visit.access.chart, now: visit.now).possible(for: whistleblow.campus)
        let ids = Set(
            keepers + entries.flatMap { [$0.author, $0.person] }.compactMap(\.self)
                + [whistleblow.content.reporter].compactMap(\.self))
        return try await host.database.read { try Directory.people(ids, in: $0) }
    }

    /// Does what a form asks for; on any error the case is shown again with the form as it was typed.
    private func act(_ form: KeeperForm, _ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try keeper(context)
        let id = try context.parameters.require("id")
        let intake = FileIntake(host.attachments) { _ in
            form.takesFiles ? try await whistleblows.door(to: try await one(context)) : nil
        }
        var data = try await context.form(request, files: intake)
        if data.errors.isEmpty {
            do {
                try await perform(form, data, on: id, viewer, visit)
                let stays = try await whistleblows.find(id: id).map { visit.mayHandle($0.whistleblow, viewer) } ?? false
                return .seeOther(
                    "\(Self.path)\(stays ? "/\(id)" : "")?\(request.uri.queryParameters["view"] == "concluded" ? "view=concluded&" : "")done=1"
                )
            } catch let error as WhistleblowingError {
                data.errors = ErrorTexts[visit.language].fieldErrors(error, visit.language)
            } catch is ChangedMeanwhile {
                data.errors = [FieldError("", ModuleKit.Problem.stale(visit.language).detail)]
            } catch is FilesGone {
                data = data.withoutFiles(visit.language)
            }
        }
        return try await one(request, context, sent: (form, data))
    }

    /// Does what a form describes to a case as it is then.
    ///
    /// - Throws: `Problem` 404, `WhistleblowingError`, `ChangedMeanwhile`, `FilesGone`.
    func perform(
        _ form: KeeperForm, _ data: FormData, on id: String, _ viewer: Viewer, _ visit: Visit
    ) async throws {
        let missing = ModuleKit.Problem.notFound(visit.language)
        guard let stored = try await whistleblows.find(id: id), visit.mayHandle(stored.whistleblow, viewer) else {
            throw missing
        }
        let keepers = Keepers(chart: visit.access.chart, now: visit.now)
        let deadlines = whistleblows.deadlines
        let attached = try await whistleblows.attached(NewFiles(key: stored.key, sealed: data.files))
        do {
            try await whistleblows.perform(
                stored, by: viewer.person.id, on: Oslo.date(at: visit.now), ifVersion: Int(data["version"]) ?? 0,
                note: {
                    .decision(
                        "whistleblowing.\(form.rawValue)", on: $0.auditObject, by: viewer, visit,
                        keptFrom: $0.content.excluded)
                },
                isAllowed: { visit.mayHandle($0, viewer) },
                { try form.act(data, on: $0, keepers, deadlines, files: attached) })
        } catch is NoSuchCase { throw missing }
    }
}
