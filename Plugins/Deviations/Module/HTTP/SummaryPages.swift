import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// “You said, we did” (D32): for everybody, signed in or not. Those who answer for it change and take away.
struct SummaryPages: Sendable {
    static let path = "/deviations/you-said-we-did"

    let host: HostServices
    let summaries: PublicSummaries

    /// The way to it from other pages.
    static func link(_ language: Language) -> HTML { "<p><a href=\"\(path)\">\(SummaryTexts[language].link)</a></p>" }

    func mount(on routes: ModuleRoutes) {
        let pages = routes.pages
        pages.get("you-said-we-did") { request, context in try await page(request, context, sent: nil) }
        pages.post("you-said-we-did/:summary/text") { request, context in try await change(request, context) }
        pages.post("you-said-we-did/:summary/withdrawal") { request, context in try await withdraw(request, context) }
        routes.api.get("you-said-we-did") { request, context in
            let visit = try context.visit
            let asked = Asked(request)
            let all = try await summaries.read(visit.access.chart, now: visit.now)
            return Response.json(#"{"items":\#(all.filter { $0.isShown && asked.holds($0) }.map(\.json))}"#)
        }
    }

    /// What it is narrowed to; empty for all.
    struct Asked: Sendable {
        let faculty, campus: String

        init(_ request: Request) {
            let query = request.uri.queryParameters
            (faculty, campus) = (query["faculty"].map(String.init) ?? "", query["campus"].map(String.init) ?? "")
        }

        func holds(_ summary: PublicSummary) -> Bool {
            (faculty.isEmpty || summary.faculty == faculty) && (campus.isEmpty || summary.campus == campus)
        }
    }

    private func page(
        _ request: Request, _ context: AppContext, sent: (id: String, form: FormData)?
    ) async throws -> Response {
        let visit = try context.visit
        let mayPublish = visit.viewer.map { visit.access.mayEverywhere($0, DeviationsRights.publish) } ?? false
        let all = try await summaries.read(visit.access.chart, now: visit.now, fresh: mayPublish)
        let view = SummaryView(
            summaries: all.filter { $0.isShown || mayPublish }, asked: Asked(request), visit: visit,
            mayPublish: mayPublish, sent: sent)
        return view.page.response(visit)
    }

    private func change(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try publisher(context)
        let id = try context.parameters.require("summary")
        var form = try await context.form(request)
        if form.errors.isEmpty {
            do {
                let text = try PublishSummary(
                    text: form["summary"], english: form["summaryEnglish"], isAnonymous: form["isAnonymous"] == "yes"
                ).checked()
                let isThere = try await host.database.write {
                    try SummaryStore.change(id, to: text, by: viewer.person.id, at: visit.now, in: $0)
                }
                guard isThere else { throw ModuleKit.Problem.notFound(visit.language) }
                summaries.forget()
                return .seeOther(Self.path)
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            }
        }
        return try await page(request, context, sent: (id, form))
    }

    private func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, _) = try publisher(context)
        let id = try context.parameters.require("summary")
        let form = try await context.form(request)
        guard form.errors.isEmpty else { throw ModuleKit.Problem.invalid(visit.language, form.errors) }
        guard try await host.database.write({ try SummaryStore.withdraw(id, in: $0) }) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        summaries.forget()
        return .seeOther(Self.path)
    }

    private func publisher(_ context: AppContext) throws -> (Visit, Viewer) {
        try context.visitor(with: DeviationsRights.publish)
    }
}

extension PublicSummary {
    /// Without its id, which tells when it was written.
    fileprivate var json: JSON {
        #"""
        {"month":\#(summary.month.description),"faculty":\#(faculty),"campus":\#(campus),\#
        "norwegian":\#(summary.norwegian),"english":\#(summary.english)}
        """#
    }
}
