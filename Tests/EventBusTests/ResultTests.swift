import EventKit
import Foundation
import Storage
import Synchronization
import Testing
import TrivselTesting
import ZeroMQ

@testable import EventBus

/// Results that are larger than a message.
@Suite(.timeLimit(.minutes(5)))
struct ResultTests {
    struct Unusable: Error {}

    /// A queue that keeps results in a table, and cannot use empty ones.
    private static let report = WorkQueue(
        name: "report",
        handleResult: { job, result, tx in
            if result.isEmpty { throw Unusable() }
            try tx.execute("INSERT INTO made (key, bytes) VALUES (\(job.key), \(result))")
        })

    private func lay(_ engine: Engine, _ body: (Bed) async throws -> Void) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.database.migrate([
                Migration(module: "made", number: 1, name: "made") {
                    ["CREATE TABLE made (key TEXT NOT NULL, bytes \($0.blob) NOT NULL)"]
                }
            ])
            try await bed.enqueue(["a"], queue: "report")
            try await body(bed)
        }
    }

    private func made(in bed: Bed) async throws -> [[UInt8]] {
        try await bed.database.read { try $0.query("SELECT bytes FROM made") { $0.bytes(0) } }
    }

    private func parts(in bed: Bed) async throws -> Int {
        try await bed.database.read { try $0.first("SELECT count(*) FROM bus_result") { $0.int(0) } } ?? -1
    }

    private func claim(_ job: Job) -> JobClaim { JobClaim(job: job.id, token: job.token ?? "") }

    private func take(from bed: Bed) async throws -> JobClaim {
        claim(try #require(try await bed.jobs.take("report", max: 1, worker: "w").first))
    }

    @Test(arguments: Engine.all)
    func `a result of three million bytes comes over the desk as it was, and its parts are forgotten`(engine: Engine)
        async throws
    {
        try await lay(engine) { bed in
            try await bed.serving(queues: [Self.report]) { endpoints in
                let worker = try WorkerClient(
                    try await bed.client(work: ["report"], at: endpoints), logger: bed.logger)
                let job = try #require(try await worker.take("report").first)
                let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 ^ ($0 >> 8)) }
                try await worker.done(job, bytes: bytes)
                // Its answer was lost and it reports again.
                await #expect(throws: BusError.self) { try await worker.done(job, bytes: bytes) }
                await worker.close()
                #expect(try await made(in: bed) == [bytes])
                #expect(try await parts(in: bed) == 0)
                #expect(try await bed.jobs.find(key: "a")?.state == .done)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a part out of its place changes nothing, and the answer says where to go on`(engine: Engine) async throws {
        try await lay(engine) { bed in
            let claim = try await take(from: bed)
            #expect(try await bed.jobs.keep([1, 2], at: 0, of: claim, queues: ["report"]) == 2)
            #expect(try await bed.jobs.keep([1, 2], at: 0, of: claim, queues: ["report"]) == 2)
            #expect(try await bed.jobs.keep([9], at: 7, of: claim, queues: ["report"]) == 2)
            #expect(try await bed.jobs.keep([], at: 0, of: claim, queues: ["report"]) == 2)
            #expect(try await bed.jobs.keep([3], at: 2, of: claim, queues: ["report"]) == 3)
            let seen = Mutex<[[UInt8]]>([])
            for _ in 1...2 {
                try await bed.jobs.done(claim, size: 3, queues: ["report"]) { _, bytes, _ in
                    seen.withLock { $0.append(bytes) }
                }
            }
            #expect(seen.withLock { $0 } == [[1, 2, 3]])
        }
    }

    @Test(arguments: Engine.all)
    func `what the last holder of a job sent is no part of the next one's result`(engine: Engine) async throws {
        try await lay(engine) { bed in
            let first = try await take(from: bed)
            #expect(try await bed.jobs.keep([1, 2, 3], at: 0, of: first, queues: ["report"]) == 3)
            bed.clock.advance(seconds: 31)
            let second = try await take(from: bed)
            #expect(try await bed.jobs.keep([7], at: 0, of: second, queues: ["report"]) == 1)
            #expect(try await parts(in: bed) == 1)
            await #expect { _ = try await bed.jobs.keep([4], at: 3, of: first, queues: ["report"]) } throws: {
                ($0 as? BusError)?.code == .leaseLost
            }
            try await bed.jobs.done(second, size: 1, queues: ["report"]) { _, bytes, _ in #expect(bytes == [7]) }
        }
    }

    @Test(arguments: Engine.all)
    func `parts renew the lease, are bounded, and go when the job fails`(engine: Engine) async throws {
        try await lay(engine) { bed in
            let claim = try await take(from: bed)
            bed.clock.advance(seconds: 29)
            let large = [UInt8](repeating: 7, count: JobStore.maxResultBytes)
            #expect(try await bed.jobs.keep(large, at: 0, of: claim, queues: ["report"]) == large.count)
            bed.clock.advance(seconds: 29)
            #expect(try await bed.jobs.take("report", max: 1, worker: "other").isEmpty)
            await #expect {
                _ = try await bed.jobs.keep([1], at: large.count, of: claim, queues: ["report"])
            } throws: {
                ($0 as? BusError)?.code == .badRequest
            }
            try await bed.jobs.fail(claim, reason: "ran out of paper", retry: true, queues: ["report"])
            #expect(try await parts(in: bed) == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `a result that is not complete does not end its job`(engine: Engine) async throws {
        try await lay(engine) { bed in
            let claim = try await take(from: bed)
            #expect(try await bed.jobs.keep([1], at: 0, of: claim, queues: ["report"]) == 1)
            await #expect(throws: BusError.self) {
                try await bed.jobs.done(claim, size: 2, queues: ["report"]) { _, _, _ in
                    Issue.record("half a result was used")
                }
            }
            #expect(try await bed.jobs.find(key: "a")?.state == .leased)
        }
    }

    @Test func `a worker goes on with a result where a server that starts anew has it`() async throws {
        try await lay(.sqlite) { bed in
            var bound = BusEndpoints(feed: "tcp://127.0.0.1:*", desk: "tcp://127.0.0.1:*")
            var running: (worker: WorkerClient, end: Task<Void, any Error>)?
            let bytes = [UInt8](repeating: 5, count: 4_000_000)
            try await bed.serving(at: bound, queues: [Self.report]) { endpoints in
                bound = endpoints
                let worker = try WorkerClient(
                    try await bed.client(work: ["report"], at: endpoints), logger: bed.logger)
                let job = try #require(try await worker.take("report").first)
                running = (worker, Task { try await worker.done(job, bytes: bytes) })
                try await eventually("some parts are there") { try await parts(in: bed) > 3 }
            }
            let before = try await parts(in: bed)
            try await bed.serving(at: bound, queues: [Self.report]) { _ in
                let (worker, end) = try #require(running)
                try await end.value
                await worker.close()
            }
            #expect(before < 88, "it was done before the server went: nothing was interrupted")
            #expect(try await made(in: bed) == [bytes])
        }
    }

    @Test func `a result that the host cannot use is a failed attempt`() async throws {
        try await lay(.sqlite) { bed in
            try await bed.serving(queues: [Self.report]) { endpoints in
                let worker = try WorkerClient(
                    try await bed.client(work: ["report"], at: endpoints), logger: bed.logger)
                let job = try #require(try await worker.take("report").first)
                await #expect { try await worker.done(job, bytes: []) } throws: {
                    ($0 as? BusError)?.code == .badRequest
                }
                let failed = try #require(try await bed.jobs.find(key: "a"))
                #expect(failed.state == .waiting && failed.reason == "the host could not use the result")
                await worker.close()
            }
        }
    }

    @Test func `a queue without a use for results takes none, and nonsense is refused`() async throws {
        try await lay(.sqlite) { bed in
            try await bed.serving(queues: [WorkQueue(name: "report")]) { endpoints in
                let credentials = try await bed.client(work: ["report"], at: endpoints)
                let worker = try WorkerClient(credentials, logger: bed.logger)
                let job = try #require(try await worker.take("report").first)
                await #expect(throws: BusError.self) { try await worker.done(job, bytes: [1]) }
                let (raw, happenings) = try RawClient.open(.dealer, credentials)
                for fields in [#""offset":-1,"bytes":"""#, #""offset":0"#, #""offset":0,"bytes":"%%%""#] {
                    let request = #"{"op":"work.result","job":\#(job.job),"token":"\#(job.token)",\#(fields)}"#
                    try await raw.send([Array("1".utf8), Array(request.utf8)])
                    let answer = try #require(await happenings.nextMessage())
                    #expect(Reply.error(in: answer.frames[1])?.code == .badRequest, "\(fields)")
                }
                try await raw.close()
                await worker.close()
            }
        }
    }
}
