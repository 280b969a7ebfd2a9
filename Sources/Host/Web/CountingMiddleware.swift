import HTTPTypes
import Hummingbird
import Metrics
import ModuleKit

/// Counts and times requests, but not those to discreet modules (figures that are read every few seconds tell when somebody wrote) nor HEAD.
///
/// Under the names of Hummingbird's own middleware. That one looks for where to count when an answer has been written, and by then nobody
/// knows any more which of several institutions was asked.
struct CountingMiddleware: RouterMiddleware {
    private let uncounted: Set<Substring>

    init(except modules: [String]) { uncounted = Set(modules.map { $0[...] }) }

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        // A request is in hand until its body is written; an answer to HEAD has none.
        if request.method == .head { return try await next(request, context) }
        let parts = request.uri.path.split(separator: "/", maxSplits: 4)
        let module = request.isForAPI ? parts.dropFirst(2).first : parts.first
        if let module, uncounted.contains(module) { return try await next(request, context) }
        let count = RequestCount(method: request.method, factory: MetricsSystem.factory)
        do {
            var answer = try await next(request, context)
            let (body, status) = (answer.body, answer.status)
            answer.body = ResponseBody(contentLength: body.contentLength) { writer in
                defer { count.answered(at: context.endpointPath, status) }
                try await body.write(writer)
            }
            return answer
        } catch {
            count.failed(at: context.endpointPath, (error as? any HTTPResponseError)?.status ?? .internalServerError)
            throw error
        }
    }
}

/// One request's part in the figures.
private struct RequestCount {
    private let method: (String, String)
    private let factory: any MetricsFactory
    private let inHand: Meter
    private let start = ContinuousClock.now

    init(method: HTTPRequest.Method, factory: any MetricsFactory) {
        self.method = ("http.request.method", method.rawValue)
        self.factory = factory
        inHand = Meter(label: "http.server.active_requests", dimensions: [self.method], factory: factory)
        inHand.increment()
    }

    func answered(at route: String?, _ status: HTTPResponse.Status) {
        let about = [("http.route", route ?? "Unknown"), method, ("http.response.status_code", "\(status.code)")]
        Counter(label: "hb.requests", dimensions: about, factory: factory).increment()
        Timer(label: "http.server.request.duration", dimensions: about, factory: factory)
            .record(duration: .now - start)
        inHand.decrement()
    }

    func failed(at route: String?, _ status: HTTPResponse.Status) {
        let route = ("http.route", route ?? "NotFound")
        let answered = [route, method, ("http.response.status_code", "\(status.code)")]
        Counter(label: "hb.requests", dimensions: answered, factory: factory).increment()
        let failed = [route, method, ("error.type", "\(status.code)")]
        Counter(label: "hb.request.errors", dimensions: failed, factory: factory).increment()
        inHand.decrement()
    }
}
