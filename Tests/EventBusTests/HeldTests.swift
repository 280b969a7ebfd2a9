import EventKit
import Storage
import Testing
import TrivselTesting

@testable import EventBus

/// Jobs that go to one place are postponed, hastened and forgotten together.
@Suite(.timeLimit(.minutes(5)))
struct HeldTests {
    private func claim(_ job: Job) -> JobClaim { JobClaim(job: job.id, token: job.token ?? "") }

    @Test(arguments: Engine.all)
    func `those whose keys begin alike wait until a moment, or until they are hastened, and keep their order`(
        engine: Engine
    ) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a|2", "b|1", "a|1", "ab|1"])
            let later = bed.clock.now.adding(seconds: 100)
            try await bed.database.write { [jobs = bed.jobs] in
                try jobs.postpone("mail", keys: "a|", until: later, in: $0)
                // Never brought forward by it.
                try jobs.postpone("mail", keys: "a|", until: later.adding(seconds: -50), in: $0)
                try jobs.postpone("other", keys: "b|", until: later, in: $0)
            }
            #expect(try await bed.jobs.take("mail", max: 9, worker: "w").map(\.key) == ["b|1", "ab|1"])
            #expect(try await bed.jobs.oldestWaiting(in: ["mail"]) == ["mail": 0])
            bed.clock.advance(seconds: 99)
            #expect(try await bed.jobs.take("mail", max: 9, worker: "w").allSatisfy { !$0.key.hasPrefix("a|") })
            try await bed.database.write { [jobs = bed.jobs] in try jobs.hasten("mail", keys: "a|", in: $0) }
            #expect(try await bed.jobs.take("mail", max: 9, worker: "w").map(\.key) == ["a|2", "a|1"])
        }
    }

    @Test(arguments: Engine.all)
    func `those that are forgotten are never done, whoever has them in hand`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a|1", "a|2", "a|3", "b|1"])
            let taken = try await bed.jobs.take("mail", max: 2, worker: "w")
            try await bed.jobs.done(claim(taken[0]), result: "said", queues: ["mail"])
            try await bed.database.write { [jobs = bed.jobs] in try jobs.forget("mail", keys: "a|", in: $0) }
            await #expect(throws: BusError.self) {
                try await bed.jobs.fail(claim(taken[1]), reason: "x", retry: true, queues: ["mail"])
            }
            #expect(try await bed.jobs.take("mail", max: 9, worker: "w").map(\.key) == ["b|1"])
            let standing = try await bed.database.read { [jobs = bed.jobs] in
                try jobs.standing("mail", keys: "a|", limit: 9, in: $0)
            }
            #expect(standing.map(\.key) == ["a|3", "a|2", "a|1"])
            #expect(standing.map(\.state) == [.dropped, .dropped, .done] && standing.last?.said == "said")
        }
    }

    @Test(arguments: Engine.all)
    func `a job that its queue holds comes again in a minute, and no attempt is counted`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let queue = WorkQueue(name: "mail", prepare: { _ in throw JobIsHeld() })
            try await bed.serving(queues: [queue]) { endpoints in
                try await bed.enqueue(["a"])
                let worker = try WorkerClient(
                    try await bed.client(work: ["mail"], at: endpoints), logger: bed.logger)
                #expect(try await worker.take("mail", wait: .zero).isEmpty)
                await worker.close()
            }
            let job = try #require(try await bed.jobs.find(key: "a"))
            #expect(job.state == .waiting && job.attempts == 0 && job.notBefore == bed.clock.now.adding(seconds: 60))
        }
    }

    @Test(arguments: Engine.all)
    func `what follows from a report is kept with it or not at all`(engine: Engine) async throws {
        struct Refused: Error {}
        try await Bed.lay(engine) { bed in
            let queue = WorkQueue(
                name: "mail",
                handleReport: { [jobs = bed.jobs] job, tx in
                    try jobs.enqueue(
                        "seen", key: "\(job.key) \(job.state) \(job.reason ?? "-")", payload: "", required: false,
                        in: tx)
                })
            try await bed.serving(queues: [queue, WorkQueue(name: "other")]) { endpoints in
                try await bed.enqueue(["a", "b", "c"])
                let worker = try WorkerClient(
                    try await bed.client(work: ["mail", "other"], at: endpoints), logger: bed.logger)
                let jobs = try await worker.take("mail", max: 3)
                try await worker.done(jobs[0], result: "ok")
                try await worker.fail(jobs[1], reason: "late", retry: true)
                await worker.close()
            }
            await #expect(throws: Refused.self) {
                let job = try #require(try await bed.jobs.find(key: "c"))
                try await bed.jobs.fail(
                    claim(job), reason: "broken", retry: true, queues: ["mail"],
                    follow: { _, _ in throw Refused() })
            }
            for key in ["a done -", "b waiting late"] { #expect(try await bed.jobs.find(key: key) != nil, "\(key)") }
            #expect(try await bed.jobs.find(key: "c")?.state == .leased)
        }
    }
}
