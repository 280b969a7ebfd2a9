import EventBus
import Foundation

/// Measures the bus on this machine with the product's own parts, to be read beside the C programs of the design. `Scripts/bench --bus`
/// runs it.
///
/// `raw BYTES COUNT [--curve]` · `flat SECONDS PRODUCERS` · `paced RATE SECONDS` · `catch-up COUNT [--durable]`; each prints one line
/// of JSON.
@main
struct BusBench {
    static func main() async {
        do {
            try await run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            FileHandle.standardError.write(Data("bus-bench: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run(_ arguments: [String]) async throws {
        let numbers = arguments.dropFirst().compactMap { Int($0) }
        switch (arguments.first, numbers.count) {
        case ("raw", 2): try RawFeed(bytes: numbers[0], count: numbers[1], curve: arguments.contains("--curve")).run()
        case ("raw-reader", 0): try await RawFeed.read(try Child.question(RawFeed.Address.self))
        case ("flat", 2):
            try await WholeModel.run(.init(producers: numbers[1], seconds: numbers[0]))
        case ("paced", 2):
            try await WholeModel.run(.init(producers: 16, seconds: numbers[1], rate: numbers[0]))
        case ("catch-up", 1):
            try await WholeModel.catchUp(count: numbers[0], isDurable: arguments.contains("--durable"))
        case ("reader", 0): try await Reader.run(try Child.question(Reader.Task.self))
        default: throw Wrong(description: "no such measurement: \(arguments.joined(separator: " "))")
        }
    }
}

struct Wrong: Error, CustomStringConvertible {
    let description: String
}

/// Nanoseconds of the machine's monotonic clock, the same in all its processes.
func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// What was measured, as one line of JSON.
struct Figures: Codable {
    var perSecond: Double
    /// Microseconds from the call that changes until it returns.
    var commit: Spread?
    /// Microseconds from the call that changes until the reader has it.
    var reader: Spread?

    struct Spread: Codable {
        var p50: Double
        var p99: Double

        /// Nil when there is nothing to tell; `nanoseconds` in any order.
        init?(_ nanoseconds: [Int64]) {
            guard !nanoseconds.isEmpty else { return nil }
            let sorted = nanoseconds.sorted()
            p50 = Double(sorted[sorted.count / 2]) / 1000
            p99 = Double(sorted[min(sorted.count - 1, sorted.count * 99 / 100)]) / 1000
        }
    }

    func print() throws { Swift.print(String(decoding: try JSONEncoder().encode(self), as: UTF8.self)) }
}
