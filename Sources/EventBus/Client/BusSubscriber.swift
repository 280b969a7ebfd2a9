public import EventKit
public import Logging
import ZeroMQ

/// Reads events over feed and desk, in order, none lost and none twice, beginning after a position that the reader
/// keeps.
///
/// `for try await event in subscriber { … }`: apply the event and store `event.position` and `event.epoch` in one
/// transaction of your own. Iterate once. Ends when it is closed or the task is cancelled.
///
/// Iterating throws `BusError`: `epoch` when the log is another one than the reader knows (a backup was restored),
/// `truncated` when the log no longer holds what comes next, `denied` and `refused` when the key does not allow it.
/// After an error make another one.
public final class BusSubscriber: AsyncSequence, Sendable {
    public typealias Element = LoggedEvent

    private let client: BusClient
    private let types: [TopicPattern]
    private let position: Int64
    private let epoch: String?

    /// - Parameters:
    ///   - position: the last event that was applied; 0 reads all that the log holds.
    ///   - epoch: the log that the position belongs to; nil if it was never stored.
    /// - Throws: `BusError` (`invalid`) for credentials that are malformed.
    public init(
        _ credentials: ClientCredentials, types: [TopicPattern], after position: Int64 = 0, epoch: String? = nil,
        logger: Logger
    ) throws {
        // Subscribed before the first replay, so that nothing falls in between.
        client = try BusClient(credentials, subscriptions: types.map { Array($0.prefix.utf8) }, logger: logger)
        self.types = types
        self.position = position
        self.epoch = epoch
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(client: client, types: types, position: position, epoch: epoch)
    }

    /// Releases the sockets; an iteration ends.
    public func close() async { await client.close() }

    public struct Iterator: AsyncIteratorProtocol {
        private let client: BusClient
        private let types: [TopicPattern]
        /// Everything up to here that matches was given out, or is in `pending`.
        private var position: Int64
        private var epoch: String? { didSet { halfEpoch = epoch.map(FeedHeader.lowHalf) } }
        /// As it stands in each message.
        private var halfEpoch: UInt64?
        private var pending: ArraySlice<LoggedEvent> = []
        private let ahead: ReplayAhead
        /// The log has, or may have, more than the feed brought.
        private var isBehind = true

        fileprivate init(client: BusClient, types: [TopicPattern], position: Int64, epoch: String?) {
            self.client = client
            self.types = types
            self.position = position
            self.epoch = epoch
            halfEpoch = epoch.map(FeedHeader.lowHalf)
            ahead = ReplayAhead(client)
        }

        public mutating func next() async throws -> LoggedEvent? {
            if pending.isEmpty { pending = try await nextBatch()?[...] ?? [] }
            return pending.popFirst()
        }

        /// All events that are at hand, some hundreds at most, once there is one: one transaction can hold them all.
        public mutating func nextBatch() async throws -> [LoggedEvent]? {
            while true {
                if !pending.isEmpty {
                    defer { pending = [] }
                    return Array(pending)
                }
                if isBehind {
                    do { try await catchUp() } catch is CancellationError { return nil }
                } else {
                    guard let messages = await client.feed.take() else { return nil }
                    for message in messages where !isBehind {
                        if let event = try take(message.get()) { pending.append(event) }
                    }
                }
            }
        }

        private mutating func catchUp() async throws {
            let request = DeskRequest(
                op: "replay", from: position == 0 ? 0 : position + 1, types: types.map(\.description), epoch: epoch)
            let answer = try await ahead.answer(to: request)
            epoch = answer.epoch
            position = answer.next
            pending = try answer.events()[...]
            isBehind = answer.next < answer.head
        }

        /// The event of a feed message, if it is the next one; what cannot be told to be next makes the reader ask the
        /// desk.
        private mutating func take(_ message: Message) throws -> LoggedEvent? {
            guard message.frames.count >= 2, let header = FeedHeader(message.frames[1]) else { return nil }
            if header.epoch != halfEpoch || header.head < position {
                isBehind = true
                return nil
            }
            if header.position == 0 {
                isBehind = header.head > position
                return nil
            }
            guard header.position > position else { return nil }
            let type = String(decoding: message.frames[0], as: UTF8.self)
            guard isNext(header, type) else {
                isBehind = true
                return nil
            }
            position = header.position
            guard types.contains(where: { $0.matches(type) }) else { return nil }
            guard message.frames.count == 3, let epoch,
                let event = LoggedEvent(cloudEvent: message.frames[2], previous: header.previous, epoch: epoch)
            else { throw BusError(.badRequest, "a message of the feed cannot be read") }
            return event
        }

        /// By the position. By `previous` only for a reader of one whole type: with more of them what lies between may
        /// be an event of another one that got lost.
        private func isNext(_ header: FeedHeader, _ type: String) -> Bool {
            header.position == position + 1
                || (types.count == 1 && types[0].description == type && header.previous <= position)
        }
    }
}
