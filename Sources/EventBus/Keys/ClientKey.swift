public import EventKit

/// A client that may come in, and what it may do.
public struct ClientKey: Sendable, Hashable {
    public let name: String
    public let publicKey: String
    /// The event types it may read.
    public let topics: [TopicPattern]
    /// The queues whose jobs it may take.
    public let work: [String]
    /// The durable readers of which it may be a member.
    public let readers: [String]

    public init(name: String, publicKey: String, topics: [TopicPattern], work: [String] = [], readers: [String] = []) {
        self.name = name
        self.publicKey = publicKey
        self.topics = topics
        self.work = work
        self.readers = readers
    }

    /// True when every type that `pattern` matches may be read.
    func mayRead(_ pattern: TopicPattern) -> Bool { topics.contains { $0.covers(pattern) } }

    /// True when a subscription to `topic` gets nothing that may not be read; beacons are for everybody.
    ///
    /// The feed delivers every topic that *begins* so. A whole type is let through all the same: what it would get
    /// beyond itself is its own tenth version.
    func maySubscribe(to topic: [UInt8]) -> Bool {
        if topic == FeedHeader.beaconTopic { return true }
        let text = String(decoding: topic, as: UTF8.self)
        return [text, text + "*"].contains { TopicPattern($0).map(mayRead) ?? false }
    }
}
