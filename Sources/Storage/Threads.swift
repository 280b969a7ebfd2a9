import Foundation
import Synchronization

/// The threads of one database. Calls into a database block, so they stay off Swift's own threads.
final class Threads: Sendable {
    private struct State {
        var running = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Runs `body` on a thread of its own.
    func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.running += 1 }
        let thread = Thread {
            body()
            self.finished()
        }
        thread.name = name
        thread.start()
    }

    /// Returns when every thread is through.
    func ended() async {
        await withCheckedContinuation { continuation in
            let done = state.withLock { state in
                if state.running > 0 { state.waiting.append(continuation) }
                return state.running == 0
            }
            if done { continuation.resume() }
        }
    }

    private func finished() {
        let waiting = state.withLock { state in
            state.running -= 1
            guard state.running == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
