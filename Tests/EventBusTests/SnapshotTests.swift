import EventKit
import Foundation
import Storage
import Testing
import TrivselTesting

@testable import EventBus

@Suite(.timeLimit(.minutes(5)))
struct SnapshotTests {
    private static let table = Migration(module: "test", number: 1, name: "things") { d in
        ["CREATE TABLE test_thing (name \(d.text) PRIMARY KEY, number INTEGER NOT NULL)"]
    }

    private static let things = StateSource(type: "test.thing.v1") { reader, each in
        try reader.forEach("SELECT name, number FROM test_thing ORDER BY name") {
            try each($0.text(0), #"{"number":\#($0.int(1))}"#)
        }
    }

    private static let others = StateSource(type: "other.thing.v1") { _, each in try each("secret", "{}") }

    @Test(arguments: Engine.all)
    func `a reader that comes late gets the state in parts, and goes on with the events after it`(
        engine: Engine
    ) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.database.migrate([Self.table])
            try await bed.commit(1...4)
            try await bed.stamped(4)
            // Some 4 MiB of lines: several parts.
            try await bed.database.write { tx in
                for number in 1...60_000 {
                    try tx.execute("INSERT INTO test_thing (name, number) VALUES (\("thing-\(number)"), \(number))")
                }
            }
            try await bed.serving(states: [Self.things, Self.others]) { endpoints in
                let credentials = try await bed.client(topics: "test.*", at: endpoints)
                let client = try SnapshotClient(credentials, logger: bed.logger)
                var sum = 0
                var count = 0
                let (epoch, position) = try await client.read([try pattern("test.*")]) { item in
                    #expect(item.type == "test.thing.v1")
                    struct Thing: Decodable { var number: Int }
                    sum += try JSONDecoder().decode(Thing.self, from: Data(item.data.utf8)).number
                    count += 1
                }
                #expect(count == 60_000 && sum == 60_000 * 60_001 / 2 && position == 4)
                await client.close()
                let subscriber = try BusSubscriber(
                    credentials, types: [try pattern("test.*")], after: position, epoch: epoch, logger: bed.logger)
                try await bed.commit(5...6)
                #expect(try await subscriber.next(2).map(\.position) == [5, 6])
                await subscriber.close()
            }
        }
    }

    @Test(arguments: Engine.all)
    func `what is committed while a snapshot is written is not in it`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.database.migrate([Self.table])
            let seen = try await bed.database.snapshot { reader in
                let count: () throws -> Int = {
                    try reader.first("SELECT count(*) FROM test_thing") { $0.int(0) } ?? 0
                }
                let before = try count()
                let written = DispatchSemaphore(value: 0)
                Task {
                    try await bed.database.write {
                        _ = try $0.execute("INSERT INTO test_thing (name, number) VALUES ('late', 1)")
                    }
                    written.signal()
                }
                written.wait()
                return (before, try count())
            }
            #expect(seen == (0, 0))
            #expect(try await bed.database.snapshot { try $0.query("SELECT 1 FROM test_thing") { _ in () }.count } == 1)
        }
    }

    @Test func `nobody reads another's snapshot, and too many at once are refused`() async throws {
        try await Bed.lay { bed in
            let snapshots = Snapshots(database: bed.database) { [Self.others] }
            let all = [try pattern("*")]
            let made = try await snapshots.make(all, for: "a")
            #expect(made.items == 1)
            #expect(try await snapshots.part(of: made.snapshot, from: 0, for: "a").next == nil)
            await #expect(throws: BusError.self) { try await snapshots.part(of: made.snapshot, from: 0, for: "b") }
            await #expect(throws: BusError.self) {
                try await snapshots.part(of: made.snapshot, from: made.bytes + 1, for: "a")
            }
            for _ in 2...8 { _ = try await snapshots.make(all, for: "a") }
            let refusal = await #expect(throws: BusError.self) { try await snapshots.make(all, for: "a") }
            #expect(refusal?.code == .busy)
        }
    }
}
