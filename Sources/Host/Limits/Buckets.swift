import ModuleKit
import Synchronization

/// What each of many has left of the same pace.
///
/// Whoever has not come for two minutes is forgotten with the next who comes, and when there are too many, those who came longest ago.
final class Buckets: Sendable {
    private struct State {
        var recent: [UInt64: Int64] = [:]
        var older: [UInt64: Int64] = [:]
        var begun: Int64 = 0
    }

    /// How long those of a turn are kept apart, in nanoseconds: longer than any pace takes to grow back.
    private static let turn: Int64 = 60_000_000_000

    private let pace: Pace
    private let most: Int
    private let state = Mutex(State())

    /// - Parameter most: twice as many are remembered at most.
    init(_ pace: Pace, most: Int = 32_768) { (self.pace, self.most) = (pace, most) }

    /// - Returns: nil when there was room; else how long until there is.
    func take(_ key: UInt64, at now: Int64) -> Duration? {
        state.withLock { state in
            if state.recent.count >= most || now - state.begun >= Self.turn {
                state = State(recent: [:], older: now - state.begun >= 2 * Self.turn ? [:] : state.recent, begun: now)
            }
            var empty = state.recent[key] ?? state.older[key] ?? now
            defer { state.recent[key] = empty }
            return pace.take(&empty, at: now)
        }
    }

    /// How many are remembered.
    var count: Int { state.withLock { $0.recent.count + $0.older.count } }
}
