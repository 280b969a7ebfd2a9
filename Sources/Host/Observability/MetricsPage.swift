public import Hummingbird
public import Logging

/// `/metrics` of a process that has no other page, such as a worker; for this machine alone.
public enum MetricsPage {
    /// Serves when it runs.
    public static func service(_ metrics: PrometheusMetrics, port: Int, logger: Logger) -> some ApplicationProtocol {
        let router = Router()
        mount(metrics, on: router)
        return Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger)
    }

    static func mount(_ metrics: PrometheusMetrics, on router: Router<some RequestContext>) {
        router.get("/metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: PrometheusMetrics.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text())))
        }
    }
}
