import EventKit
import Storage
import Synchronization
import Testing
import TrivselTesting

struct EventLogTests {
    private static let tables =
        EventLog.migrations + [
            Migration(module: "test", number: 1, name: "table") { d in
                ["CREATE TABLE test_change (id \(d.identity), event TEXT)"]
            }
        ]

    private func event(_ type: String, _ subject: String = "case-1", data: String = "{}") -> Event {
        let time = Timestamp(milliseconds: 1_795_000_000_123)
        return Event(id: Identifier.make(at: time), type: type, subject: subject, time: time, data: data)
    }

    private func patterns(_ texts: String...) throws -> [TopicPattern] {
        try texts.map { try #require(TopicPattern($0)) }
    }

    /// Opens a log that holds events of these types, one transaction each.
    private func withLog(
        _ engine: Engine, holding types: [String] = [], _ body: (Database, EventLog) async throws -> Void
    ) async throws {
        try await TestDatabase.with(engine, Self.tables) { database in
            let log = EventLog(database: database, installation: "ntnu")
            for type in types {
                let event = event(type)
                try await database.write { tx in try tx.append(event) }
            }
            try await log.waitUntilHead(isAt: Int64(types.count))
            try await body(database, log)
        }
    }

    @Test(arguments: Engine.all)
    func `an empty log says so`(engine: Engine) async throws {
        try await withLog(engine) { _, log in
            let bounds = try await log.bounds()
            #expect(bounds.epoch.utf8.count == 32)
            #expect((bounds.first, bounds.head) == (1, 0))
            let batch = try await log.read(after: 0, matching: try patterns("*"), limit: 10, maxBytes: 1000)
            #expect((batch.events.count, batch.next) == (0, 0))
        }
    }

    @Test(arguments: Engine.all)
    func `an event is read as it was appended, with its source and place`(engine: Engine) async throws {
        try await withLog(engine, holding: ["deviations.received.v1"]) { database, log in
            var sent = event("deviations.received.v1", "case-å", data: #"{"unit":"IE"}"#)
            sent.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            try await database.write { [sent] tx in try tx.append(sent) }
            try await log.waitUntilHead(isAt: 2)
            let batch = try await log.read(after: 1, matching: try patterns("*"), limit: 10, maxBytes: 1000)
            let expected = LoggedEvent(
                event: sent, position: 2, previous: 1, epoch: try await log.bounds().epoch,
                source: "/trivsel/ntnu/deviations",
                dataSchema: "http://localhost/api/v1/events/deviations.received.v1/schema")
            #expect(batch.events == [expected])
        }
    }

    @Test(arguments: Engine.all)
    func `an event of a write that throws is not in the log`(engine: Engine) async throws {
        struct Refusal: Error {}
        try await withLog(engine, holding: ["a.b.v1"]) { database, log in
            let (lost, kept) = (event("lost.b.v1"), event("a.b.v1"))
            try? await database.write { tx in
                try tx.append(lost)
                throw Refusal()
            }
            try await database.write { tx in try tx.append(kept) }
            try await log.waitUntilHead(isAt: 2)
            let batch = try await log.read(after: 0, matching: try patterns("*"), limit: 10, maxBytes: 10_000)
            #expect(batch.events.map(\.event.type) == ["a.b.v1", "a.b.v1"])
        }
    }

    @Test(arguments: Engine.all)
    func `previous is the position of the event of the same type before it`(engine: Engine) async throws {
        try await withLog(engine, holding: ["a.x.v1", "b.x.v1", "a.x.v1", "a.x.v1", "b.x.v1"]) { _, log in
            let batch = try await log.read(after: 0, matching: try patterns("*"), limit: 10, maxBytes: 10_000)
            #expect(batch.events.map(\.position) == [1, 2, 3, 4, 5])
            #expect(batch.events.map(\.previous) == [0, 0, 1, 3, 2])
        }
    }

    @Test(
        arguments: Engine.all,
        [
            (["deviations.*"], 0, 10, [1, 2, 5], 6),
            (["deviations.*"], 0, 2, [1, 2], 2),
            (["deviations.*"], 2, 10, [5], 6),
            (["deviations.*"], 5, 10, [], 6),
            (["meetings.held.v1"], 0, 1, [3], 3),
            (["meetings.held.v1", "deviations.closed.v1"], 0, 10, [2, 3, 5], 6),
            (["meetings.held"], 0, 10, [], 6),
            (["nothing.*"], 0, 10, [], 6),
            (["*"], 0, 4, [1, 2, 3, 4], 4),
            ([], 0, 10, [], 6),
            (["*"], 99, 10, [], 6),
        ] as [([String], Int64, Int, [Int64], Int64)])
    func `a reader gets what its patterns match, and how far that reaches`(
        engine: Engine, wanted: (patterns: [String], after: Int64, limit: Int, positions: [Int64], next: Int64)
    ) async throws {
        let types = [
            "deviations.received.v1", "deviations.closed.v1", "meetings.held.v1", "deviationsx.odd.v1",
            "deviations.closed.v1", "z.z.v1",
        ]
        try await withLog(engine, holding: types) { _, log in
            let batch = try await log.read(
                after: wanted.after, matching: wanted.patterns.compactMap { TopicPattern($0) }, limit: wanted.limit,
                maxBytes: 100_000)
            #expect(batch.events.map(\.position) == wanted.positions)
            #expect(batch.next == wanted.next)
            #expect((batch.first, batch.head) == (1, 6))
        }
    }

    @Test(arguments: Engine.all)
    func `a batch ends before it is too large, but holds at least one event`(engine: Engine) async throws {
        try await withLog(engine) { database, log in
            let events = (1...3).map { _ in event("a.b.v1", data: "{\"x\":\"\(String(repeating: "x", count: 3000))\"}")
            }
            try await database.write { tx in for event in events { try tx.append(event) } }
            try await log.waitUntilHead(isAt: 3)
            let two = try await log.read(after: 0, matching: try patterns("a.*"), limit: 10, maxBytes: 8000)
            #expect((two.events.map(\.position), two.next) == ([1, 2], 2))
            #expect(two.events.map(\.cloudEvent.utf8.count).reduce(0, +) < 8000)
            let one = try await log.read(after: two.next, matching: try patterns("a.*"), limit: 10, maxBytes: 100)
            #expect((one.events.map(\.position), one.next) == ([3], 3))
        }
    }

    @Test(arguments: Engine.all)
    func `sixty-four writers at once leave positions without holes, each writer's in its order`(engine: Engine)
        async throws
    {
        let (writers, each) = (64, 10)
        try await withLog(engine) { database, log in
            try await withThrowingTaskGroup { group in
                for writer in 0..<writers {
                    group.addTask {
                        for number in 0..<each {
                            let event = event("a.w\(writer % 7).v1", "writer-\(writer)", data: "{\"n\":\(number)}")
                            try await database.write { tx in
                                try tx.execute("INSERT INTO test_change (event) VALUES (\(event.id))")
                                try tx.append(event)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let total = Int64(writers * each)
            try await log.waitUntilHead(isAt: total)
            let batch = try await log.read(after: 0, matching: try patterns("*"), limit: 1000, maxBytes: 10_000_000)
            #expect(batch.events.map(\.position) == Array(1...total))
            for (_, events) in Dictionary(grouping: batch.events, by: \.event.subject) {
                #expect(events.map(\.event.data) == (0..<each).map { "{\"n\":\($0)}" })
            }
            var last: [String: Int64] = [:]
            for logged in batch.events {
                #expect(logged.previous == last[logged.event.type] ?? 0)
                last[logged.event.type] = logged.position
            }
            guard engine == .sqlite else { return }
            let inOrderOfCommit = try await database.read {
                try $0.query("SELECT event FROM test_change ORDER BY id") { $0.text(0) }
            }
            #expect(batch.events.map(\.event.id) == inOrderOfCommit)
        }
    }

    @Test func `what this process commits is told of as reading would give it, before the change is answered`()
        async throws
    {
        struct Refusal: Error {}
        try await withLog(.sqlite, holding: ["a.x.v1", "b.x.v1"]) { database, log in
            let told = Mutex<[CommittedEvents]>([])
            log.onCommit { committed in told.withLock { $0.append(committed) } }
            let events = ["a.x.v1", "c.x.v1", "b.x.v1"].map { event($0) }
            try await database.write { tx in for event in events.prefix(2) { try tx.append(event) } }
            #expect(told.withLock { $0.map(\.last) } == [4] && log.knownHead == 4)
            // What is refused leaves no place taken, alone as among others.
            try? await database.write { tx in
                try tx.append(events[1])
                throw Refusal()
            }
            async let refused: Void? = try? database.write { tx in
                try tx.append(events[1])
                throw Refusal()
            }
            async let kept: Void = database.write { tx in try tx.append(events[2]) }
            _ = await refused
            try await kept
            let read = try await log.read(after: 2, matching: try patterns("*"), limit: 10, maxBytes: 10_000)
            let all = told.withLock { $0 }
            #expect(all.flatMap { log.events(of: $0) } == read.events && read.events.map(\.position) == [3, 4, 5])
            #expect(all.allSatisfy { $0.epoch == read.epoch })
            log.onCommit(nil)
            try await database.write { tx in try tx.append(events[0]) }
            #expect(told.withLock { $0.last?.last } == 5)
        }
    }

    @Test func `what others have committed is known of, and told of by nobody`() async throws {
        try await withLog(.sqlite) { database, log in
            let told = Mutex<[Int64]>([])
            log.onCommit { committed in told.withLock { $0.append(committed.first) } }
            let other = try await Database.open(database.url)
            let event = event("a.b.v1")
            try await other.write { tx in try tx.append(event) }
            await other.close()
            for await _ in log.changes() where log.knownHead == 1 { break }
            try await database.write { tx in try tx.append(event) }
            #expect(told.withLock { $0 } == [2] && log.knownHead == 2)
        }
    }

    @Test func `an event that is inserted early and committed late is not skipped`() async throws {
        try await withLog(.postgres) { database, log in
            let (late, early) = (event("a.late.v1"), event("a.early.v1"))
            let insertion: SQL = """
                INSERT INTO event_log (id, type, subject, "partition", time, body)
                VALUES (\(late.id), \(late.type), \(late.subject), 0, \(late.time), \(late.data))
                """
            try await database.holdingWriter(insertion) {
                try await database.write { tx in try tx.append(early) }
                try await log.waitUntilHead(isAt: 1)
            }
            try await log.waitUntilHead(isAt: 2)
            let batch = try await log.read(after: 1, matching: try patterns("*"), limit: 10, maxBytes: 1000)
            #expect(batch.events.map(\.event.id) == [late.id])
        }
    }

    @Test(arguments: Engine.all)
    func `another process's events are noticed`(engine: Engine) async throws {
        try await withLog(engine) { database, log in
            let other = try await Database.open(database.url)
            let event = event("a.b.v1")
            try await other.write { tx in try tx.append(event) }
            await other.close()
            try await log.waitUntilHead(isAt: 1)
            #expect(try await log.bounds().head == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `when the process that stamps has ended, another takes over`(engine: Engine) async throws {
        try await withLog(engine) { database, log in
            let first = try await Database.open(database.url)
            let firstLog = EventLog(database: first, installation: "ntnu")
            let events = [event("a.b.v1"), event("a.b.v1")]
            try await first.write { tx in try tx.append(events[0]) }
            try await firstLog.waitUntilHead(isAt: 1)
            await database.close()
            try await first.write { tx in try tx.append(events[1]) }
            try await firstLog.waitUntilHead(isAt: 2)
            #expect(try await firstLog.bounds().head == 2)
            await first.close()
        }
    }

    @Test(arguments: Engine.all)
    func `the stream of changes ends when the database is closed`(engine: Engine) async throws {
        try await withLog(engine) { database, log in
            let changes = log.changes()
            await database.close()
            var count = 0
            for await _ in changes { count += 1 }
            #expect(count <= 1)
        }
    }

    @Test(arguments: Engine.all)
    func `reading one type uses its index`(engine: Engine) async throws {
        try await withLog(engine, holding: ["a.b.v1"]) { database, _ in
            let plan = try await database.write { tx in
                // PostgreSQL prefers to scan a table as small as this one.
                if engine == .postgres { try tx.execute("SET LOCAL enable_seqscan = off") }
                return try tx.plan(
                    of:
                        "SELECT position FROM event_log WHERE type = \("a.b.v1") AND position > \(0) ORDER BY position LIMIT 5"
                )
            }
            #expect(plan.contains("event_log_type"))
            #expect(!plan.lowercased().contains("sort") && !plan.contains("TEMP B-TREE"))
        }
    }
}
