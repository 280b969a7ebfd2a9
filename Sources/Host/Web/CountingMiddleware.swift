import Hummingbird
import ModuleKit

/// Counts and times requests, but not those to discreet modules (figures that are read every few seconds tell when somebody wrote) nor HEAD.
struct CountingMiddleware: RouterMiddleware {
    private let counting = MetricsMiddleware<AppContext>()
    private let uncounted: Set<Substring>

    init(except modules: [String]) { uncounted = Set(modules.map { $0[...] }) }

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        // The library counts a request as in hand until its body is written; an answer to HEAD has none.
        if request.method == .head { return try await next(request, context) }
        let parts = request.uri.path.split(separator: "/", maxSplits: 4)
        let module = request.isForAPI ? parts.dropFirst(2).first : parts.first
        if let module, uncounted.contains(module) { return try await next(request, context) }
        return try await counting.handle(request, context: context, next: next)
    }
}
