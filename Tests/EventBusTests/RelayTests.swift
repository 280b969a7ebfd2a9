import EventKit
import Foundation
import Storage
import Synchronization
import Testing
import TrivselTesting
import ZeroMQ

@testable import EventBus

/// Host → relay → reader, over real sockets.
@Suite(.timeLimit(.minutes(5)))
struct RelayTests {
    /// A relay of a served bed, with the keys that `export` last wrote.
    private struct Station {
        let bed: Bed
        let hosts: BusEndpoints
        let endpoint: String
        let pair: KeyPair
        let folder: TemporaryFolder

        var keyFile: String { "\(folder.path)/keys.json" }

        /// As an operator copies it: written beside and moved into place.
        func export() async throws {
            try RelayKeys.export(try await bed.keys.list()).write(to: URL(filePath: keyFile), options: .atomic)
        }

        /// A new reader that gets the feed from the relay.
        func reader(_ name: String, topics: String = "*") async throws -> ClientCredentials {
            below(try await bed.client(name, topics: topics, at: hosts))
        }

        func below(_ credentials: ClientCredentials) -> ClientCredentials {
            var credentials = credentials
            (credentials.feed, credentials.feedServerKey) = (endpoint, pair.publicKey)
            return credentials
        }
    }

    private func station(_ body: (Station) async throws -> Void) async throws {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                let folder = try TemporaryFolder()
                let (station, relay) = try await Self.relay(bed, endpoints, folder)
                try await withThrowingTaskGroup { group in
                    group.addTask { try await relay.run() }
                    try await body(station)
                    group.cancelAll()
                    try await group.waitForAll()
                }
                withExtendedLifetime(folder) {}
            }
        }
    }

    /// A relay that is bound, with no keys yet.
    private static func relay(
        _ bed: Bed, _ hosts: BusEndpoints, _ folder: TemporaryFolder
    ) async throws -> (Station, Relay) {
        let path = "\(folder.path)/keys.json"
        try RelayKeys.export([]).write(to: URL(filePath: path))
        let pair = try KeyPair.generate()
        let relay = try Relay(
            upstream: try await bed.client("relay", at: hosts), keys: RelayKeys(path: path), pair: pair,
            endpoint: "tcp://127.0.0.1:*", logger: bed.logger)
        let endpoint = try await relay.start()
        return (Station(bed: bed, hosts: hosts, endpoint: endpoint, pair: pair, folder: folder), relay)
    }

    /// What `credentials` get from the relay for `topic` alone, without asking the desk.
    private func listen(
        _ credentials: ClientCredentials, to topic: String
    ) throws -> (SocketThread<RawClient>, AsyncStream<RawClient.Happening>) {
        var there = credentials
        there.serverKey = credentials.feedServerKey ?? credentials.serverKey
        return try RawClient.open(.sub, there) { socket in
            try socket.subscribe(FeedHeader.beaconTopic)
            try socket.subscribe(Array(topic.utf8))
        }
    }

    @Test func `a reader behind a relay gets everything in order, live through the relay`() async throws {
        try await station { station in
            try await station.bed.commit(1...10)
            let credentials = try await station.reader("far")
            try await station.export()
            let reader = try BusSubscriber(credentials, types: [try pattern("*")], logger: station.bed.logger)
            var events = reader.makeAsyncIterator()
            #expect(try await events.next(10).map { try $0.number } == Array(1...10))
            try await station.bed.commit(11...60)
            #expect(try await events.next(50).map { try $0.number } == Array(11...60))
            await reader.close()

            let (raw, happenings) = try listen(credentials, to: "test.")
            // The subscription is in force once a beacon has come.
            _ = await happenings.nextMessage()
            try await station.bed.commit(61...61)
            var topics: [String] = []
            while !topics.contains(Happened.type), let message = await happenings.nextMessage() {
                topics.append(String(decoding: message.frames[0], as: UTF8.self))
            }
            #expect(topics.contains(Happened.type))
            try await raw.close()
        }
    }

    @Test(arguments: Engine.all)
    func `a relay of two hosts passes on what each sends, and goes on with the one that is left`(
        engine: Engine
    ) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.serving { second in
                let folder = try TemporaryFolder()
                var station: Station?
                try await withThrowingTaskGroup { group in
                    try await bed.serving { first in
                        let (there, relay) = try await Self.relay(bed, first.and(second), folder)
                        group.addTask { try await relay.run() }
                        station = there
                        let reader = try await there.reader("far")
                        try await there.export()
                        let (raw, happenings) = try listen(reader, to: "test.")
                        // Each event once from each host, when the relay is connected to both.
                        var copies: [Int64: Int] = [:]
                        while !copies.values.contains(2), let message = await happenings.nextMessage() {
                            try await bed.commit(1...1)
                            guard let header = FeedHeader(message.frames[1]), header.position > 0 else { continue }
                            copies[header.position, default: 0] += 1
                        }
                        #expect(copies.values.contains(2))
                        try await raw.close()
                    }
                    // The first host has gone.
                    let there = try #require(station)
                    let (raw, happenings) = try listen(try await there.reader("late"), to: "test.")
                    try await there.export()
                    _ = await happenings.nextMessage()
                    let last = try await bed.log.bounds().head
                    try await bed.commit(3...3)
                    var position: Int64 = 0
                    while position <= last, let message = await happenings.nextMessage() {
                        position = FeedHeader(message.frames[1])?.position ?? 0
                    }
                    #expect(position > last)
                    try await raw.close()
                    group.cancelAll()
                    try await group.waitForAll()
                }
                withExtendedLifetime(folder) {}
            }
        }
    }

    @Test func `a client of the relay gets no more than its key allows`() async throws {
        try await station { station in
            let narrow = try await station.reader("narrow", topics: "test.ended.v1")
            let wide = try await station.reader("wide")
            try await station.export()
            let (all, wideHappenings) = try listen(wide, to: "")
            let (some, narrowHappenings) = try listen(narrow, to: "test.happened.v1")
            let (own, ownHappenings) = try listen(narrow, to: "test.ended.v1")
            for stream in [wideHappenings, narrowHappenings, ownHappenings] { _ = await stream.nextMessage() }
            try await station.bed.commit(1...4)
            var got: [String] = []
            while got.count < 4, let message = await wideHappenings.nextMessage() {
                if message.frameCount == 3 { got.append(String(decoding: message.frames[0], as: UTF8.self)) }
            }
            #expect(got == [Happened.type, Ended.type, Happened.type, Ended.type])
            var ended = 0
            while ended < 2, let message = await ownHappenings.nextMessage() {
                ended += message.frameCount == 3 ? 1 : 0
            }
            // Whatever was to come on the other subscription had come before the second beacon.
            for _ in 1...2 {
                let message = try #require(await narrowHappenings.nextMessage())
                #expect(message.frames[0] == FeedHeader.beaconTopic)
            }
            for thread in [all, some, own] { try await thread.close() }
        }
    }

    /// Whether the relay lets this client in.
    private func isAdmitted(_ credentials: ClientCredentials) async throws -> Bool {
        let (raw, happenings) = try listen(credentials, to: "")
        var isIn = false
        for await case .connection(let kind) in happenings {
            isIn = kind == .handshakeSucceeded
            break
        }
        try await raw.close()
        return isIn
    }

    @Test func `a stranger is refused, as is a key that was not exported, until it was`() async throws {
        try await station { station in
            try await station.export()
            let stranger = ClientCredentials(
                name: "stranger", pair: try KeyPair.generate(), serverKey: station.bed.serverKey.publicKey,
                endpoints: station.hosts)
            #expect(try await isAdmitted(station.below(stranger)) == false)
            let late = try await station.reader("late")
            #expect(try await isAdmitted(late) == false)
            try await station.export()
            #expect(try await isAdmitted(late))
        }
    }

    @Test func `a key that is no longer in the file is cut off, and the others are back at once`() async throws {
        try await station { station in
            let leaving = try await station.reader("leaving")
            let staying = try await station.reader("staying")
            try await station.export()
            let (gone, goneHappenings) = try listen(leaving, to: "")
            let (here, hereHappenings) = try listen(staying, to: "")
            _ = await goneHappenings.nextMessage()
            _ = await hereHappenings.nextMessage()
            try await station.bed.keys.revoke("leaving")
            try await station.export()
            await goneHappenings.wait(for: .handshakeFailedAuth)
            await hereHappenings.wait(for: .handshakeSucceeded)
            try await station.bed.commit(1...1)
            var isThere = false
            while !isThere, let message = await hereHappenings.nextMessage() { isThere = message.frameCount == 3 }
            #expect(isThere)
            for thread in [gone, here] { try await thread.close() }
        }
    }

    @Test func `a file that cannot be read leaves the keys as they are`() async throws {
        try await station { station in
            let reader = try await station.reader("reader")
            try await station.export()
            let (raw, happenings) = try listen(reader, to: "")
            _ = await happenings.nextMessage()
            let line = #"{"keys":[{"name":"x","publicKey":"short","topics":["*"]}]}"#
            for text in ["", "{", line] {
                try Data(text.utf8).write(to: URL(filePath: station.keyFile), options: .atomic)
                #expect(throws: RelayKeys.Failure.self) { try RelayKeys(path: station.keyFile).read() }
            }
            for _ in 1...8 { #expect(await happenings.nextMessage() != nil) }
            try await raw.close()
        }
    }

    @Test func `a relay that the host does not know says so and ends`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                let folder = try TemporaryFolder()
                let path = "\(folder.path)/keys.json"
                try RelayKeys.export([]).write(to: URL(filePath: path))
                let relay = try Relay(
                    upstream: ClientCredentials(
                        name: "relay", pair: try KeyPair.generate(), serverKey: bed.serverKey.publicKey,
                        endpoints: endpoints),
                    keys: RelayKeys(path: path), pair: try KeyPair.generate(), endpoint: "tcp://127.0.0.1:*",
                    logger: bed.logger)
                await #expect { try await relay.run() } throws: { ($0 as? BusError)?.code == .refused }
                withExtendedLifetime(folder) {}
            }
        }
    }

    @Test func `an export holds who may read what, and no worker and no secret`() async throws {
        try await Bed.lay { bed in
            let pair = try await bed.keys.make("reader", topics: [try pattern("test.*")])
            _ = try await bed.keys.make("worker", topics: [], work: ["mail"])
            let text = String(decoding: try RelayKeys.export(try await bed.keys.list()), as: UTF8.self)
            #expect(text.contains(pair.publicKey) && text.contains("test.*"))
            #expect(!text.contains(pair.secretKey) && !text.contains("worker"))
        }
    }
}
