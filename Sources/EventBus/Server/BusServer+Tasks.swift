import Logging
import Storage
import ZeroMQ

/// What a running server does beside the socket thread. A database that does not answer is logged once and asked again.
extension BusServer {
    /// Each request in a task of its own.
    func serve(_ thread: SocketThread<BusSockets>) async {
        await withDiscardingTaskGroup { group in
            for await request in requests {
                // At once, as far as it comes by itself: another thread need not be woken for it.
                group.addImmediateTask { [desk] in
                    let answer = await desk.answer(request) {
                        (try? await thread.run { $0.isWanted(request) }) ?? false
                    }
                    // Who need not hear whether it was delivered is spared the wait for the socket thread.
                    guard let undo = answer.undo else {
                        return thread.perform { _ = try? $0.answer(request, answer.body) }
                    }
                    let isDelivered = (try? await thread.run { try $0.answer(request, answer.body) }) ?? false
                    if !isDelivered { await undo() }
                }
            }
            group.cancelAll()
        }
    }

    /// Sends what this process commits at once, and what else the log holds beyond that each time it may have grown.
    func publish(after head: Int64, _ thread: SocketThread<BusSockets>) async {
        let outlet = FeedOutlet(log, thread, after: head, desk.metrics)
        log.onCommit { outlet.send($0) }
        defer { log.onCommit(nil) }
        var trouble = Trouble(logger, "the log cannot be read: the feed stands still")
        for await _ in log.changes() {
            while !(await trouble.watch({ try await outlet.sendAll() })), !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(250))
            }
        }
    }

    /// Takes over changed keys at every tick, every second looks whether a queue stands still, and every ten seconds
    /// reports how many jobs wait and how far durable readers are behind.
    func lookAfterKeysAndJobs(_ thread: SocketThread<BusSockets>) async {
        var watch = StallWatch(limit: stallSeconds)
        var trouble = Trouble(logger, "the keys cannot be read: the known ones stay")
        var readers: Set<String> = []
        var tick = 0
        for await _ in ticks.stream {
            await trouble.watch {
                let mark = try await thread.run { $0.handshakeMark }
                let clients = try await keys.list()
                try await thread.run { try $0.setClients(clients, mark: mark) }
                if tick % 4 == 0 { try await look(at: &watch) }
                if tick % 40 == 0 {
                    for entry in try await desk.jobs.counts() {
                        desk.metrics.jobs(entry.count, queue: entry.queue, state: entry.state.rawValue)
                    }
                    readers = try await reportReaders(known: readers)
                }
            }
            tick += 1
        }
    }

    /// Who was dropped since the last time is behind no more.
    private func reportReaders(known: Set<String>) async throws -> Set<String> {
        let readers = try await desk.readers.list()
        for reader in readers { desk.metrics.behind(reader.behind, reader: reader.name) }
        let names = Set(readers.map(\.name))
        for name in known.subtracting(names) { desk.metrics.behind(0, reader: name) }
        return names
    }

    /// The alarm for operators: nobody takes what waits.
    private func look(at watch: inout StallWatch) async throws {
        let ages = try await desk.jobs.oldestWaiting(in: Array(desk.queues.keys))
        for (queue, seconds) in ages { desk.metrics.oldest(seconds, queue: queue) }
        for change in watch.look(at: ages) {
            switch change {
            case .began(let queue):
                logger.error(
                    "a queue stands still: nobody takes its work",
                    metadata: ["queue": "\(queue.name)", "seconds": "\(queue.seconds)"])
            case .ended(let queue): logger.notice("a queue moves again", metadata: ["queue": "\(queue)"])
            }
        }
        stalledQueues = watch.stalled
    }
}

/// Logs the first of a row of failures.
private struct Trouble {
    private let logger: Logger
    private let message: Logger.Message
    private var isLasting = false

    init(_ logger: Logger, _ message: Logger.Message) {
        self.logger = logger
        self.message = message
    }

    /// - Returns: false when `body` failed.
    @discardableResult
    mutating func watch(_ body: () async throws -> Void) async -> Bool {
        do {
            try await body()
            isLasting = false
            return true
        } catch {
            if !isLasting && !Task.isCancelled { logger.error(message, metadata: ["error": "\(error)"]) }
            isLasting = true
            return false
        }
    }
}
