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
        if !request.isUnlimited {
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
        if !request.isUnlimited { try take(request, context) }
        return try await next(request, context)
    }

    private func take(_ request: Request, _ context: AppContext) throws {
        let visit = try context.visit
        let secret = request.isForAPI ? request.headers[.authorization] : request.cookies[site.sessionCookie]?.value
        if visit.viewer != nil, let secret {
            try limits.take(request.isForAPI ? .token : .session, Array(secret.utf8), visit.language)
        } else if !request.isSafe {
            try limits.take(.strangersWrites, from: context, request.forwarded, visit.language)
        }
    }
}

extension Request {
    /// What asks how the host is must always learn it, and assets cost nothing.
    fileprivate var isUnlimited: Bool {
        let path = plainPath
        return path.hasPrefix("/health/") || path.hasPrefix("/assets/")
    }

    fileprivate var forwarded: [String] { HTTPField.Name("X-Forwarded-For").map { headers[values: $0] } ?? [] }
}
