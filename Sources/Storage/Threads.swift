import Dispatch
import Foundation

/// Threads of a database. Calls into a database block, so they stay off Swift's own threads.
struct Threads: Sendable {
    private let running = DispatchGroup()

    /// Runs `body` on a thread of its own.
    func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        running.enter()
        let thread = Thread { [running] in
            body()
            running.leave()
        }
        thread.name = name
        thread.start()
    }

    /// Blocks the calling thread until these are through.
    func wait() { running.wait() }

    /// Returns when all are through.
    func ended() async {
        await withCheckedContinuation { continuation in
            running.notify(queue: .global()) { continuation.resume() }
        }
    }
}
