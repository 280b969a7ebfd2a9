/// The requests that tasks are working on. A client has one that counts: its latest.
struct OpenRequests {
    /// So many of one connection may be in work, as it may give up on one and ask anew.
    private static let limitPerPeer = 4

    private struct Peer {
        var latest: [UInt8]
        var count: Int
    }

    private var peers: [[UInt8]: Peer] = [:]
    private var count = 0

    /// False when there are too many already.
    mutating func open(_ request: DeskMessage, limit: Int) -> Bool {
        let peer = peers[request.peer]?.count ?? 0
        guard count < limit, peer < Self.limitPerPeer else { return false }
        peers[request.peer] = Peer(latest: request.id, count: peer + 1)
        count += 1
        return true
    }

    func isLatest(_ request: DeskMessage) -> Bool { peers[request.peer]?.latest == request.id }

    /// True when it was still the latest one of its client.
    mutating func close(_ request: DeskMessage) -> Bool {
        count -= 1
        guard var peer = peers[request.peer] else { return false }
        let wasLatest = peer.latest == request.id
        peer.count -= 1
        peers[request.peer] = peer.count > 0 ? peer : nil
        return wasLatest
    }

    /// After the connections were cut; their requests are still in work and count until they are closed.
    mutating func forgetPeers() { peers = [:] }
}
