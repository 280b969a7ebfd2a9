import EventKit
import Storage
import Testing
import TrivselTesting
import ZeroMQ

@testable import EventBus

@Suite(.timeLimit(.minutes(5)))
struct FeedTests {
    @Test(arguments: Engine.all)
    func `a committed event reaches a subscriber as it was committed`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.serving { endpoints in
                let subscriber = try BusSubscriber(
                    try await bed.client(at: endpoints), types: [try pattern("*")], logger: bed.logger)
                try await bed.commit(1...1)
                let first = try await subscriber.next(1)
                let logged = try await bed.log.read(after: 0, matching: [try pattern("*")], limit: 1, maxBytes: 1000)
                    .events
                #expect(first == logged)
                await subscriber.close()
            }
        }
    }

    @Test func `an event on the feed has three frames: its type, its header and a CloudEvent`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                let (client, happenings) = try RawClient.open(.sub, try await bed.client(at: endpoints)) {
                    try $0.subscribe(FeedHeader.beaconTopic)
                    try $0.subscribe(Array("test.".utf8))
                }
                let beacon = try #require(await happenings.nextMessage())
                #expect(beacon.frames.count == 2 && beacon.frames[0] == Array("!head".utf8))
                #expect(FeedHeader(beacon.frames[1])?.head == 0)
                try await bed.commit(1...3)
                var events: [Message] = []
                for await case .message(let message) in happenings where message.frames.count == 3 {
                    events.append(message)
                    if events.count == 3 { break }
                }
                let headers = events.compactMap { FeedHeader($0.frames[1]) }
                #expect(headers.map(\.position) == [1, 2, 3] && headers.map(\.previous) == [0, 0, 1])
                #expect(
                    events.map { String(decoding: $0.frames[0], as: UTF8.self) } == [
                        Happened.type, Ended.type, Happened.type,
                    ])
                let logged = try await bed.log.read(after: 0, matching: [try pattern("*")], limit: 9, maxBytes: 9999)
                #expect(events.map { String(decoding: $0.frames[2], as: UTF8.self) } == logged.events.map(\.cloudEvent))
                #expect(headers.allSatisfy { $0.epoch == FeedHeader.lowHalf(of: logged.epoch) })
                try await client.close()
            }
        }
    }

    @Test(arguments: Engine.all, ["*", "test.happened.v1", "test.e* test.h*"])
    func `replay and live join without gap or double while events are written`(engine: Engine, types: String)
        async throws
    {
        try await Bed.lay(engine) { bed in
            try await bed.commit(1...200)
            try await bed.serving { endpoints in
                let credentials = try await bed.client(at: endpoints)
                let patterns = try types.split(separator: " ").map { try pattern(String($0)) }
                try await withThrowingTaskGroup { group in
                    for part in 0..<4 {
                        group.addTask { try await bed.commit((201 + part * 500)...(700 + part * 500)) }
                    }
                    let isHalf = types == Happened.type
                    let subscriber = try BusSubscriber(credentials, types: patterns, logger: bed.logger)
                    let positions = try await subscriber.next(isHalf ? 1100 : 2200).map(\.position)
                    #expect(positions == positions.sorted() && Set(positions).count == positions.count)
                    #expect(isHalf || positions == Array(1...2200))
                    await subscriber.close()
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test func `a reader goes on after the position it kept`() async throws {
        try await Bed.lay { bed in
            try await bed.commit(1...9)
            try await bed.serving { endpoints in
                let credentials = try await bed.client(at: endpoints)
                let epoch = try await bed.log.bounds().epoch
                let subscriber = try BusSubscriber(
                    credentials, types: [try pattern("test.ended.*")], after: 4, epoch: epoch, logger: bed.logger)
                #expect(try await subscriber.next(2).map(\.position) == [6, 8])
                await subscriber.close()
            }
        }
    }

    @Test func `what overflows the feed's high-water mark is repaired by replay`() async throws {
        try await Bed.lay { bed in
            try await bed.serving(feedHighWater: 1) { endpoints in
                let subscriber = try BusSubscriber(
                    try await bed.client(at: endpoints), types: [try pattern("*")], logger: bed.logger)
                var iterator = subscriber.makeAsyncIterator()
                try await bed.commit(1...1)
                #expect(try await iterator.next()?.position == 1)
                // One transaction, so that they go out in one burst.
                try await bed.database.write { tx in
                    for number in 2...3000 {
                        try tx.append(try Event(Happened(number: number), subject: "s", at: bed.clock.now))
                    }
                }
                #expect(try await iterator.next(2999).map(\.position) == Array(2...3000))
                await subscriber.close()
            }
        }
    }

    @Test func `a reader that stands still for a while misses nothing`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                let subscriber = try BusSubscriber(
                    try await bed.client(at: endpoints), types: [try pattern("*")], logger: bed.logger)
                var iterator = subscriber.makeAsyncIterator()
                try await bed.commit(1...1)
                #expect(try await iterator.next()?.position == 1)
                try await bed.commit(2...2500)
                #expect(try await iterator.next(2499).map(\.position) == Array(2...2500))
                await subscriber.close()
            }
        }
    }

    @Test func `a reader survives a server that stops and starts anew, and the port is free at once`() async throws {
        try await Bed.lay { bed in
            var bound = BusEndpoints(feed: "tcp://127.0.0.1:*", desk: "tcp://127.0.0.1:*")
            var positions: [Int64] = []
            var kept: (BusSubscriber, BusSubscriber.Iterator)?
            try await bed.serving(at: bound) { endpoints in
                bound = endpoints
                let subscriber = try BusSubscriber(
                    try await bed.client(at: endpoints), types: [try pattern("*")], logger: bed.logger)
                var iterator = subscriber.makeAsyncIterator()
                try await bed.commit(1...1)
                positions += try await iterator.next(1).map(\.position)
                kept = (subscriber, iterator)
            }
            try await bed.commit(2...3)
            try await bed.serving(at: bound) { endpoints in
                #expect(endpoints == bound)
                guard case (let subscriber, var iterator)? = kept else { return }
                try await bed.commit(4...4)
                positions += try await iterator.next(3).map(\.position)
                await subscriber.close()
            }
            #expect(positions == [1, 2, 3, 4])
        }
    }

    @Test func `a log with another epoch, or shorter than what was read, stops a reader with an error`() async throws {
        try await Bed.lay { bed in
            try await bed.commit(1...3)
            try await bed.serving { endpoints in
                let credentials = try await bed.client(at: endpoints)
                let epoch = try await bed.log.bounds().epoch
                for (position, known) in [(Int64(2), "another"), (4, epoch)] {
                    let subscriber = try BusSubscriber(
                        credentials, types: [try pattern("*")], after: position, epoch: known, logger: bed.logger)
                    await #expect { try await subscriber.next(1) } throws: { ($0 as? BusError)?.code == .epoch }
                    await subscriber.close()
                }
            }
        }
    }

    @Test func `an epoch that changes under a live reader stops it with an error`() async throws {
        try await Bed.lay { bed in
            try await bed.commit(1...1)
            try await bed.serving { endpoints in
                let subscriber = try BusSubscriber(
                    try await bed.client(at: endpoints), types: [try pattern("*")], logger: bed.logger)
                var iterator = subscriber.makeAsyncIterator()
                #expect(try await iterator.next()?.position == 1)
                try await bed.database.write {
                    _ = try $0.execute("UPDATE event_log_epoch SET epoch = 'feedfeedfeedfeed0000000000000001'")
                }
                try await bed.commit(2...2)
                var code: BusError.Code?
                do { while try await iterator.next() != nil {} } catch let error as BusError { code = error.code }
                #expect(code == .epoch)
                await subscriber.close()
            }
        }
    }

    @Test func `a reader below what the log still holds is told so`() async throws {
        try await Bed.lay { bed in
            try await bed.commit(1...5)
            let soon = bed.clock.now.adding(seconds: 1)
            #expect(try await bed.log.forget(before: soon, limit: 3) { _ in .max } == 3)
            try await bed.serving { endpoints in
                let credentials = try await bed.client(at: endpoints)
                let behind = try BusSubscriber(credentials, types: [try pattern("*")], after: 2, logger: bed.logger)
                await #expect { try await behind.next(1) } throws: {
                    ($0 as? BusError)?.code == .truncated && ($0 as? BusError)?.first == 4
                }
                await behind.close()
                let new = try BusSubscriber(credentials, types: [try pattern("*")], logger: bed.logger)
                #expect(try await new.next(2).map(\.position) == [4, 5])
                await new.close()
            }
        }
    }
}
