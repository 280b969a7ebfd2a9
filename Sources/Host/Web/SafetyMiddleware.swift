import HTTPTypes
import Hummingbird
import ModuleKit

/// Sets the headers that keep a browser from being used against its owner, and refuses writes sent from other sites.
struct SafetyMiddleware: RouterMiddleware {
    private static let headers: HTTPFields = {
        var headers: HTTPFields = [
            .contentSecurityPolicy: """
                default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; \
                base-uri 'none'; frame-ancestors 'none'
                """,
            .xContentTypeOptions: "nosniff",
        ]
        headers[header: "Referrer-Policy"] = "same-origin"
        headers[header: "Cross-Origin-Opener-Policy"] = "same-origin"
        headers[header: "Cross-Origin-Resource-Policy"] = "same-origin"
        headers[header: "Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return headers
    }()

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        if request.method != .get, request.method != .head, !request.uri.path.hasPrefix("/api/"), foreign(request) {
            throw Problem.forbidden(Language(acceptLanguage: request.headers[.acceptLanguage]))
        }
        var answer = try await next(request, context)
        for field in Self.headers { answer.headers[field.name] = field.value }
        return answer
    }

    /// True when the browser says that another site sent this.
    private func foreign(_ request: Request) -> Bool {
        if let site = request.headers[header: "Sec-Fetch-Site"] { return site != "same-origin" && site != "none" }
        guard let origin = request.headers[.origin] else { return false }
        return origin.split(separator: "//").last.map(String.init) != request.head.authority
    }
}
