/// A request as it came in at the desk: who, which of its requests, and the JSON.
struct DeskMessage: Sendable {
    /// The connection.
    let peer: [UInt8]
    /// Chosen by the client, sent back with the answer.
    let id: [UInt8]
    let body: [UInt8]
    let key: ClientKey
}

/// An event as it goes out on the feed.
struct FeedMessage: Sendable {
    let topic: [UInt8]
    let header: FeedHeader
    let body: [UInt8]
}
