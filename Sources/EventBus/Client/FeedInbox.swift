import Synchronization
import ZeroMQ

/// What came on the feed and was not read yet. Bounded: what comes while it is full is a gap, which the reader repairs.
final class FeedInbox: Sendable {
    private static let limit = 1000

    private let messages = Mutex<[Result<Message, BusError>]>([])
    private let arrivals: AsyncStream<Void>

    /// - Returns: the inbox, and what fills it; the inbox ends when nobody holds that any longer.
    static func make() -> (FeedInbox, put: @Sendable ([Result<Message, BusError>]) -> Void) {
        let (arrivals, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let inbox = FeedInbox(arrivals)
        return (
            inbox,
            {
                inbox.add($0)
                wake.yield()
            }
        )
    }

    private init(_ arrivals: AsyncStream<Void>) { self.arrivals = arrivals }

    /// All that is there, once there is something; nil at the end, or when the task is cancelled. For one reader at a time.
    func take() async -> [Result<Message, BusError>]? {
        while true {
            let found = messages.withLock { messages in
                defer { messages = [] }
                return messages
            }
            if !found.isEmpty { return found }
            guard await arrivals.first(where: { true }) != nil else { return nil }
        }
    }

    private func add(_ new: [Result<Message, BusError>]) {
        messages.withLock { $0 += new.prefix(max(0, Self.limit - $0.count)) }
    }
}
