import Metrics

/// What the bus counts. Labels take few values: never a client's text.
struct BusMetrics: Sendable {
    var factory: any MetricsFactory = MetricsSystem.factory

    func published(_ events: Int) { count(events, "trivsel_feed_published_total") }

    func replayed(_ events: Int) { count(events, "trivsel_desk_replayed_total") }

    func request(_ operation: String, _ outcome: String) {
        count(1, "trivsel_desk_requests_total", [("op", operation), ("outcome", outcome)])
    }

    func garbageOnFeed() { count(1, "trivsel_feed_garbage_total") }

    func garbageAtDesk() { count(1, "trivsel_desk_garbage_total") }

    /// A handshake, a subscription or a request that the keys do not allow.
    func refused(_ what: String) { count(1, "trivsel_bus_refused_total", [("what", what)]) }

    func readerFailed(_ reader: String) { count(1, "trivsel_reader_failures_total", [("reader", reader)]) }

    func jobs(_ number: Int, queue: String, state: String) {
        Gauge(label: "trivsel_jobs", dimensions: [("queue", queue), ("state", state)], factory: factory).record(number)
    }

    func oldest(_ seconds: Int64, queue: String) {
        Gauge(label: "trivsel_queue_oldest_seconds", dimensions: [("queue", queue)], factory: factory).record(seconds)
    }

    func behind(_ events: Int64, reader: String) {
        Gauge(label: "trivsel_reader_behind", dimensions: [("reader", reader)], factory: factory).record(events)
    }

    private func count(_ amount: Int, _ label: String, _ dimensions: [(String, String)] = []) {
        Counter(label: label, dimensions: dimensions, factory: factory).increment(by: amount)
    }
}
