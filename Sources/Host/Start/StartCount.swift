import Foundation
public import Logging
import UnixSignals

/// The starts that ended before the host was ready, in a row. The more there are, the longer the next one waits, so that a host that cannot
/// start does not wear out its machine. A file in the data directory, a byte for each.
public struct StartCount: Sendable {
    /// What ended so long ago has been seen to.
    private static let forgottenAfter: TimeInterval = 300

    private let path: String

    public init(dataDirectory: String) { path = "\(dataDirectory)/starts" }

    /// How long to wait after so many: not at all after the first three, at most half a minute.
    static func pause(after failed: Int) -> Duration {
        failed < 3 ? .zero : .seconds(min(30, 1 << min(failed - 3, 5)))
    }

    /// To be called at the start: waits as long as is due, and counts this start until `clear`.
    ///
    /// - Returns: false when the process was told to stop meanwhile: somebody sees to it, and the next start waits for nothing.
    public func begin(_ logger: Logger) async -> Bool {
        let failed = failed
        let pause = Self.pause(after: failed)
        if pause > .zero {
            logger.warning(
                "the last starts failed: this one waits; a restart by hand does not",
                metadata: ["starts": "\(failed)", "seconds": "\(pause.components.seconds)"])
            // Counts even if it is killed meanwhile.
            write(failed + 1)
            guard await passes(pause) else {
                clear()
                return false
            }
        }
        write(failed + 1)
        return true
    }

    /// The host is ready.
    public func clear() { try? FileManager.default.removeItem(atPath: path) }

    var failed: Int {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
            let changed = facts[.modificationDate] as? Date, -changed.timeIntervalSinceNow < Self.forgottenAfter
        else { return 0 }
        return (facts[.size] as? Int) ?? 0
    }

    /// Where nothing can be written, starts are not counted: that is for the start itself to tell.
    private func write(_ count: Int) {
        try? Data(repeating: UInt8(ascii: "."), count: count).write(to: URL(fileURLWithPath: path))
    }

    /// False when SIGTERM or SIGINT came first.
    private func passes(_ pause: Duration) async -> Bool {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        return await withTaskGroup { group in
            group.addTask {
                for await _ in signals { return false }
                return true
            }
            group.addTask {
                try? await Task.sleep(for: pause)
                return true
            }
            defer { group.cancelAll() }
            return await group.next() ?? true
        }
    }
}
