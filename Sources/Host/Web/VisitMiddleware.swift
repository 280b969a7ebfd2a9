import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit

/// Finds out who asks and in which language, before any route sees the request.
///
/// Pages know people by the session cookie, the API by a bearer token; neither accepts the other's.
struct VisitMiddleware: RouterMiddleware {
    let sessions: Sessions
    let directory: Directory
    let clock: Clock
    let site: Site
    /// Addresses a visit to which stays unnoted: those at which one tells something in confidence.
    let untraced: Set<String>
    /// Addresses to which one sends words to be looked for: whoever may read may send there too.
    let searches: Set<String>

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let now = clock.now
        var visit = Visit(
            viewer: nil, language: site.language(of: request), now: now,
            access: site.access(directory.chart), formToken: nil, shell: site.shell(menu: []),
            traceparent: traceparent(request))
        // Set before anything can fail: a problem is answered in the reader's language.
        context.found = visit
        // No text of ours holds a NUL, and PostgreSQL cannot: what has one in its address is nowhere.
        if request.head.path?.contains("%00") ?? false { throw Problem.notFound(visit.language) }

        let found: Sessions.Found?
        if request.isForAPI {
            found = try await bearer(request, visit: visit)
            if let token = found?.token { visit.way = token }
        } else if let cookie = request.cookies[site.sessionCookie]?.value {
            found = try await sessions.session(cookie, now: now, isNoted: isNoted(request))
            visit.formToken = found == nil ? nil : Secret.formToken(of: cookie)
        } else {
            found = nil
        }
        if let found {
            let chart = try await directory.chart(atLeast: found.version)
            visit.viewer = Viewer(
                person: found.person, grants: chart.grants(of: found.person.id, at: now),
                hasTwoFactors: found.hasTwoFactors)
            visit.language = found.person.language
            visit.access = site.access(chart)
        }
        if !request.isForAPI {
            visit.shell.menu = site.menu(visit)
            visit.shell.personal = site.personal(visit)
            visit.shell.notice = TwoFactors.notice(visit, provider: found?.provider, at: request)
        }
        context.found = visit
        // Beside the request, which would otherwise wait twice for a lock that another process holds.
        async let noted: Void = sessions.note(found)
        let response = try await next(request, context)
        await noted
        return response
    }

    /// When somebody was at an untraced page, took in its style sheet, or sent it by the API, would tell who told something.
    private func isNoted(_ request: Request) -> Bool {
        let path = request.plainPath
        let page = request.isForAPI ? String(path.dropFirst("/api/v1".count)) : path
        return !untraced.contains(page) && !path.hasPrefix("/assets/")
    }

    private func bearer(_ request: Request, visit: Visit) async throws -> Sessions.Found? {
        guard let header = request.headers[.authorization] else { return nil }
        guard header.lowercased().hasPrefix("bearer "),
            let (found, scope) = try await sessions.token(
                String(header.dropFirst(7)), now: visit.now, isNoted: isNoted(request))
        else { throw Problem.signInNeeded(visit.language) }
        // A key to one door opens no other.
        guard (scope == .scim) == request.isForSCIM else { throw Problem.signInNeeded(visit.language) }
        guard scope != .read || request.isSafe || searches.contains(request.plainPath) else {
            throw Problem.onlyReads(found.person.language)
        }
        return found
    }

    /// W3C trace context, if it has the right form.
    private func traceparent(_ request: Request) -> String? {
        guard let value = request.headers[header: "traceparent"], value.utf8.count == 55,
            value.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) || $0 == 45 })
        else { return nil }
        return value
    }
}

extension Request {
    /// The path as the router takes it: written with one slash between its parts.
    var plainPath: String { "/" + uri.path.split(separator: "/").joined(separator: "/") }
}
