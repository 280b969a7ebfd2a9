import HTTPTypes
import Hummingbird
import ModuleKit

/// Turns away what one address sends too much of, before anything is looked up.
struct AddressLimitMiddleware: RouterMiddleware {
    let limits: RequestLimits
    let site: Site

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        if !request.asksForHealth {
            try limits.take(.address, from: context, request.forwarded, site.language(of: request))
        }
        return try await next(request, context)
    }
}

/// Turns away what one session or token sends too much of, and what an address writes without either.
struct VisitLimitMiddleware: RouterMiddleware {
    let limits: RequestLimits
    let site: Site

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        if !request.asksForHealth, !request.asksForAsset { try take(request, context) }
        return try await next(request, context)
    }

    private func take(_ request: Request, _ context: AppContext) throws {
        let visit = try context.visit
        let secret = request.isForAPI ? request.bearer : request.cookies[site.sessionCookie]?.value
        if visit.viewer != nil, let secret {
            try limits.take(request.isForAPI ? .token : .session, Array(secret.utf8), visit.language)
        } else if !request.isSafe {
            try limits.take(.strangersWrites, from: context, request.forwarded, visit.language)
        }
    }
}

extension Request {
    /// Who asks how the host is must always learn it.
    fileprivate var asksForHealth: Bool { isSafe && plainPath.hasPrefix("/health/") }

    /// A page's own do not count beside it.
    fileprivate var asksForAsset: Bool { isSafe && plainPath.hasPrefix("/assets/") }

    /// The token, however its scheme is spelt.
    fileprivate var bearer: String? { headers[.authorization].map { String($0.dropFirst("Bearer ".count)) } }

    fileprivate var forwarded: [String] { HTTPField.Name("X-Forwarded-For").map { headers[values: $0] } ?? [] }
}
