import HTTPTypes
import Hummingbird
import ModuleKit

/// Sets the headers that keep a browser from being used against its owner.
///
/// Stands outside of what makes pages of errors: those need them too.
struct SafetyMiddleware: RouterMiddleware {
    private let headers: HTTPFields

    /// - Parameter secure: people reach us by https: browsers then go no other way for two years, nor to names below ours.
    init(secure: Bool) {
        var headers = Self.always
        if secure { headers[.strictTransportSecurity] = "max-age=63072000; includeSubDomains" }
        self.headers = headers
    }

    private static let always: HTTPFields = {
        var headers: HTTPFields = [
            .contentSecurityPolicy: """
            default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; \
            form-action 'self'; \
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
        var answer = try await next(request, context)
        for field in headers {
            // A file that somebody sent has a policy of its own, which allows less.
            if field.name == .contentSecurityPolicy, answer.headers[field.name] == Response.filePolicy { continue }
            answer.headers[field.name] = field.value
        }
        // What is not said to be lasting may hold what only this reader may see.
        if answer.headers[.cacheControl] == nil { answer.headers[.cacheControl] = "no-store" }
        return answer
    }
}

/// Refuses writes that were sent from other sites, and plain text: the one body that a form of any site can send and nothing here asks for.
///
/// Stands inside of what finds out whose page the refusal is.
struct OriginMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        if request.method != .get, request.method != .head {
            let language = try context.visit.language
            if request.isFromElsewhere { throw Problem.forbidden(language) }
            if request.isPlainText { throw request.isForAPI ? Problem.notJSON(language) : .malformed(language) }
        }
        return try await next(request, context)
    }
}

extension Request {
    /// Whether the router sees `/api/…` or `/scim/…` in the address; it counts `//api` as the same.
    var isForAPI: Bool { uri.path.utf8.drop { $0 == 0x2F }.starts(with: "api/".utf8) || isForSCIM }

    fileprivate var isPlainText: Bool { headers[.contentType]?.lowercased().hasPrefix("text/plain") ?? false }

    /// True when the browser says that another site sent this.
    var isFromElsewhere: Bool {
        if let site = headers[header: "Sec-Fetch-Site"] { return site != "same-origin" && site != "none" }
        return headers[.origin] != nil && !isOfOwnOrigin
    }

    /// True when the browser says that a page of ours sent this; it need not say anything.
    var isFromOwnPage: Bool {
        headers[header: "Sec-Fetch-Site"].map { $0 == "same-origin" } ?? isOfOwnOrigin
    }

    /// True when the browser says that a link on a page of ours led here. One that says nothing of that, such as over http, names the
    /// page in `Referer`, since our pages ask it to.
    var isLinkOfOurs: Bool {
        headers[header: "Sec-Fetch-Site"].map { $0 == "same-origin" } ?? isOwn(headers[.referer])
    }

    private var isOfOwnOrigin: Bool { isOwn(headers[.origin]) }

    /// Whether an origin, or a page's address, is at the name that this was sent to.
    private func isOwn(_ address: String?) -> Bool {
        guard let address, let scheme = address.firstRange(of: "://"), let own = head.authority else { return false }
        return address[scheme.upperBound...].prefix { $0 != "/" } == own
    }
}
