import Hummingbird
import ModuleKit
import Synchronization

/// Answers with the router of the moment. Switching a module swaps the whole router: requests under way end on the one
/// they began on.
final class SwitchingResponder: HTTPResponder {
    typealias Context = AppContext
    private let current: Mutex<RouterResponder<AppContext>>

    init(_ router: Router<AppContext>) { current = Mutex(router.buildResponder()) }

    func swap(to router: Router<AppContext>) {
        let responder = router.buildResponder()
        current.withLock { $0 = responder }
    }

    func respond(to request: Request, context: AppContext) async throws -> Response {
        try await current.withLock { $0 }.respond(to: request, context: context)
    }
}
