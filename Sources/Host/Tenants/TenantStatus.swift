import HTTPTypes
import Hummingbird
import Logging
import ModuleKit
import NIOCore
import ServiceLifecycle

/// What whoever runs a host of several institutions sees of them all, on the machine itself alone.
///
/// Ready although some are not served: the others are. Which are not stands among the warnings.
struct TenantStatus: Sendable {
    let tenants: Tenants
    let metrics: PrometheusMetrics

    func service(_ port: Int, _ logger: Logger, _ whenShown: @escaping @Sendable (Int) -> Void) -> any Service {
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.get("health/live") { _, _ in Response.json(#"{"status":"live"}"#) }
        router.get("health/ready") { _, _ in await ready() }
        router.get("metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: PrometheusMetrics.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: await text())))
        }
        return Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { whenShown($0.localAddress?.port ?? port) }, logger: logger)
    }

    private func ready() async -> Response {
        var (warnings, isStarting): ([String], Bool) = ([], false)
        for run in await tenants.all {
            switch await run.state {
            case .starting: isStarting = true
            case .serving: continue
            case .failed: warnings.append("tenant \(run.name) is not served; the log says why")
            }
        }
        let missing = isStarting ? ["tenants"] : []
        let body: JSON =
            #"{"status":\#(isStarting ? "not ready" : "ready"),"missing":\#(missing),"warnings":\#(warnings)}"#
        return .json(body, status: isStarting ? .serviceUnavailable : .ok)
    }

    private func text() async -> String {
        let parts = await tenants.all.map { (label: "tenant=\"\($0.name)\"", metrics: $0.metrics) }
        return PrometheusMetrics.text(of: [(label: "", metrics: metrics)] + parts)
    }
}
