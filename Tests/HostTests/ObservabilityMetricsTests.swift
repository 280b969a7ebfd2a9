import Foundation
import Metrics
import Testing

@testable import Host

/// The text without this process's own figures.
private func lines(of metrics: PrometheusMetrics) -> [String] {
    metrics.text().split(separator: "\n").map(String.init).filter { !$0.contains("process_") }
}

@Suite struct ObservabilityMetricsTests {
    @Test func `a counter adds up, under one name with its labels in order`() {
        let metrics = PrometheusMetrics()
        for _ in 1...3 {
            Counter(label: "http.requests", dimensions: [("status", "201"), ("method", "POST")], factory: metrics)
                .increment()
        }
        Counter(label: "http.requests", factory: metrics).increment(by: 5)
        Counter(label: "jobs_total", factory: metrics).increment()
        #expect(
            lines(of: metrics) == [
                "# TYPE http_requests_total counter", "http_requests_total 5",
                #"http_requests_total{method="POST",status="201"} 3"#, "# TYPE jobs_total counter", "jobs_total 1",
            ])
    }

    @Test func `a counter takes parts and never falls`() {
        let metrics = PrometheusMetrics()
        let counter = FloatingPointCounter(label: "seconds", factory: metrics)
        counter.increment(by: 0.25)
        counter.increment(by: 2)
        counter.increment(by: -7)
        counter.increment(by: Double.nan)
        #expect(lines(of: metrics).last == "seconds_total 2.25")
    }

    @Test func `meters and recorders that do not aggregate are gauges`() {
        let metrics = PrometheusMetrics()
        let meter = Meter(label: "active", factory: metrics)
        meter.increment(by: 3)
        meter.decrement(by: 1.5)
        Gauge(label: "depth", factory: metrics).record(-4)
        #expect(lines(of: metrics) == ["# TYPE active gauge", "active 1.5", "# TYPE depth gauge", "depth -4"])
    }

    @Test func `a timer is a histogram in seconds, each bucket holding those below`() {
        let metrics = PrometheusMetrics()
        let timer = Timer(label: "http.duration", dimensions: [("le", "x")], factory: metrics)
        for nanoseconds: Int64 in [500_000, 600_000, 3_000_000_000, 60_000_000_000, -5] {
            timer.recordNanoseconds(nanoseconds)
        }
        let lines = lines(of: metrics)
        #expect(lines.first == "# TYPE http_duration_seconds histogram")
        #expect(lines.contains(#"http_duration_seconds_bucket{exported_le="x",le="0.0005"} 2"#))
        #expect(lines.contains(#"http_duration_seconds_bucket{exported_le="x",le="0.001"} 3"#))
        #expect(lines.contains(#"http_duration_seconds_bucket{exported_le="x",le="5"} 4"#))
        #expect(lines.contains(#"http_duration_seconds_bucket{exported_le="x",le="+Inf"} 5"#))
        #expect(lines.contains(#"http_duration_seconds_sum{exported_le="x"} 63.0011"#))
        #expect(lines.contains(#"http_duration_seconds_count{exported_le="x"} 5"#))
    }

    @Test func `beyond the limit further label values are counted as other`() {
        let metrics = PrometheusMetrics(seriesLimit: 2)
        for path in ["a", "b", "c", "d", "a"] {
            Counter(label: "hits", dimensions: [("path", path)], factory: metrics).increment()
        }
        #expect(
            lines(of: metrics) == [
                "# TYPE hits_total counter", #"hits_total{path="a"} 2"#, #"hits_total{path="b"} 1"#,
                #"hits_total{path="other"} 2"#,
            ])
    }

    @Test func `two types under one name are both shown`() {
        let metrics = PrometheusMetrics()
        Counter(label: "queue_total", factory: metrics).increment()
        Gauge(label: "queue_total", factory: metrics).record(2)
        #expect(
            lines(of: metrics) == [
                "# TYPE queue_total counter", "queue_total 1", "# TYPE queue_total_gauge gauge", "queue_total_gauge 2",
            ])
    }

    @Test func `increments from many threads are all counted`() {
        let metrics = PrometheusMetrics()
        DispatchQueue.concurrentPerform(iterations: 8) { n in
            let timer = Timer(label: "t", factory: metrics)
            let sum = FloatingPointCounter(label: "f", factory: metrics)
            for _ in 0..<1000 {
                Counter(label: "c", dimensions: [("n", "\(n % 2)")], factory: metrics).increment()
                timer.recordNanoseconds(1)
                sum.increment(by: 0.5)
            }
        }
        let lines = lines(of: metrics)
        #expect(lines.contains(#"c_total{n="0"} 4000"#) && lines.contains(#"c_total{n="1"} 4000"#))
        #expect(lines.contains("t_seconds_count 8000") && lines.contains("f_total 4000"))
    }

    @Test func `this process's own figures are there and sound`() throws {
        let samples = Dictionary(
            uniqueKeysWithValues: PrometheusMetrics().text().split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
                line in
                (String(line.split(separator: " ")[0]), Double(line.split(separator: " ")[1]) ?? .nan)
            })
        #expect(samples.count == 6)
        #expect(try #require(samples["process_resident_memory_bytes"]) > 1_000_000)
        #expect(try #require(samples["process_virtual_memory_bytes"]) > 1_000_000)
        #expect(try #require(samples["process_open_fds"]) >= 3)
        #expect(try #require(samples["process_threads"]) >= 1)
        #expect(try #require(samples["process_cpu_seconds_total"]) >= 0)
        let age = Date().timeIntervalSince1970 - (try #require(samples["process_start_time_seconds"]))
        #expect((-2...86_400).contains(age))
    }
}
