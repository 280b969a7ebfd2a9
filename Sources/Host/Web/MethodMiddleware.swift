import HTTPTypes
import Hummingbird
import ModuleKit
import Synchronization

/// Answers a method that a known address does not take with those it takes (RFC 9110, 15.5.6).
///
/// An address that only takes a form stands in the address bar when the form had errors. Who asks for it, as by changing the language
/// there, is led to the page above.
struct MethodMiddleware: RouterMiddleware {
    let known: KnownRoutes

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        do { return try await next(request, context) } catch let error as HTTPError where error.status == .notFound {
            let methods = known.methods(at: request.uri.path)
            guard !methods.isEmpty, !methods.contains(request.method.rawValue) else { throw error }
            if request.method == .get, !request.isForAPI,
                let page = known.page(above: request.uri.path)
            {
                return .seeOther(page)
            }
            throw Problem.methodNotAllowed(try context.visit.language, methods.sorted())
        }
    }
}

/// What a router answers to, by address; known once all of its routes are mounted.
final class KnownRoutes: Sendable {
    private let routes = Mutex<[[Substring]: Set<String>]>([:])

    func take(_ router: Router<AppContext>) {
        var all: [[Substring]: Set<String>] = [:]
        for route in router.routes {
            all[Self.parts(route.path.description), default: []].insert(route.method.rawValue)
            // Every page answers to HEAD as well.
            if route.method == .get { all[Self.parts(route.path.description), default: []].insert("HEAD") }
        }
        routes.withLock { $0 = all }
    }

    /// The methods at an address; of the route that names most of it, where several fit.
    func methods(at path: String) -> Set<String> {
        let asked = Self.parts(path)
        let fitting = routes.withLock { $0 }.filter { Self.fits($0.key, asked) }
        return fitting.max { Self.named($0.key) < Self.named($1.key) }?.value ?? []
    }

    /// The nearest page above an address.
    func page(above path: String) -> String? {
        var parts = Self.parts(path)
        while !parts.isEmpty {
            parts.removeLast()
            let above = "/" + parts.joined(separator: "/")
            if methods(at: above).contains("GET") { return above }
        }
        return nil
    }

    private static func parts(_ path: String) -> [Substring] { path.split(separator: "/") }

    private static func isOpen(_ part: Substring) -> Bool { part.hasPrefix(":") || part.contains("{") }

    private static func named(_ route: [Substring]) -> Int { route.count { !isOpen($0) } }

    private static func fits(_ route: [Substring], _ asked: [Substring]) -> Bool {
        route.count == asked.count && zip(route, asked).allSatisfy { isOpen($0) || $0 == $1 }
    }
}
