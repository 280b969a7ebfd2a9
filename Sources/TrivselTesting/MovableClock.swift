public import EventKit
public import ModuleKit
import Synchronization

/// A clock that stands until a test moves it; at first on Friday 2026-11-27 at 10 in Oslo.
public final class MovableClock: Sendable {
    private let time: Mutex<Timestamp>

    public init(_ start: Timestamp = Timestamp(milliseconds: 1_795_770_000_000)) { time = Mutex(start) }

    public var now: Timestamp { time.withLock(\.self) }

    public func advance(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }

    /// The same, as the host wants it.
    public var clock: Clock { Clock { self.now } }
}
