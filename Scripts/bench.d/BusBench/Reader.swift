import EventBus
import EventKit
import Logging
import Storage

/// A reader in a process of its own that keeps what it got in a database of its own, until ``Ended`` comes.
struct Reader {
    struct Task: Codable {
        var credentials: ClientCredentials
        var folder: String
        /// With its place in the log kept by the host, else by itself.
        var isDurable: Bool
    }

    private static let types = ["bench.*"].compactMap { TopicPattern($0) }
    private let inbox: Database
    private var first: Int64?
    private var count = 0
    private var delays: [Int64] = []

    static func run(_ task: Task) async throws {
        let inbox = try await Database.open(DatabaseURL("sqlite:\(task.folder)/inbox.sqlite"))
        try await inbox.write { try $0.execute("CREATE TABLE inbox (position INTEGER PRIMARY KEY)") }
        let logger = Logger(label: "reader") { _ in SwiftLogNoOpLogHandler() }
        var reader = Reader(inbox: inbox)
        if task.isDurable {
            let (batches, give) = AsyncThrowingStream<[LoggedEvent], any Error>.makeStream()
            let durable = try DurableReader(task.credentials, name: "inbox", types: types, logger: logger)
            let running = _Concurrency.Task {
                try await durable.run { batch in
                    try await Self.keep(batch.events, in: inbox)
                    give.yield(batch.events)
                }
            }
            for try await events in batches where reader.take(events) { break }
            running.cancel()
        } else {
            let subscriber = try BusSubscriber(task.credentials, types: types, logger: logger)
            var batches = subscriber.makeAsyncIterator()
            while let events = try await batches.nextBatch() {
                let isLast = reader.take(events)
                try await Self.keep(events, in: inbox)
                if isLast { break }
            }
            await subscriber.close()
        }
        try reader.figures.print()
        await inbox.close()
    }

    private init(inbox: Database) { self.inbox = inbox }

    private static func keep(_ events: [LoggedEvent], in inbox: Database) async throws {
        let positions = "[\(events.map { String($0.position) }.joined(separator: ","))]"
        try await inbox.write {
            try $0.execute("INSERT INTO inbox (position) SELECT value FROM json_each(\(positions))")
        }
    }

    /// - Returns: true when these were the last.
    private mutating func take(_ events: [LoggedEvent]) -> Bool {
        let time = now()
        if first == nil { first = time }
        count += events.count
        for event in events where event.event.type == Happened.type {
            // The payload begins `{"at":123,`: reading it all would be measured too.
            let digits = event.event.data.utf8.dropFirst(6).prefix { $0 >= 48 && $0 <= 57 }
            if let sent = Int64(String(decoding: digits, as: UTF8.self)) { delays.append(time - sent) }
        }
        return events.contains { $0.event.type == Ended.type }
    }

    private var figures: Figures {
        Figures(perSecond: Double(count) * 1e9 / Double(now() - (first ?? 0)), reader: Figures.Spread(delays))
    }
}
