import Dispatch
import Synchronization

/// Wakes who waits for the log to grow, and the thread that looks after it.
final class LogWatch: Sendable {
    private struct State {
        var isStarted = false
        var isClosed = false
        var isRung = false
        /// Nil while nobody takes them.
        var appended: AppendedEvents?
    }

    /// Beyond so many they are read from the log.
    private static let mostAppended = 2000

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

    /// Keeps what was just committed for ``takeAppended()``, and nothing while that falls behind.
    func keep(_ new: AppendedEvents) {
        state.withLock { state in
            guard let known = state.appended else { return }
            if known.epoch != new.epoch {
                state.appended = new
            } else if known.events.count + new.events.count > Self.mostAppended {
                state.appended?.events = []
            } else {
                state.appended?.events += new.events
            }
        }
    }

    /// What this process has committed since the last call, in order; not what came before the first.
    func takeAppended() -> AppendedEvents {
        state.withLock { state in
            let appended = state.appended ?? AppendedEvents()
            state.appended = AppendedEvents(epoch: appended.epoch)
            return appended
        }
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
