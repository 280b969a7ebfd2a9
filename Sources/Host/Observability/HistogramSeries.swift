import Metrics
import Synchronization

/// How many values fell below each bound, and their sum.
///
/// A lock rather than an atomic for each bucket: count, sum and buckets agree whenever they are read.
final class HistogramSeries: MetricSeries, TimerHandler, RecorderHandler {
    static let type = MetricType.histogram
    /// From a page out of memory to a report that takes too long.
    static let seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    /// From one row to the 16 MiB of a large upload.
    static let sizes = (0...12).map { Double(1 << (2 * $0)) }

    private struct State {
        var counts: [UInt64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock {
            $0.counts[bucket] += 1
            $0.sum += value
        }
    }

    func record(_ value: Int64) { record(Double(value)) }

    /// A clock set back makes a negative duration: it counts as none.
    func recordNanoseconds(_ duration: Int64) { record(Double(max(0, duration)) / 1e9) }

    func write(_ name: String, _ labels: String, to text: inout String) {
        let state = state.withLock { $0 }
        let prefix = labels.isEmpty ? "" : labels + ","
        var total: UInt64 = 0
        for (count, bound) in zip(state.counts, bounds + [.infinity]) {
            total += count
            PrometheusText.sample(
                name + "_bucket", "\(prefix)le=\"\(PrometheusText.number(bound))\"", String(total), to: &text)
        }
        PrometheusText.sample(name + "_sum", labels, PrometheusText.number(state.sum), to: &text)
        PrometheusText.sample(name + "_count", labels, String(total), to: &text)
    }
}
