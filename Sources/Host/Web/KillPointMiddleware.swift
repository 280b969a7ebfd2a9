#if DEBUG
    import EventKit
    import Hummingbird
    import ModuleKit

    /// Where the fault run may kill the host: a request to change something has come in, and its answer has gone out.
    struct KillPointMiddleware: RouterMiddleware {
        func handle(
            _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
        ) async throws -> Response {
            guard request.method == .post else { return try await next(request, context) }
            KillPoint.pass("host.received")
            var response = try await next(request, context)
            let body = response.body
            response.body = ResponseBody(contentLength: body.contentLength) { writer in
                try await body.write(writer)
                KillPoint.pass("host.answered")
            }
            return response
        }
    }
#endif
