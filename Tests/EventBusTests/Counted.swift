import Metrics
import Synchronization

/// Counters of one server, by label.
final class Counted: MetricsFactory {
    private let values = Mutex<[String: Int64]>([:])
    private let (changes, change) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// What was counted under the label, whatever its dimensions.
    func value(_ label: String) -> Int64 { values.withLock { $0[label] ?? 0 } }

    /// Waits until `count` was counted under the label; one task at a time.
    func reach(_ count: Int64, of label: String) async {
        if value(label) >= count { return }
        for await _ in changes where value(label) >= count { return }
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        Handler(label: label, counted: self)
    }
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

        func increment(by amount: Int64) {
            counted.values.withLock { $0[label, default: 0] += amount }
            counted.change.yield()
        }
        func reset() {}
    }
}
