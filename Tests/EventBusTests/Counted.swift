import Metrics
import Synchronization

/// Counters of one server, by label.
final class Counted: MetricsFactory {
    private let values = Mutex<[String: Int64]>([:])

    /// What was counted under the label, whatever its dimensions.
    func value(_ label: String) -> Int64 { values.withLock { $0[label] ?? 0 } }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler { Handler(label: label, counted: self) }
    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        NOOPMetricsHandler.instance
    }
    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { NOOPMetricsHandler.instance }
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    private final class Handler: CounterHandler {
        let label: String
        let counted: Counted

        init(label: String, counted: Counted) {
            self.label = label
            self.counted = counted
        }

        func increment(by amount: Int64) { counted.values.withLock { $0[label, default: 0] += amount } }
        func reset() {}
    }
}
