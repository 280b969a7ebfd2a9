import EventKit
import Storage
import Testing
import TrivselTesting

@testable import EventBus

@Suite(.timeLimit(.minutes(5)))
struct LogRetentionTests {
    @Test(arguments: Engine.all)
    func `old events go once every reader has handled them, the newest never, and positions go on`(
        engine: Engine
    ) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.commit(1...10)
            try await bed.stamped(10)
            let all = [try pattern("*")]
            let holding = try await bed.readers.open("totals", member: "a", types: all, from: 0)
            bed.clock.advance(seconds: 30 * 86_400 + 1)
            let retention = LogRetention(log: bed.log, readers: bed.readers, days: 30, logger: bed.logger)
            try await retention.forgetAll()
            #expect(try await bed.log.bounds().first == 1)
            try await bed.readers.commit("totals", fence: holding.fence, partitions: Array(0..<64), position: 6)
            // Not all partitions have passed.
            try await bed.database.write {
                _ = try $0.execute("UPDATE bus_partition SET position = 4 WHERE \"partition\" = 5")
            }
            try await retention.forgetAll()
            #expect(try await bed.log.bounds().first == 5)
            try await bed.readers.drop("totals")
            try await retention.forgetAll()
            let bounds = try await bed.log.bounds()
            #expect(bounds.first == 10 && bounds.head == 10)
            try await bed.commit(11...12)
            try await bed.stamped(12)
            let rest = try await bed.log.read(after: 9, matching: all, limit: 10, maxBytes: 1 << 20)
            #expect(rest.events.map(\.position) == [10, 11, 12])
        }
    }

    @Test func `young events stay, and a reader that is too far behind is told where the log begins`() async throws {
        try await Bed.lay { bed in
            try await bed.commit(1...5)
            bed.clock.advance(seconds: 86_400)
            try await bed.commit(6...8)
            let retention = LogRetention(log: bed.log, readers: bed.readers, days: 1, logger: bed.logger)
            bed.clock.advance(seconds: 1)
            try await retention.forgetAll()
            #expect(try await bed.log.bounds().first == 6)
            let error = await #expect(throws: BusError.self) {
                try await bed.readers.open("late", member: "a", types: [try pattern("*")], from: 3)
            }
            #expect(error?.code == .truncated && error?.first == 6)
            let new = try await bed.readers.open("new", member: "a", types: [try pattern("*")], from: 0)
            #expect(new.partitions.allSatisfy { $0.position == 5 })
        }
    }
}
