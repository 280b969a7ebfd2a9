import EventKit
import HTTPTypes
import Hummingbird
import Logging
import Metrics
import ModuleKit
import NIOCore
import Storage

/// Turns every error into an answer: RFC 9457 under `/api`, a page elsewhere.
///
/// Stands both inside `VisitMiddleware`, where the page can be the reader's own, and outside, for when who asks cannot
/// be found out.
struct ProblemMiddleware: RouterMiddleware {
    let site: Site
    let directory: Directory
    let clock: Clock
    /// Where the quick exit leads, from the answer to what was told in confidence.
    let exit: String

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var (request, context) = (request, context)
        var body: ByteBuffer?
        do {
            body = try await KeptForm.body(of: &request)
            if let body,
                let chosen = language(chosenIn: FormData(urlEncoded: body.readableBytesView, language: .nb), request)
            {
                context.found?.language = chosen
            }
            return try await next(request, context)
        } catch is NIOTooManyBytesError where body == nil {
            let visit = context.found ?? visit(request)
            return page(.tooLarge(visit.language, limit: context.maxUploadSize), request, visit, nil)
        } catch {
            if let refusal = error as? ScimError { return refusal.response }
            var visit = context.found ?? visit(request)
            let problem = problem(for: error, visit.language, logger: context.logger)
            if request.isForSCIM { return ScimError(problem).response }
            if request.isForAPI { return problem.json(instance: request.uri.path) }
            if let body { return page(problem, request, visit, KeptForm(body, of: request, visit.language)) }
            let fields = await KeptForm.fields(of: request, context, visit.language)
            if let chosen = language(chosenIn: fields, request) { visit.language = chosen }
            return page(problem, request, visit, fields.flatMap { KeptForm($0, of: request) })
        }
    }

    /// The visit as far as it is known without the middleware inside this one.
    private func visit(_ request: Request) -> Visit {
        Visit(
            viewer: nil, language: site.language(of: request), now: clock.now,
            access: site.access(directory.chart), formToken: nil, shell: site.shell(menu: []))
    }

    /// The choice made in a form at which one tells something in confidence: it is kept nowhere else.
    private func language(chosenIn form: FormData?, _ request: Request) -> Language? {
        guard site.discreetPaths.contains(request.plainPath) else { return nil }
        return form?.all("language").last.flatMap { Language(rawValue: $0) }
    }

    private func problem(for error: any Error, _ language: Language, logger: Logger) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let error as StorageError where [.busy, .unavailable, .full].contains(error.kind):
            logger.warning("storage not available", metadata: ["kind": "\(error.kind)"])
            return .unavailable(language)
        case let error as StorageError where error.kind == .check:
            // A value no column can hold, such as one with the character NUL.
            logger.warning("a value was refused by the database")
            return .malformed(language)
        case let error as any HTTPResponseError where error.status.kind == .clientError:
            return error.status == .notFound ? .notFound(language) : .malformed(language)
        default:
            Counter(label: "trivsel_http_faults_total").increment()
            logger.error("a request failed", metadata: ["error": "\(type(of: error))"])
            return .fault(language)
        }
    }

    private func page(_ problem: Problem, _ request: Request, _ visit: Visit, _ kept: KeptForm?) -> Response {
        if problem.status == .unauthorized, request.method == .get {
            // With its query: a deep link's presets outlast the sign-in.
            return .seeOther("/sign-in?back=\(SignInPages.encoded(request.uri.string))")
        }
        let text = HostTexts[visit.language]
        let list = problem.errors.map { "<li>\($0.message)</li>" as HTML }
        let (title, told) = told(problem, kept, visit)
        let content: HTML = """
            <main class="page stack" id="main"><h1>\(title)</h1>\
            \(told)\(if: !list.isEmpty, "<ul>\(list)</ul>")\(kept?.html(visit))\
            \(if: kept == nil, "<p><a class=\"button quiet\" href=\"/\">\(text.toFrontPage)</a></p>")</main>
            """
        let exit = site.discreetPaths.contains(request.plainPath) ? exit : nil
        var answer = Page(title, exit: exit, status: problem.status, content: content).response(visit)
        for field in problem.headers where field.name != .wwwAuthenticate { answer.headers.append(field) }
        return answer
    }

    /// The title, and what has happened and what to do now.
    private func told(_ problem: Problem, _ kept: KeptForm?, _ visit: Visit) -> (title: String, text: HTML) {
        let text = KeptFormTexts[visit.language]
        guard kept != nil else { return (problem.title, "<p>\(problem.detail)</p>") }
        guard problem.status == .unauthorized else {
            return (problem.title, "<p>\(problem.detail)</p><p>\(text.kept)</p>")
        }
        let steps: HTML = """
            <p>\(text.sessionEndedDetail)</p><ol class="stack tight"><li><a href="/sign-in?back=/signed-in" \
            target="_blank">\(text.signInFirst)</a> \
            <span class="soft">(\(text.newTab))</span></li><li>\(text.thenSend)</li></ol>
            """
        return (text.sessionEnded, steps)
    }
}
