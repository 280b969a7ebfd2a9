import Metrics

/// What the bus counts. Labels take few values: never a client's text.
enum BusMetrics {
    static func published(_ count: Int) { Counter(label: "trivsel_feed_published_total").increment(by: count) }

    static func replayed(_ count: Int) { Counter(label: "trivsel_desk_replayed_total").increment(by: count) }

    static func request(_ operation: String, _ outcome: String) {
        Counter(label: "trivsel_desk_requests_total", dimensions: [("op", operation), ("outcome", outcome)]).increment()
    }

    static func garbage(_ socket: String) {
        Counter(label: "trivsel_\(socket)_garbage_total").increment()
    }

    /// A handshake, a subscription or a request that the keys do not allow.
    static func refused(_ what: String) {
        Counter(label: "trivsel_bus_refused_total", dimensions: [("what", what)]).increment()
    }

    static func jobs(_ count: Int, queue: String, state: String) {
        Gauge(label: "trivsel_jobs", dimensions: [("queue", queue), ("state", state)]).record(count)
    }

    static func handlerFailed(_ reader: String) {
        Counter(label: "trivsel_reader_failures_total", dimensions: [("reader", reader)]).increment()
    }
}
