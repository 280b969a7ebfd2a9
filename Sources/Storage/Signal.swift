import Synchronization

/// Tells any number of listeners that something happened; who is busy hears of it once, later.
package final class Signal: Sendable {
    private struct State {
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var lastNumber = 0
        var isFinished = false
    }

    private let state = Mutex(State())

    package init() {}

    package func send() {
        for listener in state.withLock({ Array($0.listeners.values) }) { listener.yield() }
    }

    /// A new listener's stream: it begins with one element, for what happened before, and ends when the listener is cancelled or the signal is finished.
    package func stream() -> AsyncStream<Void> {
        let (stream, listener) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number: Int? = state.withLock { state in
            guard !state.isFinished else { return nil }
            state.lastNumber += 1
            state.listeners[state.lastNumber] = listener
            return state.lastNumber
        }
        guard let number else {
            listener.finish()
            return stream
        }
        listener.yield()
        listener.onTermination = { [weak self] _ in self?.remove(number) }
        return stream
    }

    package func finish() {
        let listeners = state.withLock { state in
            state.isFinished = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }

    private func remove(_ number: Int) {
        state.withLock { state in _ = state.listeners.removeValue(forKey: number) }
    }
}
