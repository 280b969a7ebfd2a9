import EventBus
import EventKit
import Foundation
import Logging
import Storage

/// An event as small as the product's own are.
struct Happened: EventPayload {
    static let type = "bench.happened.v1"
    var at: Int64
    var campus = "trondheim"
    var category = "equipment"
    var environment = "physical"
    var number = "2026-000123"
    var status = "received"
    var unit = "ie-idi"
}

/// Tells the reader that nothing more comes.
struct Ended: EventPayload {
    static let type = "bench.ended.v1"
}

/// Log, feed, desk and a reader in another process that keeps an inbox: the design's whole way of an event.
struct WholeModel {
    struct Load {
        var producers: Int
        var seconds: Int
        /// Events a second of all producers together; nil: as many as go.
        var rate: Int?
    }

    private let folder: String
    private let database: Database
    private let server: BusServer
    private let credentials: ClientCredentials

    /// Events as fast as producers get them committed, or at a rate, to a reader that hears them live.
    static func run(_ load: Load) async throws {
        try await serving { model in
            let reader = try model.reader(isDurable: false)
            try await model.append(Happened(at: now()))
            try await Task.sleep(for: .seconds(1))
            let began = now()
            let commits = try await model.produce(load)
            try await model.append(Ended())
            var figures = try reader.answer(Figures.self)
            figures.perSecond = Double(commits.count) * 1e9 / Double(now() - began)
            figures.commit = Figures.Spread(commits)
            try figures.print()
        }
    }

    /// A log that was written before, to a reader that begins at its start.
    static func catchUp(count: Int, isDurable: Bool) async throws {
        try await serving { model in
            for start in stride(from: 0, to: count, by: 1000) {
                try await model.database.write { tx in
                    for _ in start..<min(start + 1000, count) {
                        try tx.append(try Event(Happened(at: now()), subject: UUID().uuidString, at: Timestamp.now))
                    }
                }
            }
            try await model.append(Ended())
            var figures = try model.reader(isDurable: isDurable).answer(Figures.self)
            figures.reader = nil
            try figures.print()
        }
    }

    private static func serving(_ body: (WholeModel) async throws -> Void) async throws {
        try await withFolder { folder in
            let database = try await Database.open(DatabaseURL("sqlite:\(folder)/log.sqlite"))
            try await database.migrate(EventLog.migrations + BusSchema.migrations)
            let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
            let (keys, serverKey) = (KeyStore(database: database), try KeyPair.generate())
            let server = try BusServer(
                log: EventLog(database: database, installation: "bench"), keys: keys,
                jobs: JobStore(database: database), queues: [], serverKey: serverKey,
                endpoints: BusEndpoints(feed: "ipc://\(folder)/feed", desk: "ipc://\(folder)/desk"), logger: logger)
            guard let all = TopicPattern("*") else { return }
            let pair = try await keys.make("reader", topics: [all], readers: ["inbox"])
            let credentials = ClientCredentials(
                name: "reader", pair: pair, serverKey: serverKey.publicKey, endpoints: try await server.start())
            let running = Task { try await server.run() }
            try await body(
                WholeModel(folder: folder, database: database, server: server, credentials: credentials))
            running.cancel()
            try? await running.value
            await database.close()
        }
    }

    private func reader(isDurable: Bool) throws -> Child {
        try Child("reader", Reader.Task(credentials: credentials, folder: folder, isDurable: isDurable))
    }

    private func append(_ payload: some EventPayload) async throws {
        let event = try Event(payload, subject: "one", at: Timestamp.now)
        try await database.write { try $0.append(event) }
    }

    /// - Returns: nanoseconds each commit took.
    private func produce(_ load: Load) async throws -> [Int64] {
        let end = now() + Int64(load.seconds) * 1_000_000_000
        return try await withThrowingTaskGroup(of: [Int64].self) { group in
            for producer in 0..<load.producers {
                group.addTask { try await produce(load, producer, until: end) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func produce(_ load: Load, _ producer: Int, until end: Int64) async throws -> [Int64] {
        var took: [Int64] = []
        let pause = load.rate.map { Int64(1_000_000_000 * load.producers / $0) }
        var due = now() + (pause ?? 0) * Int64(producer) / Int64(load.producers)
        let subject = UUID().uuidString
        while now() < end {
            if let pause {
                try await Task.sleep(for: .nanoseconds(max(0, due - now())), tolerance: .zero)
                due += pause
            }
            let began = now()
            let event = try Event(Happened(at: began), subject: subject, at: Timestamp.now)
            try await database.write { try $0.append(event) }
            took.append(now() - began)
        }
        return took
    }
}

extension Timestamp {
    static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
