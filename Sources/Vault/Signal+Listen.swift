import ServiceLifecycle
import Storage

extension Signal {
    /// Calls `body` now, after every signal, and every `interval`, as other hosts' signals are not heard; until the task is cancelled
    /// or a graceful shutdown begins.
    ///
    /// One that throws is told to `failed` and called again soon, after twice as long each time and at most `interval`.
    func listen(
        every interval: Duration, _ body: @escaping @Sendable () async throws -> Void,
        failed: @escaping @Sendable (any Error) -> Void
    ) async {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                let changes = self.stream()
                group.addTask {
                    for await _ in changes { await Self.repeating(atMost: interval, body, failed) }
                }
                group.addTask {
                    while (try? await Task.sleep(for: interval)) != nil { self.send() }
                }
                await group.next()
                group.cancelAll()
            }
        }
    }

    private static func repeating(
        atMost limit: Duration, _ body: () async throws -> Void, _ failed: (any Error) -> Void
    ) async {
        var pause = Duration.milliseconds(250)
        while !Task.isCancelled {
            do { return try await body() } catch { failed(error) }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, limit)
        }
    }
}
