public import EventKit
public import Hummingbird
public import NIOCore

/// What is known of one request: who asks, in which language, and what the page around the answer needs.
public struct Visit: Sendable {
    public var viewer: Viewer?
    public var language: Language
    /// The moment the request came in; one clock for all it does.
    public var now: Timestamp
    public var access: Access
    /// What forms carry so that no other site can send them; nil when there is no session.
    public var formToken: String?
    public var shell: Shell
    /// W3C trace context of the request.
    public var traceparent: String?
    /// What the audit trail says of how somebody asks: by a page, or the id of the token they use.
    public var way = AuditEntry.Way.page

    public init(
        viewer: Viewer?, language: Language, now: Timestamp, access: Access, formToken: String?, shell: Shell,
        traceparent: String? = nil
    ) {
        (self.viewer, self.language, self.now, self.access) = (viewer, language, now, access)
        (self.formToken, self.shell, self.traceparent) = (formToken, shell, traceparent)
    }
}

extension Visit {
    /// - Throws: `Problem` 404 for an object that does not exist for the viewer, 403 without the right.
    public func require(_ right: Right, on object: AccessObject, _ viewer: Viewer) throws(Problem) {
        switch access.verdict(viewer, right, on: object) {
        case .may: return
        case .mayNot: throw .forbidden(language)
        case .unknown: throw .notFound(language)
        }
    }
}

/// Hummingbird's context with our visit, which the first middleware sets.
public struct AppContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    public var found: Visit?
    /// The pattern of the route that answers, for metrics: never the address itself.
    public var path: String = ""
    /// What has been read of a form with files.
    public let typed = TypedForm()

    /// Who is at the other end of the connection, which may be a proxy.
    public let peer: SocketAddress?

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress
    }

    /// Bodies over this many bytes are refused.
    public var maxUploadSize: Int { FormData.limit }
}

extension AppContext {
    /// - Throws: `Problem` 500 if a route was mounted outside the host's middleware.
    public var visit: Visit {
        get throws {
            guard let found else { throw Problem.fault(.nb) }
            return found
        }
    }

    /// Who asks.
    ///
    /// - Throws: `Problem` 401 when nobody is signed in.
    public var viewer: Viewer {
        get throws {
            let visit = try visit
            guard let viewer = visit.viewer else { throw Problem.signInNeeded(visit.language) }
            return viewer
        }
    }

    /// Who asks, with a right at the institution itself.
    ///
    /// - Throws: `Problem` 401 when nobody is signed in, 403 without the right.
    public func visitor(with right: Right) throws -> (visit: Visit, viewer: Viewer) {
        let (visit, viewer) = (try visit, try viewer)
        guard visit.access.mayEverywhere(viewer, right) else { throw Problem.forbidden(visit.language) }
        return (visit, viewer)
    }
}
