import EventKit
import Logging
import Storage
import Synchronization
import Testing
import TrivselTesting

@testable import EventBus

/// What an operator sees of jobs that were given up, and of queues that stand still.
@Suite(.timeLimit(.minutes(5)))
struct ParkedTests {
    /// Enqueues and parks a job for each key.
    private func park(_ keys: [String], queue: String = "mail", reason: String = "550", in bed: Bed) async throws {
        try await bed.enqueue(keys, queue: queue)
        for job in try await bed.jobs.take(queue, max: keys.count, worker: "w") {
            let claim = JobClaim(job: job.id, token: job.token ?? "")
            try await bed.jobs.fail(claim, reason: reason, retry: false, queues: [queue])
        }
    }

    @Test(arguments: Engine.all)
    func `parked jobs are listed by queue and page, with reason, attempts and since when`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await park(["a", "b"], in: bed)
            bed.clock.advance(seconds: 60)
            try await park(["c"], queue: "report", reason: "no paper", in: bed)
            let all = try await bed.jobs.parked()
            #expect(all.map(\.key) == ["a", "b", "c"])
            #expect(try await bed.jobs.parked("mail").map(\.key) == ["a", "b"])
            #expect(try await bed.jobs.parked(after: all[0].id, limit: 1).map(\.key) == ["b"])
            let last = try #require(try await bed.jobs.parked("report").first)
            #expect(last.reason == "no paper" && last.attempts == 1 && last.changedAt == bed.clock.now)
        }
    }

    @Test(arguments: Engine.all)
    func `all of a queue are retried at once, and another queue's are left`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await park(["a", "b"], in: bed)
            try await park(["c"], queue: "report", in: bed)
            #expect(try await bed.jobs.retry(.queue("mail")) == 2)
            #expect(try await bed.jobs.retry(.queue("mail")) == 0)
            #expect(try await bed.jobs.parked().map(\.key) == ["c"])
            #expect(try await bed.jobs.take("mail", max: 5, worker: "w").map(\.attempts) == [1, 1])
        }
    }

    @Test(arguments: Engine.all)
    func `dropping all spares those that were parked since they were looked at`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await park(["seen"], in: bed)
            let seen = bed.clock.now
            bed.clock.advance(seconds: 1)
            try await park(["unseen"], in: bed)
            #expect(try await bed.jobs.drop(.queue("mail", through: seen), reason: "by hand") == 1)
            #expect(try await bed.jobs.parked().map(\.key) == ["unseen"])
            let dropped = try #require(try await bed.jobs.find(key: "seen"))
            #expect(dropped.state == .dropped && dropped.payload.isEmpty && dropped.reason == "by hand")
        }
    }

    @Test(arguments: Engine.all)
    func `a job that is taken is neither retried nor dropped`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.enqueue(["a"])
            let job = try #require(try await bed.jobs.take("mail", max: 1, worker: "w").first)
            #expect(try await bed.jobs.retry(.one(job.id)) == 0)
            #expect(try await bed.jobs.drop(.one(job.id), reason: "by hand") == 0)
            #expect(try await bed.jobs.find(key: "a")?.state == .leased)
        }
    }

    @Test(arguments: Engine.all)
    func `the age of a queue is that of what is longest due, a lease that ran out with it`(engine: Engine) async throws
    {
        try await Bed.lay(engine) { bed in
            #expect(try await bed.jobs.oldestWaiting(in: ["mail"]) == ["mail": 0])
            try await bed.enqueue(["a", "b"])
            bed.clock.advance(seconds: 100)
            #expect(try await bed.jobs.oldestWaiting(in: ["mail", "report"]) == ["mail": 100, "report": 0])
            let taken = try await bed.jobs.take("mail", max: 2, worker: "w")
            #expect(try await bed.jobs.oldestWaiting(in: ["mail"]) == ["mail": 0])
            let claim = JobClaim(job: taken[0].id, token: taken[0].token ?? "")
            try await bed.jobs.fail(claim, reason: "450", retry: true, queues: ["mail"])
            // It waits for its next attempt; the other one's worker is dead.
            bed.clock.advance(seconds: 9)
            #expect(try await bed.jobs.oldestWaiting(in: ["mail"]) == ["mail": 0])
            bed.clock.advance(seconds: 31)
            #expect(try await bed.jobs.oldestWaiting(in: ["mail"]) == ["mail": 30])
        }
    }

    @Test func `an alarm begins once, lasts, and ends once`() {
        var watch = StallWatch(limit: 60)
        #expect(watch.look(at: ["mail": 59, "report": 0]).isEmpty)
        #expect(watch.look(at: ["mail": 60, "report": 0]) == [.began(StalledQueue(name: "mail", seconds: 60))])
        #expect(watch.look(at: ["mail": 61, "report": 0]).isEmpty)
        #expect(watch.stalled == [StalledQueue(name: "mail", seconds: 61)])
        let both = watch.look(at: ["mail": 0, "report": 90])
        #expect(both == [.began(StalledQueue(name: "report", seconds: 90)), .ended("mail")])
    }

    @Test func `a server says when a queue stands still and when it moves again, each in one line`() async throws {
        try await Bed.lay { bed in
            let lines = LogLines()
            let server = try BusServer(
                log: bed.log, keys: bed.keys, jobs: bed.jobs, queues: [WorkQueue(name: "mail")],
                serverKey: bed.serverKey, endpoints: BusEndpoints(feed: "tcp://127.0.0.1:*", desk: "tcp://127.0.0.1:*"),
                stallSeconds: 60, logger: Logger(label: "test") { _ in lines })
            try await bed.enqueue(["a"])
            bed.clock.advance(seconds: 75)
            try await server.start()
            try await withThrowingTaskGroup { group in
                group.addTask { try await server.run() }
                try await eventually("the alarm") {
                    server.stalledQueues == [StalledQueue(name: "mail", seconds: 75)]
                }
                #expect(try await bed.jobs.take("mail", max: 1, worker: "w").count == 1)
                try await eventually("the alarm's end") { server.stalledQueues.isEmpty }
                group.cancelAll()
                try await group.waitForAll()
            }
            let about = lines.all.filter { $0.contains("queue") }
            #expect(
                about == [
                    "error a queue stands still: nobody takes its work mail", "notice a queue moves again mail",
                ])
        }
    }
}

/// Keeps what is logged: level, message and queue.
private final class LogLines: LogHandler {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }

    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        let queue = event.metadata?["queue"].map { " \($0)" } ?? ""
        lines.withLock { $0.append("\(event.level) \(event.message)\(queue)") }
    }
}
