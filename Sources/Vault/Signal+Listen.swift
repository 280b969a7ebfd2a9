import ServiceLifecycle
import Storage

extension Signal {
    /// Calls `body` now, after every signal, and every `interval`, as other hosts' signals are not heard; until the task is cancelled
    /// or a graceful shutdown begins.
    func listen(every interval: Duration, _ body: @escaping @Sendable () async -> Void) async {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                let changes = self.stream()
                group.addTask {
                    for await _ in changes { await body() }
                }
                group.addTask {
                    while (try? await Task.sleep(for: interval)) != nil { self.send() }
                }
                await group.next()
                group.cancelAll()
            }
        }
    }
}
