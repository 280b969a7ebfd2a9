import EventKit
import ServiceLifecycle
import Storage
import Synchronization
import Testing
import TrivselTesting

@testable import EventBus

@Suite(.timeLimit(.minutes(5)))
struct LogReaderTests {
    struct Broken: Error {}

    private static let table = Migration(module: "test", number: 1, name: "effects") { d in
        ["CREATE TABLE test_effect (position \(d.bigint) PRIMARY KEY)"]
    }

    @Test(arguments: Engine.all)
    func `every event takes effect once, whatever fails in between`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.database.migrate([Self.table])
            try await bed.commit(1...30)
            let failures = Mutex([7: 2, 21: 1])
            let (progress, report) = AsyncStream.makeStream(of: Int.self)
            let reader = LogReader(
                name: "test", topics: [try pattern("*")], log: bed.log, database: bed.database, logger: bed.logger,
                pauses: [.milliseconds(1)], afterCommit: { report.yield(0) }
            ) { event, tx in
                try tx.execute("INSERT INTO test_effect (position) VALUES (\(event.position))")
                let fails = failures.withLock { rest in
                    rest[Int(event.position), default: 0] -= 1
                    return rest[Int(event.position), default: 0] >= 0
                }
                if fails { throw Broken() }
            }
            try await withThrowingTaskGroup { group in
                group.addTask { try await reader.run() }
                group.addTask { try await bed.commit(31...60) }
                for await _ in progress where try await Self.effects(bed).count == 60 { break }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(try await Self.effects(bed) == Array(1...60))
            #expect(failures.withLock { $0[7] == -1 && $0[21] == -1 })
        }
    }

    @Test(arguments: Engine.all)
    func `an event that always fails stops the reader there, and says so`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.database.migrate([Self.table])
            try await bed.commit(1...10)
            let (tries, report) = AsyncStream.makeStream(of: Int64.self)
            let reader = LogReader(
                name: "test", topics: [try pattern("*")], log: bed.log, database: bed.database, logger: bed.logger,
                pauses: [.milliseconds(1)]
            ) { event, tx in
                report.yield(event.position)
                if event.position == 5 { throw Broken() }
                try tx.execute("INSERT INTO test_effect (position) VALUES (\(event.position))")
            }
            let run = Task { try await reader.run() }
            var failures = 0
            for await position in tries where position == 5 {
                failures += 1
                if failures == 4 { break }
            }
            #expect(reader.problem != nil)
            run.cancel()
            try await run.value
            #expect(try await Self.effects(bed) == [1, 2, 3, 4])
        }
    }

    @Test(arguments: Engine.all)
    func `history is skipped also when it has no positions yet`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.commit(1...3)
            try await LogReader.skipHistory(name: "test", log: bed.log, database: bed.database)
            let position = try await bed.database.read { try $0.first("SELECT position FROM bus_reader") { $0.int(0) } }
            #expect(position == 3)
        }
    }

    @Test(arguments: Engine.all)
    func `two hosts with the same reader share its position`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.database.migrate([Self.table])
            let (progress, report) = AsyncStream.makeStream(of: Int64.self)
            let happened = [try pattern(Happened.type)]
            try await withThrowingTaskGroup { group in
                for _ in 1...2 {
                    let reader = LogReader(
                        name: "test", topics: happened, log: bed.log, database: bed.database, logger: bed.logger,
                        afterCommit: { report.yield(0) }
                    ) { event, tx in try tx.execute("INSERT INTO test_effect (position) VALUES (\(event.position))") }
                    group.addTask { try await reader.run() }
                }
                group.addTask { try await bed.commit(1...101) }
                for await _ in progress where try await Self.effects(bed).count == 51 { break }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(try await Self.effects(bed) == Array(stride(from: 1, through: 101, by: 2)))
        }
    }

    @Test(arguments: Engine.all)
    func `a log that is not the one that was read ends the reader with an error`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.commit(1...3)
            for change: SQL in [
                "INSERT INTO bus_reader (name, epoch, position) VALUES ('test', 'another', 1)",
                "UPDATE bus_reader SET position = 9, epoch = (SELECT epoch FROM event_log_epoch)",
            ] {
                _ = try await bed.database.write { try $0.execute(change) }
                let reader = LogReader(
                    name: "test", topics: [try pattern("*")], log: bed.log, database: bed.database, logger: bed.logger
                ) { _, _ in }
                await #expect { try await reader.run() } throws: { ($0 as? BusError)?.code == .epoch }
            }
        }
    }

    private static func effects(_ bed: Bed) async throws -> [Int] {
        try await bed.database.read { try $0.query("SELECT position FROM test_effect ORDER BY position") { $0.int(0) } }
    }
}
