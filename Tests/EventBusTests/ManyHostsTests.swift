import EventKit
import Storage
import Testing
import TrivselTesting
import ZeroMQ

@testable import EventBus

/// Clients of two hosts on one log, one of which goes away.
@Suite(.timeLimit(.minutes(5)))
struct ManyHostsTests {
    private static let mail = WorkQueue(name: "mail")

    @Test(arguments: Engine.all)
    func `a subscriber of two hosts gets each event once, also when the first of them has gone`(
        engine: Engine
    ) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.serving { second in
                var reader: BusSubscriber?
                var events: BusSubscriber.Iterator?
                try await bed.serving { first in
                    let subscriber = try BusSubscriber(
                        try await bed.client(at: first.and(second)), types: [try pattern("*")], logger: bed.logger)
                    reader = subscriber
                    events = subscriber.makeAsyncIterator()
                    try await bed.commit(1...20)
                    #expect(try await events?.next(20).map(\.position) == Array(1...20))
                    try await bed.commit(21...40)
                    #expect(try await events?.next(20).map(\.position) == Array(21...40))
                }
                try await bed.commit(41...60)
                #expect(try await events?.next(20).map(\.position) == Array(41...60))
                await reader?.close()
            }
        }
    }

    @Test func `a client is connected to the feeds of both hosts at once`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { first in
                try await bed.serving { second in
                    let credentials = try await bed.client(at: first.and(second))
                    let client = try BusClient(credentials, subscriptions: [[]], logger: bed.logger)
                    var copies: [Int64: Int] = [:]
                    // One more with each message, of which the first are beacons, until both are connected.
                    while !copies.values.contains(2), let messages = await client.feed.take() {
                        try await bed.commit(1...1)
                        for message in messages {
                            guard let header = FeedHeader(try message.get().frames[1]), header.position > 0 else {
                                continue
                            }
                            copies[header.position, default: 0] += 1
                        }
                    }
                    await client.close()
                    #expect(copies.values.max() == 2)
                }
            }
        }
    }

    @Test func `a worker asks the next desk when its own is silent or was never there`() async throws {
        try await Bed.lay { bed in
            try await bed.serving(queues: [Self.mail]) { second in
                var worker: WorkerClient?
                try await bed.serving(queues: [Self.mail]) { first in
                    var endpoints = first.and(second)
                    // Nobody listens at the first of three.
                    endpoints.desk = "tcp://127.0.0.1:1," + endpoints.desk
                    let client = try WorkerClient(
                        try await bed.client(work: ["mail"], at: endpoints), logger: bed.logger)
                    worker = client
                    try await bed.enqueue(["a"])
                    let job = try #require(try await client.take("mail").first)
                    #expect(job.key == "a")
                    try await client.done(job)
                }
                try await bed.enqueue(["b"])
                let job = try #require(try await worker?.take("mail").first)
                #expect(job.key == "b")
                try await worker?.done(job)
                await worker?.close()
                #expect(try await bed.jobs.find(key: "b")?.state == .done)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a durable reader of two hosts goes on at the other when one has gone`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let progress = AsyncStream.makeStream(of: [Int64].self)
            var batches = progress.stream.makeAsyncIterator()
            var positions: [Int64] = []
            func reach(_ last: Int64) async {
                while positions.last ?? 0 < last, let batch = await batches.next() { positions += batch }
            }
            try await bed.serving { second in
                try await withThrowingTaskGroup { group in
                    try await bed.serving { first in
                        let reader = try DurableReader(
                            try await bed.client(readers: ["totals"], at: first.and(second)), name: "totals",
                            types: [try pattern("*")], logger: bed.logger)
                        group.addTask {
                            try await reader.run { progress.continuation.yield($0.events.map(\.position)) }
                        }
                        try await bed.commit(1...20)
                        await reach(20)
                    }
                    try await bed.commit(21...40)
                    await reach(40)
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
            #expect(Set(positions) == Set(1...40))
            #expect(positions.filter { $0 > 20 } == Array(21...40))
        }
    }

    @Test func `addresses that lead nowhere are told apart, and have one on this machine`() {
        for address in ["tcp://0.0.0.0:5561", "tcp://*:5561", "tcp://[::]:5561", "tcp://10.0.0.5:5561,tcp://0.0.0.0:1"]
        {
            #expect(!BusEndpoints(feed: address).canBeReached, "\(address)")
            #expect(!BusEndpoints(desk: address).canBeReached, "\(address)")
        }
        let good = BusEndpoints(feed: "tcp://10.0.0.5:5561,tcp://db1.example:5561", desk: "ipc:///run/trivsel/desk")
        #expect(good.canBeReached && good.here == good)
        #expect(
            BusEndpoints(feed: "tcp://0.0.0.0:7001", desk: "tcp://[::]:7002").here
                == BusEndpoints(feed: "tcp://127.0.0.1:7001", desk: "tcp://127.0.0.1:7002"))
    }
}
