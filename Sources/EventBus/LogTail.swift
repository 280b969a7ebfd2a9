public import EventKit
public import Storage

/// Reads the log on from a position, batch by batch, for those in the host's own process who keep theirs elsewhere.
public struct LogTail: Sendable {
    /// Everything that matches up to here was given out.
    public private(set) var position: Int64
    /// The log that the position belongs to; nil until the first batch, unless it was known before.
    public private(set) var epoch: String?
    private let log: EventLog
    private let topics: [TopicPattern]

    /// - Parameters:
    ///   - position: the last event that was read; 0 reads all that the log holds.
    ///   - epoch: the log that it belongs to; nil for whichever there is.
    public init(_ log: EventLog, topics: [TopicPattern], after position: Int64, epoch: String? = nil) {
        (self.log, self.topics, self.position, self.epoch) = (log, topics, position, epoch)
    }

    /// What has come since; nil when that is nothing.
    ///
    /// - Throws: `BusError`: `epoch` when the log is another one or ends before the position; `truncated` when it no
    ///   longer holds what comes next.
    public mutating func next(limit: Int, maxBytes: Int = 1 << 20) async throws -> LogBatch? {
        let batch = try await log.read(after: position, matching: topics, limit: limit, maxBytes: maxBytes)
        try batch.check(follows: position, of: epoch)
        epoch = batch.epoch
        guard batch.next > position else { return nil }
        position = batch.next
        return batch
    }
}

extension LogBatch {
    /// A reader whose position is not in this log must not go on as if it were.
    ///
    /// - Parameter position: 0 for one that has read nothing and takes what there is.
    func check(follows position: Int64, of known: String?) throws(BusError) {
        if known.map({ $0 != epoch }) ?? false || position > head {
            throw BusError(.epoch, "the log is another one than was read", epoch: epoch)
        }
        if position > 0 || known != nil, first > position + 1 {
            throw BusError(.truncated, "the log no longer holds what comes next", first: first)
        }
    }
}
