import CalendarKit
import EventKit
import Hummingbird
import ModuleKit
import NIOCore
import Storage

/// `/me/data`: what is held about who is signed in, and the copy they take along; the same under `/api/v1`. Each copy is logged.
struct OwnDataPages: Sendable {
    static let path = "/me/data"

    let database: Database
    let data: HostData
    let site: Site
    let requests: PrivacyRequests

    static func menu(_ visit: Visit) -> [MenuItem] {
        visit.viewer == nil ? [] : [MenuItem(OwnDataTexts[visit.language].title, path)]
    }

    func mount(on router: Router<AppContext>, api: RouterGroup<AppContext>) {
        router.get("/me/data") { request, context in
            try await page(FormData(), context, told: request.uri.queryParameters["asked"] != nil)
        }
        let own = OwnRequestPages(requests: requests) { try await page($0, $1, told: false) }
        own.mount(on: router)
        own.mount(onAPI: api)
        router.post("/me/data/export") { request, context in
            let visit = try context.visit
            _ = try context.viewer
            let form = try await context.form(request)
            guard form.errors.isEmpty else { throw Problem.malformed(visit.language, form.errors) }
            return try await archive(context)
        }
        api.get("me/data") { _, context in
            let data = try await read(context)
            try await log(context)
            return Response.json(OwnDataJSON().document(data))
        }
        api.get("me/data/export") { _, context in try await archive(context) }
    }

    private func read(_ context: AppContext) async throws -> OwnData {
        let viewer = try context.viewer
        let asked = try await requests.own(viewer.person.id)
        return try await OwnData.read(of: viewer, for: try context.visit, data, asked, site)
    }

    private func log(_ context: AppContext) async throws {
        let (person, now) = (try context.viewer.person.id, try context.visit.now)
        try await database.write {
            try PrivacyStore.log(.exported, by: person, concerning: person, at: now, in: $0)
        }
    }

    private func page(_ form: FormData, _ context: AppContext, told: Bool) async throws -> Response {
        let data = try await read(context)
        let asked = try await requests.own(data.person)
        let visit = try context.visit
        let text = OwnDataTexts[visit.language]
        let view = OwnDataView(language: visit.language, today: Oslo.date(at: visit.now))
        let content: HTML = """
            <main class="page stack loose" id="main">\(FormView(form, visit: visit).summary)<div class="stack"><h1>\(text.title)</h1><p class="soft lead">\(text.lead)</p>\
            <form method="post" action="\(Self.path)/export" class="note stack tight"><p>\(text.takeText)</p>\
            \(FormView(FormData(), visit: visit).token)<button class="button">\(text.take)</button></form></div>\
            \(PrivacyRequestView(visit: visit, requests: requests).own(asked, form, told: told))\(view.sections(data.sections))<section class="stack"><h2>\(text.elsewhereTitle)</h2><p>\(text.elsewhere)</p>\
            <p><a href="\(SessionPages.path)">\(SessionTexts[visit.language].title)</a></p>\
            <p><a href="\(TokenPages.path)">\(TokenTexts[visit.language].title)</a></p></section></main>
            """
        return Page(
            text.title, section: Self.path, status: form.errors.isEmpty ? .ok : .unprocessableContent, content: content
        ).response(visit)
    }

    /// Everything as one file: a page to read, JSON for programs, and the files as they were sent.
    private func archive(_ context: AppContext) async throws -> Response {
        let data = try await read(context)
        try await log(context)
        let visit = try context.visit
        let today = Oslo.date(at: visit.now)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/zip", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"trivsel-\(today).zip\"",
            ],
            body: ResponseBody { writer in
                let archive = OwnDataArchive(data: data, language: visit.language, today: today)
                try await archive.write { try await writer.write(ByteBuffer(bytes: $0)) }
                try await writer.finish(nil)
            })
    }
}
