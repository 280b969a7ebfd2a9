import EventKit
import Storage
import Synchronization
import Testing
import TrivselTesting
import ZeroMQ

@testable import EventBus

@Suite(.timeLimit(.minutes(5)))
struct WorkTests {
    private static let mail = WorkQueue(name: "mail")

    @Test(arguments: Engine.all)
    func `two workers share 200 jobs, and none is done twice`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.serving(queues: [Self.mail]) { endpoints in
                let done = Tally()
                try await withThrowingTaskGroup { group in
                    for name in ["one", "two"] {
                        let worker = try WorkerClient(
                            try await bed.client(name, work: ["mail"], at: endpoints), logger: bed.logger)
                        group.addTask {
                            while done.keys.count < 200 {
                                for job in try await worker.take("mail", max: 4, wait: .seconds(1)) {
                                    done.add(job.key)
                                    try await worker.done(job)
                                }
                            }
                            await worker.close()
                        }
                    }
                    for part in 0..<20 { try await bed.enqueue((1...10).map { "job-\(part * 10 + $0)" }) }
                    try await group.waitForAll()
                }
                #expect(done.keys.count == 200)
                #expect(Set(done.keys).count == 200)
                #expect(try await bed.jobs.counts().isEmpty)
            }
        }
    }

    @Test func `a killed worker's job is taken again once its lease has run out`() async throws {
        try await Bed.lay { bed in
            try await bed.serving(queues: [Self.mail]) { endpoints in
                let credentials = try await bed.client(work: ["mail"], at: endpoints)
                try await bed.enqueue(["a"])
                let killed = try WorkerClient(credentials, logger: bed.logger)
                let first = try #require(try await killed.take("mail").first)
                await killed.close()
                let worker = try WorkerClient(credentials, logger: bed.logger)
                #expect(try await worker.take("mail", wait: .zero).isEmpty)
                bed.clock.advance(seconds: 30)
                let second = try #require(try await worker.take("mail").first)
                #expect(second.job == first.job && second.attempt == 2)
                await #expect { try await worker.done(first) } throws: { ($0 as? BusError)?.code == .leaseLost }
                try await worker.done(second)
                await worker.close()
            }
        }
    }

    @Test func `a worker that waits gets a job when it comes`() async throws {
        try await Bed.lay { bed in
            try await bed.serving(queues: [Self.mail]) { endpoints in
                let worker = try WorkerClient(try await bed.client(work: ["mail"], at: endpoints), logger: bed.logger)
                async let taken = worker.take("mail")
                try await bed.enqueue(["a"])
                #expect(try await taken.map(\.key) == ["a"])
                await worker.close()
            }
        }
    }

    @Test func `a worker that goes away while it waits takes no job with it`() async throws {
        try await Bed.lay { bed in
            try await bed.serving(queues: [Self.mail]) { endpoints in
                let credentials = try await bed.client(work: ["mail"], at: endpoints)
                let leaving = try WorkerClient(credentials, logger: bed.logger)
                // Answered, so it is connected; then it waits and is gone.
                #expect(try await leaving.take("mail", wait: .zero).isEmpty)
                let wait = Task { try await leaving.take("mail") }
                wait.cancel()
                await #expect(throws: CancellationError.self) { try await wait.value }
                await leaving.close()
                try await bed.enqueue(["a"])
                let worker = try WorkerClient(credentials, logger: bed.logger)
                let job = try #require(try await worker.take("mail").first)
                #expect(job.attempt == 1)
                await worker.close()
            }
        }
    }

    @Test func `a waiting worker survives a server that starts anew`() async throws {
        try await Bed.lay { bed in
            var bound = BusEndpoints(feed: "tcp://127.0.0.1:*", desk: "tcp://127.0.0.1:*")
            var waiting: (worker: WorkerClient, take: Task<[TakenJob], any Error>)?
            try await bed.serving(at: bound, queues: [Self.mail]) { endpoints in
                bound = endpoints
                let worker = try WorkerClient(try await bed.client(work: ["mail"], at: endpoints), logger: bed.logger)
                #expect(try await worker.take("mail", wait: .zero).isEmpty)
                waiting = (worker, Task { try await worker.take("mail") })
            }
            try await bed.enqueue(["a"])
            try await bed.serving(at: bound, queues: [Self.mail]) { _ in
                let (worker, take) = try #require(waiting)
                #expect(try await take.value.map(\.key) == ["a"])
                await worker.close()
            }
        }
    }

    @Test func `a worker that reports a job done takes the next with the same request`() async throws {
        try await Bed.lay { bed in
            try await bed.serving(queues: [Self.mail]) { endpoints in
                let worker = try WorkerClient(try await bed.client(work: ["mail"], at: endpoints), logger: bed.logger)
                try await bed.enqueue(["a", "b"])
                let first = try #require(try await worker.take("mail").first)
                let second = try #require(try await worker.done(first, thenTake: "mail"))
                #expect(second.key == "b" && second.attempt == 1)
                #expect(try await bed.jobs.find(key: "a")?.state == .done)
                #expect(try await worker.done(second, thenTake: "mail") == nil)
                #expect(try await bed.jobs.counts().isEmpty)
                await worker.close()
            }
        }
    }

    @Test func `a job that was taken with a report goes back when the answer reaches nobody`() async throws {
        try await Bed.lay { bed in
            let (prepared, prepare) = AsyncStream.makeStream(of: Void.self)
            let queue = WorkQueue(name: "mail") { job in
                if job.key == "b" { for await _ in prepared { break } }
                return job.payload
            }
            try await bed.serving(queues: [queue]) { endpoints in
                try await bed.enqueue(["a", "b"])
                let job = try #require(try await bed.jobs.take("mail", max: 1, worker: "reader").first)
                let (client, happenings) = try RawClient.open(
                    .dealer, try await bed.client(work: ["mail"], at: endpoints))
                let claim = #""job":\#(job.id),"token":"\#(job.token ?? "")""#
                let done = #"{"op":"work.done",\#(claim),"queue":"mail"}"#
                try await client.send([Array("1".utf8), Array(done.utf8)])
                try await eventually("b is taken") { try await bed.jobs.find(key: "b")?.state == .leased }
                // Who asks anew waits for no other answer.
                try await client.send([Array("2".utf8), Array(#"{"op":"work.done",\#(claim)}"#.utf8)])
                #expect(await happenings.nextMessage()?.frames.first == Array("2".utf8))
                prepare.yield()
                try await eventually("b waits again") { try await bed.jobs.find(key: "b")?.state == .waiting }
                #expect(try await bed.jobs.find(key: "b")?.attempts == 0)
                #expect(try await bed.jobs.find(key: "a")?.state == .done)
                try await client.close()
            }
        }
    }

    @Test func `a call that the host cannot answer now is made again`() async throws {
        try await Bed.lay { bed in
            try await bed.serving(queues: [Self.mail]) { endpoints in
                let worker = try WorkerClient(try await bed.client(work: ["mail"], at: endpoints), logger: bed.logger)
                try await bed.enqueue(["a"])
                try await bed.database.write { _ = try $0.execute("ALTER TABLE bus_job RENAME TO bus_away") }
                async let taken = worker.take("mail")
                await bed.counted.reach(1, of: "trivsel_desk_requests_total")
                try await bed.database.write { _ = try $0.execute("ALTER TABLE bus_away RENAME TO bus_job") }
                #expect(try await taken.map(\.key) == ["a"])
                #expect(bed.counted.value("trivsel_desk_requests_total") >= 2)
                await worker.close()
            }
        }
    }

    @Test func `the host readies a job when it is taken, drops what is not wanted, and retries what cannot be readied`()
        async throws
    {
        struct Broken: Error {}
        let queue = WorkQueue(name: "mail") { job in
            switch job.key {
            case "unwanted": nil
            case "broken": throw Broken()
            default: "ready \(job.key)"
            }
        }
        try await Bed.lay { bed in
            try await bed.enqueue(["unwanted", "broken", "good"])
            try await bed.serving(queues: [queue]) { endpoints in
                let worker = try WorkerClient(try await bed.client(work: ["mail"], at: endpoints), logger: bed.logger)
                #expect(try await worker.take("mail", max: 5).map(\.payload) == ["ready good"])
                #expect(try await bed.jobs.find(key: "unwanted")?.state == .dropped)
                #expect(try await bed.jobs.find(key: "broken")?.state == .waiting)
                await worker.close()
            }
        }
    }

    @Test func `a job that was being sent when its worker died is parked, or comes again under its id`() async throws {
        try await Bed.lay { bed in
            try await bed.serving(queues: [Self.mail]) { endpoints in
                let worker = try WorkerClient(try await bed.client(work: ["mail"], at: endpoints), logger: bed.logger)
                try await bed.enqueue(["optional"])
                try await bed.enqueue(["required"], required: true)
                for job in try await worker.take("mail", max: 2) {
                    try await worker.begin(job, messageID: "<\(job.key)@test>")
                }
                bed.clock.advance(seconds: 30)
                let again = try #require(try await worker.take("mail").first)
                #expect(again.key == "required" && again.messageID == "<required@test>")
                try await worker.extend(again)
                try await worker.fail(again, reason: "451 try later", retry: true)
                #expect(try await bed.jobs.parked().map(\.key) == ["optional"])
                #expect(try await bed.jobs.find(key: "required")?.reason == "451 try later")
                await worker.close()
            }
        }
    }
}

private final class Tally: Sendable {
    private let list = Mutex<[String]>([])

    var keys: [String] { list.withLock { $0 } }

    func add(_ key: String) { list.withLock { $0.append(key) } }
}
