import Dispatch
import Synchronization

/// Wakes who waits for the log to grow, and the thread that looks after it.
final class LogWatch: Sendable {
    private struct State {
        var isStarted = false
        var isClosed = false
        var isRung = false
        /// The newest position seen; nil before the first.
        var head: Int64?
        var onCommit: (@Sendable (CommittedEvents) -> Void)?
    }

    /// Sent when the log has a new head.
    let grown = Signal()
    private let state = Mutex(State())
    private let bell = DispatchSemaphore(value: 0)

    /// Wakes the thread that waits in ``wait()``.
    func ring() {
        let isNew = state.withLock { state in
            defer { state.isRung = true }
            return !state.isRung
        }
        if isNew { bell.signal() }
    }

    /// Blocks the thread until the next ring, but at most 250 ms. False when the database is being closed.
    func wait() -> Bool {
        _ = bell.wait(timeout: .now() + .milliseconds(250))
        return state.withLock { state in
            state.isRung = false
            return !state.isClosed
        }
    }

    var head: Int64? { state.withLock { $0.head } }

    func saw(_ head: Int64) { state.withLock { $0.head = max($0.head ?? 0, head) } }

    func onCommit(_ take: (@Sendable (CommittedEvents) -> Void)?) { state.withLock { $0.onCommit = take } }

    /// Gives what was just committed to who listens.
    func give(_ committed: CommittedEvents) {
        saw(committed.last)
        state.withLock { $0.onCommit }?(committed)
    }

    /// True for the first caller, which must then start the thread.
    func start() -> Bool {
        state.withLock { state in
            defer { state.isStarted = true }
            return !state.isStarted && !state.isClosed
        }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        ring()
        grown.finish()
    }
}
