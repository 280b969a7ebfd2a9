import EventKit
import Storage
import Synchronization
import ZeroMQ

/// Brings events to the feed, in the order of the log and each once: those of this process as they are committed, others as they are read.
final class FeedOutlet: Sendable {
    /// Behind so many that are not sent yet nothing is queued: it is read from the log later.
    private static let mostQueued: Int64 = 2000

    private let log: EventLog
    private let thread: SocketThread<BusSockets>
    private let metrics: BusMetrics
    /// Everything up to here is sent or queued for the socket thread.
    private let queued: Mutex<Int64>
    private let sent: Atomic<Int64>

    init(_ log: EventLog, _ thread: SocketThread<BusSockets>, after head: Int64, _ metrics: BusMetrics) {
        (self.log, self.thread, self.metrics) = (log, thread, metrics)
        queued = Mutex(head)
        sent = Atomic(head)
    }

    /// Sends what was just committed, unless something before it has yet to be read.
    func send(_ committed: CommittedEvents) {
        queued.withLock { queued in
            let isBehind = queued - sent.load(ordering: .relaxed) > Self.mostQueued
            guard committed.first == queued + 1, !isBehind else { return }
            queued = committed.last
            queue(committed.epoch, head: committed.last) { [log] in log.events(of: committed) }
        }
    }

    /// Reads what is not queued yet, and sends it.
    ///
    /// - Throws: `StorageError`, or what ended the socket thread.
    func sendAll() async throws {
        guard let everything = TopicPattern("*") else { return }
        while true {
            let position = queued.withLock { $0 }
            if let head = log.knownHead, head <= position { return }
            let batch = try await log.read(after: position, matching: [everything], limit: 500, maxBytes: 1 << 20)
            if batch.events.isEmpty { return }
            queued.withLock { queued in
                let events = Array(batch.events.drop { $0.position <= queued })
                guard let last = events.last else { return }
                queued = last.position
                queue(batch.epoch, head: batch.head) { events }
            }
            // No faster than they are sent.
            try await thread.run { _ in }
        }
    }

    private func queue(_ epoch: String, head: Int64, _ events: @escaping @Sendable () -> [LoggedEvent]) {
        thread.perform { [self] sockets in
            let half = FeedHeader.lowHalf(of: epoch)
            let messages = events().map { FeedMessage($0, epoch: half, head: head) }
            try sockets.publish(messages, epoch: half, head: head)
            KillPoint.pass("host.published")
            metrics.published(messages.count)
            if let last = messages.last { sent.store(last.header.position, ordering: .relaxed) }
        }
    }
}

extension FeedMessage {
    fileprivate init(_ event: LoggedEvent, epoch: UInt64, head: Int64) {
        topic = Array(event.event.type.utf8)
        header = FeedHeader(epoch: epoch, position: event.position, previous: event.previous, head: head)
        var json: [UInt8] = []
        json.reserveCapacity(500 + event.event.data.utf8.count)
        event.appendCloudEvent(to: &json)
        body = json
    }
}
