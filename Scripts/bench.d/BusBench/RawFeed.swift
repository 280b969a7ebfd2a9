import Foundation
import ZeroMQ

/// One publisher, one subscriber in another process, three frames a message as on the feed, nothing dropped.
struct RawFeed {
    struct Address: Codable {
        var endpoint: String
        var count: Int
        var serverKey: String?
    }

    fileprivate static let topic = Array("bench.happened.v1".utf8)
    let bytes: Int
    let count: Int
    let curve: Bool

    func run() throws {
        let context = try Context()
        defer { context.close() }
        let feed = try context.socket(.xpub)
        try feed.set(.xpubNoDrop, 1)
        try feed.set(.linger, 5000)
        let pair = curve ? try CurveKeyPair.generate() : nil
        if let pair { try feed.serveCurve(pair) }
        let path = "\(FileManager.default.temporaryDirectory.path)/bus-bench-\(getpid()).sock"
        let endpoint = try feed.bind("ipc://\(path)")
        let child = try Child("raw-reader", Address(endpoint: endpoint, count: count, serverKey: pair?.publicKey))
        while try feed.receive() == nil { usleep(1000) }
        let (header, body) = ([UInt8](repeating: 1, count: 40), [UInt8](repeating: 120, count: bytes))
        for _ in 0..<count {
            while try !feed.send([Self.topic, header, body]) {}
        }
        try child.answer(Figures.self).print()
    }

    /// The subscriber's process.
    static func read(_ address: Address) async throws {
        let (figures, give) = AsyncStream.makeStream(of: Figures.self)
        let thread = try SocketThread(name: "reader") { try RawReader(address) { give.yield($0) } }
        for await figures in figures {
            try figures.print()
            break
        }
        thread.stop()
        try await thread.ended()
    }
}

/// The subscriber's socket, on a thread as in the product.
private final class RawReader: SocketOwner {
    private let context: Context
    private let feed: Socket
    private let wanted: Int
    private let tell: @Sendable (Figures) -> Void
    private var received = 0
    private var first: Int64 = 0

    init(_ address: RawFeed.Address, tell: @escaping @Sendable (Figures) -> Void) throws {
        context = try Context()
        feed = try context.socket(.sub)
        (wanted, self.tell) = (address.count, tell)
        if let serverKey = address.serverKey { try feed.useCurve(try CurveKeyPair.generate(), serverKey: serverKey) }
        try feed.subscribe(RawFeed.topic)
        try feed.connect(address.endpoint)
    }

    var watched: [Socket] { [feed] }

    func receive(from socket: Socket) throws {
        while try feed.receive(maxFrames: 3, withUser: false) != nil {
            received += 1
            if received == 1 { first = now() }
            if received == wanted { tell(Figures(perSecond: Double(wanted - 1) * 1e9 / Double(now() - first))) }
        }
    }

    func turn() throws -> Int { 1000 }

    func close() { context.close() }
}
