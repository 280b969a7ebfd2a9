import Hummingbird
import ModuleKit
import Storage

/// `/health/live`: the process answers. `/health/ready`: it can do its work; when not, the answer names what is
/// missing. Warnings, such as a queue that stands still, leave it ready.
struct Health: Sendable {
    /// Looks at a part that must be there.
    struct Check: Sendable {
        /// What of it is not there, by name.
        let missing: @Sendable () async -> [String]

        init(_ missing: @escaping @Sendable () async -> [String]) { self.missing = missing }

        init(name: String, isReady: @escaping @Sendable () async -> Bool) {
            missing = { await isReady() ? [] : [name] }
        }
    }

    let checks: [Check]
    /// What an operator should look at although the host does its work.
    let warnings: @Sendable () -> [String]

    func mount(on router: Router<AppContext>) {
        router.get("/health/live") { _, _ in Response.json(#"{"status":"live"}"#) }
        router.get("/health/ready") { _, _ in await ready() }
    }

    private func ready() async -> Response {
        var missing: [String] = []
        for check in checks { missing += await check.missing() }
        let body: JSON =
            #"{"status":\#(missing.isEmpty ? "ready" : "not ready"),"missing":\#(missing),"warnings":\#(warnings())}"#
        return .json(body, status: missing.isEmpty ? .ok : .serviceUnavailable)
    }
}
