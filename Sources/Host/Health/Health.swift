import Hummingbird
import ModuleKit
import Storage

/// `/health/live`: the process answers. `/health/ready`: it can do its work; when not, the answer names what is missing.
struct Health: Sendable {
    /// A part that must be there, and whether it is.
    struct Check: Sendable {
        let name: String
        let isReady: @Sendable () async -> Bool
    }

    let checks: [Check]

    func mount(on router: Router<AppContext>) {
        router.get("/health/live") { _, _ in Response.json(#"{"status":"live"}"#) }
        router.get("/health/ready") { _, _ in await ready() }
    }

    private func ready() async -> Response {
        var missing: [String] = []
        for check in checks where !(await check.isReady()) { missing.append(check.name) }
        let body: JSON = #"{"status":\#(missing.isEmpty ? "ready" : "not ready"),"missing":\#(missing)}"#
        return .json(body, status: missing.isEmpty ? .ok : .serviceUnavailable)
    }
}
