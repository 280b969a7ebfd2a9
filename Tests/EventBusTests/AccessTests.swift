import EventKit
import Storage
import Testing
import ZeroMQ

@testable import EventBus

@Suite(.timeLimit(.minutes(5)))
struct AccessTests {
    @Test func `a stranger gets nothing, on feed or desk`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                try await bed.commit(1...1)
                let stranger = ClientCredentials(
                    name: "stranger", pair: try KeyPair.generate(), serverKey: bed.serverKey.publicKey,
                    endpoints: endpoints)
                let subscriber = try BusSubscriber(stranger, types: [try pattern("*")], logger: bed.logger)
                await #expect { try await subscriber.next(1) } throws: { ($0 as? BusError)?.code == .refused }
                await subscriber.close()
                for kind in [Socket.Kind.sub, .dealer] {
                    let (client, happenings) = try RawClient.open(kind, stranger) {
                        if kind == .sub {
                            try $0.subscribe([])
                        } else {
                            try $0.send([[1], Array(#"{"op":"replay"}"#.utf8)])
                        }
                    }
                    await happenings.wait(for: .handshakeFailedAuth)
                    try await client.close()
                    #expect(await happenings.nextMessage() == nil)
                }
            }
        }
    }

    @Test func `a worker that was refused may ask again once its key is known`() async throws {
        try await Bed.lay { bed in
            try await bed.serving(queues: [WorkQueue(name: "mail")]) { endpoints in
                let pair = try KeyPair.generate()
                let worker = try WorkerClient(
                    ClientCredentials(
                        name: "late", pair: pair, serverKey: bed.serverKey.publicKey, endpoints: endpoints),
                    logger: bed.logger)
                await #expect { try await worker.take("mail") } throws: { ($0 as? BusError)?.code == .refused }
                try await bed.keys.add(ClientKey(name: "late", publicKey: pair.publicKey, topics: [], work: ["mail"]))
                #expect(try await worker.take("mail", wait: .zero).isEmpty)
                await worker.close()
            }
        }
    }

    @Test func `what lies outside a key is neither delivered nor replayed`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                let narrow = try await bed.client(topics: "test.ended.*", at: endpoints)
                let (client, happenings) = try RawClient.open(.sub, narrow) { socket in
                    for topic in ["", "test.", "test.happened.v1", "!", "test.ended."] {
                        try socket.subscribe(Array(topic.utf8))
                    }
                }
                // Subscriptions are taken up in their order, so once the last one brings a beacon all are decided.
                try await client.run { try $0.socket.subscribe(FeedHeader.beaconTopic) }
                #expect(await happenings.nextMessage()?.frames[0] == FeedHeader.beaconTopic)
                try await bed.commit(1...4)
                var events: [Message] = []
                for await case .message(let message) in happenings where message.frames[0] != FeedHeader.beaconTopic {
                    events.append(message)
                    if events.count == 2 { break }
                }
                #expect(events.compactMap { FeedHeader($0.frames[1])?.position } == [2, 4])
                try await client.close()
                for types in ["*", "test.*", "test.happened.v1", "test.ended.v1 test.happened.v1"] {
                    let subscriber = try BusSubscriber(
                        narrow, types: try types.split(separator: " ").map { try pattern(String($0)) },
                        logger: bed.logger)
                    await #expect { try await subscriber.next(1) } throws: { ($0 as? BusError)?.code == .denied }
                    await subscriber.close()
                }
            }
        }
    }

    @Test func `a key that is taken away is cut, and the others are back`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                let kept = try await bed.client("kept", at: endpoints)
                let lost = try await bed.client("lost", at: endpoints)
                let (keptClient, keptHappenings) = try RawClient.open(.sub, kept) { try $0.subscribe([]) }
                let (lostClient, lostHappenings) = try RawClient.open(.sub, lost) { try $0.subscribe([]) }
                let worker = try WorkerClient(kept, logger: bed.logger)
                await keptHappenings.wait(for: .handshakeSucceeded)
                await lostHappenings.wait(for: .handshakeSucceeded)
                try await bed.keys.revoke("lost")
                await lostHappenings.wait(for: .handshakeFailedAuth)
                await keptHappenings.wait(for: .handshakeSucceeded)
                try await bed.commit(1...1)
                for await case .message(let message) in keptHappenings where message.frames.count == 3 { break }
                await #expect { try await worker.take("mail") } throws: { ($0 as? BusError)?.code == .denied }
                try await lostClient.close()
                for await case .message(let message) in lostHappenings { #expect(message.frames.count == 2) }
                try await keptClient.close()
                await worker.close()
            }
        }
    }

    @Test func `a key that is narrowed is cut too`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                let wide = try await bed.client("wide", at: endpoints)
                let (client, happenings) = try RawClient.open(.sub, wide) { try $0.subscribe([]) }
                await happenings.wait(for: .handshakeSucceeded)
                try await bed.database.write { _ = try $0.execute("UPDATE bus_key SET topics = 'test.ended.*'") }
                await happenings.wait(for: .disconnected)
                await happenings.wait(for: .handshakeSucceeded)
                let subscriber = try BusSubscriber(wide, types: [try pattern("*")], logger: bed.logger)
                await #expect { try await subscriber.next(1) } throws: { ($0 as? BusError)?.code == .denied }
                await subscriber.close()
                try await client.close()
            }
        }
    }

    @Test func `thousands of random subscriptions do no harm, and a message to the feed gets its sender cut`()
        async throws
    {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                let good = try await bed.client("good", at: endpoints)
                let evil = try await bed.client("evil", at: endpoints)
                let subscriber = try BusSubscriber(good, types: [try pattern("*")], logger: bed.logger)
                var iterator = subscriber.makeAsyncIterator()
                try await bed.commit(1...1)
                #expect(try await iterator.next()?.position == 1)
                let (client, happenings) = try RawClient.open(.xsub, evil)
                await happenings.wait(for: .handshakeSucceeded)
                var random = SystemRandomNumberGenerator()
                for _ in 0..<3000 {
                    let topic = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                        UInt8.random(in: 0...255, using: &random)
                    }
                    try await client.send([[.random(in: 0...1, using: &random)] + topic])
                }
                try await bed.commit(2...2)
                #expect(try await iterator.next()?.position == 2)
                try await client.send([[7, 7, 7], [1, 2]])
                await happenings.wait(for: .handshakeFailedAuth)
                #expect(bed.counted.value("trivsel_feed_garbage_total") == 1)
                try await bed.commit(3...4)
                #expect(try await iterator.next(2).map(\.position) == [3, 4])
                try await client.close()
                await subscriber.close()
            }
        }
    }
}
