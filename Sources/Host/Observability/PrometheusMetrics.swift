public import Metrics
import Synchronization

/// Keeps what swift-metrics is told, and shows it as Prometheus text.
///
/// Counters end in `_total`; timers are histograms in seconds, aggregating recorders histograms, other recorders and
/// meters gauges. A series once seen is kept until the process ends, so that no counter ever jumps back. To keep memory
/// bounded, a metric has at most `seriesLimit` series; further label values are counted together as `other`.
public final class PrometheusMetrics: Sendable {
    /// What `text()` is, for HTTP.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let seriesLimit: Int
    private let state = Mutex(State())

    private let showsProcess: Bool

    /// - Parameter showsProcess: false for one of several institutions in a process.
    public init(seriesLimit: Int = 500, showsProcess: Bool = true) {
        (self.seriesLimit, self.showsProcess) = (seriesLimit, showsProcess)
    }

    private struct State {
        var families: [String: Family] = [:]
        /// What the program calls a series → the series: spares a second look-up the work of making the names fit.
        var known: [Call: any MetricSeries] = [:]
    }

    private struct Family {
        let type: MetricType
        /// By their labels as they are shown.
        var series: [String: any MetricSeries] = [:]
    }

    private struct Call: Hashable {
        let label: String
        let dimensions: [String]
        let suffix: String
        let type: MetricType
    }

    private func series<Series: MetricSeries>(
        _ label: String, _ dimensions: [(String, String)], suffix: String = "", make: () -> Series
    ) -> Series {
        let call = Call(label: label, dimensions: dimensions.flatMap { [$0, $1] }, suffix: suffix, type: Series.type)
        return state.withLock { state in
            if let series = state.known[call] as? Series { return series }
            var name = PrometheusText.name(label, suffix: suffix)
            // A name has one type. Two metrics of one name but two types are a slip, which must not hide either.
            while let family = state.families[name], family.type != Series.type { name += "_\(Series.type.rawValue)" }
            var family = state.families[name] ?? Family(type: Series.type)
            var labels = PrometheusText.labels(dimensions)
            let overflows = family.series[labels] == nil && family.series.count >= seriesLimit
            if overflows { labels = PrometheusText.labels(dimensions.map { ($0.0, "other") }) }
            let series = family.series[labels] as? Series ?? make()
            family.series[labels] = series
            state.families[name] = family
            if !overflows { state.known[call] = series }
            return series
        }
    }

    /// Everything known, with this process's own figures if it shows them, in the text format 0.0.4.
    public func text() -> String { Self.text(of: [("", self)]) }

    /// The same of several, each with a further label, such as `tenant="uni"`, in all its series.
    static func text(of parts: [(label: String, metrics: PrometheusMetrics)]) -> String {
        var families: [String: Family] = [:]
        for (label, metrics) in parts {
            for (name, family) in metrics.state.withLock({ $0.families }) {
                for (labels, series) in family.series {
                    let all = [label, labels].filter { !$0.isEmpty }.joined(separator: ",")
                    families[name, default: Family(type: family.type)].series[all] = series
                }
            }
        }
        var text = parts.contains { $0.metrics.showsProcess } ? ProcessMetrics.text() : ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# TYPE \(name) \(family.type.rawValue)\n"
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                series.write(name, labels, to: &text)
            }
        }
        return text
    }
}

extension PrometheusMetrics: MetricsFactory {
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, suffix: "_total", make: CounterSeries.init)
    }

    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)])
        -> any FloatingPointCounterHandler
    {
        series(label, dimensions, suffix: "_total", make: CounterSeries.init)
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, make: GaugeSeries.init)
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate { return series(label, dimensions) { HistogramSeries(bounds: HistogramSeries.sizes) } }
        return series(label, dimensions, make: GaugeSeries.init)
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, suffix: "_seconds") { HistogramSeries(bounds: HistogramSeries.seconds) }
    }

    // Several callers may hold one series, so none of them can take it away.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}
}
