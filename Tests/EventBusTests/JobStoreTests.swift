import EventKit
import Storage
import Testing
import TrivselTesting

@testable import EventBus

@Suite(.timeLimit(.minutes(5)))
struct JobStoreTests {
    @Test(arguments: Engine.all)
    func `a key that was enqueued is never enqueued again, even when its job is done`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a", "a"])
            try await bed.enqueue(["a"])
            let job = try #require(try await bed.jobs.take("mail", max: 10, worker: "w").first)
            try await bed.jobs.done(claim(job), queues: ["mail"])
            try await bed.enqueue(["a"])
            #expect(try await bed.jobs.take("mail", max: 10, worker: "w").isEmpty)
            #expect(try await bed.jobs.find(key: "a")?.state == .done)
        }
    }

    @Test(arguments: Engine.all)
    func `what a job was about is forgotten when it is done or dropped, and its key stays`(engine: Engine) async throws
    {
        try await Bed.lay(engine) { bed in
            try await bed.database.write { [jobs = bed.jobs] tx in
                for key in ["done", "unwanted", "parked"] {
                    try jobs.enqueue("mail", key: key, payload: #"{"to":"kari"}"#, required: false, in: tx)
                }
            }
            for job in try await bed.jobs.take("mail", max: 3, worker: "w") {
                #expect(job.payload.contains("kari"))
                switch job.key {
                case "done": try await bed.jobs.done(claim(job), queues: ["mail"])
                case "unwanted": try await bed.jobs.dropUnwanted(claim(job))
                default: try await bed.jobs.fail(claim(job), reason: "550", retry: false, queues: ["mail"])
                }
            }
            // Somebody still has to decide on it.
            let parked = try #require(try await bed.jobs.parked().first)
            #expect(parked.payload.contains("kari"))
            #expect(try await bed.jobs.drop(.one(parked.id), reason: "by hand") == 1)
            for key in ["done", "unwanted", "parked"] {
                #expect(try await bed.jobs.find(key: key)?.payload == "", "\(key)")
            }
            try await bed.enqueue(["done", "unwanted", "parked"])
            #expect(try await bed.jobs.take("mail", max: 3, worker: "w").isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `a clock that goes back lengthens no lease`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a"])
            #expect(try await bed.jobs.take("mail", max: 1, worker: "w").map(\.key) == ["a"])
            bed.clock.advance(seconds: -30)
            #expect(try await bed.jobs.take("mail", max: 1, worker: "w").isEmpty)
            bed.clock.advance(seconds: -7200)
            #expect(try await bed.jobs.take("mail", max: 1, worker: "w").map(\.key) == ["a"])
        }
    }

    @Test(arguments: Engine.all)
    func `a clock that jumped forward and back makes no job wait longer than after a failure`(engine: Engine)
        async throws
    {
        try await Bed.lay(engine) { bed in
            bed.clock.advance(seconds: 40 * 86_400)
            try await bed.enqueue(["new", "failed"])
            let jobs = try await bed.jobs.take("mail", max: 2, worker: "w")
            let failed = try #require(jobs.first { $0.key == "failed" })
            try await bed.jobs.fail(claim(failed), reason: "451", retry: true, queues: ["mail"])
            let other = try #require(jobs.first { $0.key == "new" })
            try await bed.jobs.release([claim(other)])
            bed.clock.advance(seconds: -40 * 86_400)
            #expect(Set(try await bed.jobs.take("mail", max: 2, worker: "w").map(\.key)) == ["new", "failed"])
            // What was put off an hour, the longest there is, waits; so does what waits until it is hastened.
            try await bed.database.write { [jobs = bed.jobs, clock = bed.clock] tx in
                try jobs.enqueue(
                    "mail", key: "later", payload: "{}", required: false, notBefore: clock.now.adding(seconds: 3600),
                    in: tx)
                try jobs.enqueue(
                    "mail", key: "never", payload: "{}", required: false, notBefore: JobStore.never, in: tx)
            }
            #expect(try await bed.jobs.take("mail", max: 2, worker: "w").isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `jobs are taken once, in order, from their own queue`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a", "b", "c"])
            try await bed.enqueue(["d"], queue: "report")
            #expect(try await bed.jobs.take("mail", max: 2, worker: "w").map(\.key) == ["a", "b"])
            let rest = try await bed.jobs.take("mail", max: 2, worker: "w")
            #expect(rest.map(\.key) == ["c"])
            #expect(rest.first?.worker == "w" && rest.first?.attempts == 1 && rest.first?.state == .leased)
        }
    }

    @Test(arguments: Engine.all)
    func `a lease that runs out is taken again, and its old holder can no longer go on`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a"])
            let first = try #require(try await bed.jobs.take("mail", max: 1, worker: "one").first)
            bed.clock.advance(seconds: 29)
            try await bed.jobs.extend(claim(first), queues: ["mail"])
            bed.clock.advance(seconds: 29)
            #expect(try await bed.jobs.take("mail", max: 1, worker: "two").isEmpty)
            bed.clock.advance(seconds: 1)
            let second = try #require(try await bed.jobs.take("mail", max: 1, worker: "two").first)
            #expect(second.id == first.id && second.attempts == 2 && second.messageID == nil)
            for report in [
                { try await bed.jobs.extend(claim(first), queues: ["mail"]) },
                { try await bed.jobs.begin(claim(first), messageID: "m", queues: ["mail"]) },
                { try await bed.jobs.done(claim(first), queues: ["mail"]) },
                { try await bed.jobs.fail(claim(first), reason: "", retry: true, queues: ["mail"]) },
            ] as [() async throws -> Void] {
                await #expect { try await report() } throws: { ($0 as? BusError)?.code == .leaseLost }
            }
            try await bed.jobs.done(claim(second), queues: ["mail"])
        }
    }

    @Test(arguments: Engine.all)
    func `a failed job is tried again after 10 s, 1 min, 10 min and 1 h, then parked`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a"])
            for (attempt, pause) in [10, 60, 600, 3600].enumerated() {
                let job = try #require(try await bed.jobs.take("mail", max: 1, worker: "w").first)
                #expect(job.attempts == attempt + 1)
                try await bed.jobs.fail(claim(job), reason: "450", retry: true, queues: ["mail"])
                bed.clock.advance(seconds: Int64(pause) - 1)
                #expect(try await bed.jobs.take("mail", max: 1, worker: "w").isEmpty)
                bed.clock.advance(seconds: 1)
            }
            let last = try #require(try await bed.jobs.take("mail", max: 1, worker: "w").first)
            try await bed.jobs.fail(claim(last), reason: "451", retry: true, queues: ["mail"])
            // The answer was lost and the worker reports again.
            try await bed.jobs.fail(claim(last), reason: "451", retry: true, queues: ["mail"])
            let parked = try #require(try await bed.jobs.parked().first)
            #expect(parked.key == "a" && parked.reason == "451")
            #expect(try await bed.jobs.counts().map(\.count) == [1])

            #expect(try await bed.jobs.retry(.one(parked.id)) == 1)
            let again = try #require(try await bed.jobs.take("mail", max: 1, worker: "w").first)
            #expect(again.attempts == 1)
            try await bed.jobs.fail(claim(again), reason: "550", retry: false, queues: ["mail"])
            #expect(try await bed.jobs.drop(.one(again.id), reason: "by hand") == 1)
            #expect(try await bed.jobs.find(key: "a")?.state == .dropped)
            #expect(try await bed.jobs.retry(.one(again.id)) == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `a lease that runs out while sending is parked, or sent again under its id if it is required`(engine: Engine)
        async throws
    {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["optional"])
            try await bed.enqueue(["required"], required: true)
            for job in try await bed.jobs.take("mail", max: 2, worker: "w") {
                try await bed.jobs.begin(claim(job), messageID: "<\(job.key)@test>", queues: ["mail"])
            }
            bed.clock.advance(seconds: 31)
            let taken = try await bed.jobs.take("mail", max: 2, worker: "w")
            #expect(taken.map(\.key) == ["required"] && taken.map(\.messageID) == ["<required@test>"])
            let parked = try #require(try await bed.jobs.parked().first)
            #expect(parked.key == "optional" && parked.reason == "ambiguous")
        }
    }

    @Test(arguments: Engine.all)
    func `a slow worker may still report the end of a job that nobody else has taken`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a"])
            let job = try #require(try await bed.jobs.take("mail", max: 1, worker: "w").first)
            try await bed.jobs.begin(claim(job), messageID: "m", queues: ["mail"])
            bed.clock.advance(seconds: 31)
            #expect(try await bed.jobs.take("mail", max: 1, worker: "w").isEmpty)
            #expect(try await bed.jobs.find(key: "a")?.state == .parked)
            try await bed.jobs.done(claim(job), queues: ["mail"])
            #expect(try await bed.jobs.find(key: "a")?.state == .done)
        }
    }

    @Test(arguments: Engine.all)
    func `a worker of another queue cannot report`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a"])
            let job = try #require(try await bed.jobs.take("mail", max: 1, worker: "w").first)
            await #expect(throws: BusError.self) { try await bed.jobs.done(claim(job), queues: ["report"]) }
            await #expect(throws: BusError.self) { try await bed.jobs.done(claim(job), queues: []) }
            #expect(try await bed.jobs.find(key: "a")?.state == .leased)
        }
    }

    @Test(arguments: Engine.all)
    func `what was leased and not handed over is given back without counting`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a"])
            let first = try #require(try await bed.jobs.take("mail", max: 1, worker: "w").first)
            try await bed.jobs.release([claim(first)])
            #expect(try await bed.jobs.take("mail", max: 1, worker: "w").map(\.attempts) == [1])
        }
    }

    @Test(arguments: Engine.all)
    func `many at once take every job once`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue((1...60).map { "job-\($0)" })
            let taken = try await withThrowingTaskGroup(of: [String].self) { group in
                for worker in 1...8 {
                    group.addTask {
                        var keys: [String] = []
                        while true {
                            let jobs = try await bed.jobs.take("mail", max: 3, worker: "w\(worker)")
                            if jobs.isEmpty { return keys }
                            keys += jobs.map(\.key)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.count == Set(taken).count)
            // On PostgreSQL a taker may find all rows that are left locked, and stop before the others have committed.
            #expect(taken.count == 60 || engine == .postgres)
        }
    }

    @Test(arguments: Engine.all)
    func `taking uses the index of what waits`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let plan = try await bed.database.read { reader in
                try reader.plan(
                    of: """
                        SELECT id FROM bus_job WHERE queue = 'mail' AND state = 'waiting' AND not_before <= \
                        \(bed.clock.now)
                        ORDER BY not_before, id LIMIT \(1)
                        """)
            }
            #expect(plan.contains("bus_job_waiting"))
        }
    }
}

private func claim(_ job: Job) -> JobClaim { JobClaim(job: job.id, token: job.token ?? "") }
