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
            let retention = LogRetention(
                log: bed.log, readers: bed.readers, jobs: bed.jobs, days: 30, logger: bed.logger)
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
            let retention = LogRetention(
                log: bed.log, readers: bed.readers, jobs: bed.jobs, days: 1, logger: bed.logger)
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

    @Test(arguments: Engine.all)
    func `what was done goes when its event has gone, what is open or parked stays`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let day: Int64 = 86_400
            try await bed.commit(1...1)
            try await bed.stamped(1)
            try await bed.enqueue(["done", "dropped", "parked", "waiting"])
            let taken = try await bed.jobs.take("mail", max: 3, worker: "w")
            try await bed.jobs.done(claim(taken[0]), queues: ["mail"])
            for job in taken.dropFirst() {
                try await bed.jobs.fail(claim(job), reason: "x", retry: false, queues: ["mail"])
            }
            try await bed.jobs.drop(.one(taken[1].id), reason: "x")
            bed.clock.advance(seconds: 20 * day)
            try await bed.enqueue(["late"])
            let late = try #require(try await bed.jobs.take("mail", max: 9, worker: "w").last { $0.key == "late" })
            try await bed.jobs.done(claim(late), queues: ["mail"])
            let retention = LogRetention(
                log: bed.log, readers: bed.readers, jobs: bed.jobs, days: 30, logger: bed.logger)
            bed.clock.advance(seconds: 11 * day)
            // Its event is the newest, which the log keeps.
            try await retention.forgetAll()
            #expect(try await keys(bed) == ["done", "dropped", "parked", "waiting", "late"])
            try await bed.commit(2...2)
            try await bed.stamped(2)
            try await retention.forgetAll()
            #expect(try await keys(bed) == ["parked", "waiting", "late"])
            bed.clock.advance(seconds: 20 * day)
            try await retention.forgetAll()
            #expect(try await keys(bed) == ["parked", "waiting"])
        }
    }

    private func keys(_ bed: Bed) async throws -> [String] {
        try await bed.database.read { try $0.query("SELECT key FROM bus_job ORDER BY id") { $0.text(0) } }
    }

    private func claim(_ job: Job) -> JobClaim { JobClaim(job: job.id, token: job.token ?? "") }
}
