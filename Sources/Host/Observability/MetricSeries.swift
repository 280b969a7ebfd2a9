import Metrics
import Synchronization

enum MetricType: String {
    case counter, gauge, histogram
}

/// The values of one metric under one set of labels.
protocol MetricSeries: AnyObject, Sendable {
    static var type: MetricType { get }
    /// Appends the samples; `labels` are ready to stand between braces.
    func write(_ name: String, _ labels: String, to text: inout String)
}

/// A sum that never falls.
final class CounterSeries: MetricSeries, CounterHandler, FloatingPointCounterHandler {
    static let type = MetricType.counter
    // Whole and broken amounts apart: a whole one is a single instruction, and exact for ever.
    private let whole = Atomic<Int64>(0)
    private let broken = Atomic<UInt64>(0)

    func increment(by amount: Int64) {
        if amount > 0 { whole.wrappingAdd(amount, ordering: .relaxed) }
    }

    func increment(by amount: Double) {
        if amount > 0, amount.isFinite { broken.update { $0 + amount } }
    }

    func reset() {
        whole.store(0, ordering: .relaxed)
        broken.store(0, ordering: .relaxed)
    }

    func write(_ name: String, _ labels: String, to text: inout String) {
        let part = Double(bitPattern: broken.load(ordering: .relaxed))
        let sum = whole.load(ordering: .relaxed)
        PrometheusText.sample(
            name, labels, part == 0 ? String(sum) : PrometheusText.number(Double(sum) + part), to: &text)
    }
}

/// A value that rises and falls.
final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler {
    static let type = MetricType.gauge
    private let bits = Atomic<UInt64>(0)

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }
    func increment(by amount: Double) { bits.update { $0 + amount } }
    func decrement(by amount: Double) { bits.update { $0 - amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }

    func write(_ name: String, _ labels: String, to text: inout String) {
        let value = Double(bitPattern: bits.load(ordering: .relaxed))
        PrometheusText.sample(name, labels, PrometheusText.number(value), to: &text)
    }
}

extension Atomic<UInt64> {
    /// Replaces the Double whose bits are stored.
    fileprivate func update(_ change: (Double) -> Double) {
        var old = load(ordering: .relaxed)
        while true {
            let new = change(Double(bitPattern: old)).bitPattern
            let (exchanged, original) = weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
            if exchanged { return }
            old = original
        }
    }
}
