import Foundation
import Metrics
import Testing
import TrivselTesting

@testable import Host

/// Reads the text with the parser of Prometheus's own Python client.
@Suite struct ObservabilityPrometheusTests {
    private static let script = """
        import json, sys
        from prometheus_client.parser import text_string_to_metric_families
        text = sys.stdin.buffer.read().decode()
        print(json.dumps([[f.name, f.type, s.name, s.labels, str(float(s.value))]
                          for f in text_string_to_metric_families(text) for s in f.samples]))
        """

    private struct Sample: Decodable, Equatable {
        let family: String, type: String, name: String, labels: [String: String], value: String

        init(from decoder: any Decoder) throws {
            var fields = try decoder.unkeyedContainer()
            family = try fields.decode(String.self)
            type = try fields.decode(String.self)
            name = try fields.decode(String.self)
            labels = try fields.decode([String: String].self)
            value = try fields.decode(String.self)
        }
    }

    /// Needs the package `prometheus-client`; `TRIVSEL_TEST_PYTHON` names a Python that has it.
    private func parse(_ text: String) throws -> [Sample] {
        let input = Pipe()
        let output = Pipe()
        let errors = Pipe()
        let python = try Programs.start(Programs.python, ["-c", Self.script]) {
            ($0.standardInput, $0.standardOutput, $0.standardError) = (input, output, errors)
        }
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        let complaint = try errors.fileHandleForReading.readToEnd() ?? Data()
        python.waitUntilExit()
        #expect(python.terminationStatus == 0, "\(String(decoding: complaint, as: UTF8.self))")
        return try JSONDecoder().decode([Sample].self, from: answer)
    }

    @Test func `Prometheus reads names, labels and values as they were meant`() throws {
        let metrics = PrometheusMetrics()
        let odd = "a \"quoted\\ line\r\nand å 🫐 {x=\"y\"} # not a comment"
        Counter(
            label: "1 odd-name.å", dimensions: [("odd.label", odd), ("__own", "x"), ("1st", "y")], factory: metrics
        ).increment(by: 7)
        Gauge(label: "tiny", factory: metrics).record(0.000_001_5)
        Gauge(label: "huge", factory: metrics).record(1e300)
        Gauge(label: "none", factory: metrics).record(Double.nan)
        Gauge(label: "below", factory: metrics).record(-Double.infinity)
        Timer(label: "work", dimensions: [("queue", "mail")], factory: metrics).recordNanoseconds(20_000_000)
        Recorder(label: "rows", factory: metrics).record(300)

        let samples = try parse(metrics.text())
        let counter = try #require(samples.first { $0.name == "_1_odd_name___total" })
        #expect(counter.type == "counter" && counter.value == "7.0")
        #expect(counter.labels == ["odd_label": odd, "exported___own": "x", "_1st": "y"])
        func value(_ name: String) -> String? { samples.first { $0.name == name }?.value }
        #expect(value("tiny") == "1.5e-06")
        #expect(value("huge") == "1e+300")
        #expect(value("none") == "nan")
        #expect(value("below") == "-inf")
        let buckets = samples.filter { $0.name == "work_seconds_bucket" }
        #expect(
            buckets.allSatisfy { $0.type == "histogram" && $0.family == "work_seconds" && $0.labels["queue"] == "mail" }
        )
        #expect(buckets.map(\.value) == Array(repeating: "0.0", count: 5) + Array(repeating: "1.0", count: 10))
        #expect(buckets.compactMap { $0.labels["le"].flatMap(Double.init) } == HistogramSeries.seconds + [.infinity])
        #expect(samples.filter { $0.name == "rows_count" }.map(\.value) == ["1.0"])
        #expect(samples.contains { $0.name == "process_resident_memory_bytes" && $0.type == "gauge" })
    }
}
