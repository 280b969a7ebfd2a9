import EventKit
import Storage
import Testing
import TrivselTesting

@testable import EventBus

/// Jobs that go to one place are taken one at a time, however many workers there are.
@Suite(.timeLimit(.minutes(5)))
struct LaneTests {
    @Test(arguments: Engine.all)
    func `of a lane one job is taken at a time, in order, and other lanes go on beside it`(engine: Engine) async throws
    {
        try await Bed.lay(engine) { bed in
            try await enqueue(["a1": "a", "a2": "a", "b1": "b", "b2": "b", "free": nil], in: bed)
            let taken = try await take(9, from: bed)
            #expect(taken.map(\.key) == ["free", "a1", "b1"])
            #expect(try await take(9, from: bed).isEmpty)
            try await bed.jobs.done(claim(taken[2]), queues: ["mail"])
            #expect(try await take(9, from: bed).map(\.key) == ["b2"])
            // What comes with the report may be the next of the same lane.
            let next = try await bed.jobs.done(claim(taken[1]), queues: ["mail"], next: (queue: "mail", worker: "w"))
            #expect(next?.key == "a2")
        }
    }

    @Test(arguments: Engine.all)
    func `what a dead worker held comes before the rest of its lane, what failed after it`(
        engine: Engine
    ) async throws {
        try await Bed.lay(engine) { bed in
            try await enqueue(["a1": "a", "a2": "a", "a3": "a"], in: bed)
            #expect(try await take(9, from: bed).map(\.key) == ["a1"])
            bed.clock.advance(seconds: JobStore.leaseSeconds + 1)
            let again = try await take(9, from: bed)
            #expect(again.map(\.key) == ["a1"] && again.first?.attempts == 2)
            try await bed.jobs.fail(claim(again[0]), reason: "x", retry: true, queues: ["mail"])
            let second = try await take(9, from: bed)
            #expect(second.map(\.key) == ["a2"])
            bed.clock.advance(seconds: 1000)
            try await bed.jobs.extend(claim(second[0]), queues: ["mail"])
            #expect(try await take(9, from: bed).isEmpty)
            try await bed.jobs.done(claim(second[0]), queues: ["mail"])
            #expect(try await take(9, from: bed).map(\.key) == ["a3"])
        }
    }

    @Test(arguments: Engine.all)
    func `workers that take at once never have two of a lane`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let lanes = ["a", "b", "c"]
            try await enqueue(
                Dictionary(uniqueKeysWithValues: (0..<60).map { ("\(100 + $0)", lanes[$0 % 3]) }), in: bed)
            let orders = try await withThrowingTaskGroup { group in
                for _ in 0..<6 { group.addTask { try await work(bed) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(orders.count == 60 && orders.allSatisfy { $0 == 1 })
        }
    }

    @Test func `the first of each lane is found by the index, however many wait behind it`() async throws {
        try await Bed.lay { bed in
            let plan = try await bed.database.read { reader in
                try reader.query("EXPLAIN QUERY PLAN \(JobStore.heads("mail", at: bed.clock.now))") { $0.text(3) }
            }
            let looks = plan.filter { $0.contains("bus_job") }
            #expect(looks.count == 4 && looks.allSatisfy { $0.hasPrefix("SEARCH") && $0.contains("USING") }, "\(plan)")
        }
    }

    /// Takes and does jobs until there are none; how many of its lane were in hand with each.
    private func work(_ bed: Bed) async throws -> [Int] {
        var found: [Int] = []
        while try await !bed.jobs.counts().isEmpty {
            guard let job = try await take(1, from: bed).first else { continue }
            found.append(
                try await bed.database.read { reader in
                    try reader.first(
                        """
                        SELECT count(*) FROM bus_job WHERE state = 'leased'
                            AND lane = (SELECT lane FROM bus_job WHERE id = \(job.id))
                        """
                    ) { $0.int(0) } ?? 0
                })
            try await bed.jobs.done(claim(job), queues: ["mail"])
        }
        return found
    }

    private func enqueue(_ jobs: [String: String?], in bed: Bed) async throws {
        try await bed.database.write { [store = bed.jobs] tx in
            for (key, lane) in jobs.sorted(by: { $0.key < $1.key }) {
                try store.enqueue("mail", key: key, payload: "{}", required: false, lane: lane, in: tx)
            }
        }
    }

    private func take(_ max: Int, from bed: Bed) async throws -> [Job] {
        try await bed.jobs.take("mail", max: max, worker: "w")
    }

    private func claim(_ job: Job) -> JobClaim { JobClaim(job: job.id, token: job.token ?? "") }
}
