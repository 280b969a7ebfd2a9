import Foundation

/// This process's memory, processor time, files and start, under the names every Prometheus client uses.
enum ProcessMetrics {
    /// Empty where there is no `/proc`.
    static func text() -> String {
        guard let stat = read("/proc/self/stat"), let fields = fields(of: stat) else { return "" }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        let page = Double(sysconf(Int32(_SC_PAGESIZE)))
        var text = ""
        func add(_ name: String, _ type: MetricType, _ value: Double?) {
            guard let value else { return }
            text += "# TYPE \(name) \(type.rawValue)\n"
            PrometheusText.sample(name, "", PrometheusText.number(value), to: &text)
        }
        // The numbers are those of proc(5), `/proc/pid/stat`.
        add("process_cpu_seconds_total", .counter, fields.sum(14, 15).map { $0 / ticks })
        add("process_open_fds", .gauge, openFiles())
        add("process_resident_memory_bytes", .gauge, fields.sum(24).map { $0 * page })
        add(
            "process_start_time_seconds", .gauge,
            fields.sum(22).flatMap { start in bootTime().map { $0 + start / ticks } })
        add("process_threads", .gauge, fields.sum(20))
        add("process_virtual_memory_bytes", .gauge, fields.sum(23))
        return text
    }

    struct Fields {
        /// Field 3, the state, and those after it.
        fileprivate let words: [Substring]

        /// The fields `numbers` added up, counted from 1.
        fileprivate func sum(_ numbers: Int...) -> Double? {
            let values = numbers.compactMap { words.indices.contains($0 - 3) ? Double(words[$0 - 3]) : nil }
            return values.count == numbers.count ? values.reduce(0, +) : nil
        }
    }

    /// Field 2 is the command in parentheses, which may itself hold spaces and parentheses: what follows the last one
    /// is counted.
    private static func fields(of stat: String) -> Fields? {
        stat.lastIndex(of: ")").map { Fields(words: stat[stat.index(after: $0)...].split(separator: " ")) }
    }

    /// Without the descriptor that the counting itself opens.
    private static func openFiles() -> Double? {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count - 1) }
    }

    private static func bootTime() -> Double? {
        read("/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }.flatMap { Double($0.dropFirst(6)) }
    }

    /// Files below `/proc` have no length, so they are read until they end.
    private static func read(_ path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        return (try? file.readToEnd()).map { String(decoding: $0, as: UTF8.self) }
    }
}
