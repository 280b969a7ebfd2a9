import EventKit
import Synchronization

/// Lets in so many reports an hour from people nobody knows, so that nobody can fill the installation, and knows nothing of where
/// they come from.
///
/// They are counted in memory, by each host, and forgotten when it stops: no time of theirs is stored.
public final class InflowGate: Sendable {
    private let clock: Clock
    private let inflow: Mutex<Inflow>
    /// How often something was refused since it was last asked for.
    private let refusals = Mutex(0)

    public init(clock: Clock, perHour: Int) {
        self.clock = clock
        inflow = Mutex(Inflow(perHour: perHour))
    }

    /// - Throws: ``TooManyReports``.
    public func take() throws(TooManyReports) {
        if inflow.withLock({ $0.take(at: Timestamp(milliseconds: clock.ticks / 1_000_000)) }) { return }
        noteRefusal()
        throw TooManyReports()
    }

    /// Counts something else that was refused.
    public func noteRefusal() { refusals.withLock { $0 += 1 } }

    /// How often something was refused since the last time.
    public func refused() -> Int {
        refusals.withLock { count in
            defer { count = 0 }
            return count
        }
    }
}

/// More reports have come of late from people nobody knows than are taken in an hour.
public struct TooManyReports: Error {}
