import EventKit
import Foundation
import Storage
import Testing
import TrivselTesting
import ZeroMQ

@testable import EventBus

@Suite(.timeLimit(.minutes(5)))
struct DeskTests {
    /// A request, and the code of the error it is answered with; nil for an answer that is none.
    @Test(arguments: [
        (#"{"op":"replay","from":1,"types":["test.*"]}"#, nil),
        (#"{"op":"replay","from":0,"types":["test.*"],"max":5000,"maxBytes":1}"#, nil),
        (#"{"op":"replay","from":3,"types":["test.*"],"epoch":"another"}"#, "epoch"),
        (#"{"op":"replay","from":9,"types":["test.*"]}"#, "epoch"),
        (#"{"op":"replay","from":-1,"types":["test.*"]}"#, "bad-request"),
        (#"{"op":"replay","from":9223372036854775808,"types":["test.*"]}"#, "bad-request"),
        (#"{"op":"replay","from":9223372036854775807,"types":["test.*"]}"#, "epoch"),
        (#"{"op":"replay","from":1.5,"types":["test.*"]}"#, "bad-request"),
        (#"{"op":"replay","from":1,"types":[]}"#, "bad-request"),
        (#"{"op":"replay","from":1,"types":["a*b"]}"#, "bad-request"),
        (#"{"op":"replay","types":["test.*"]}"#, "bad-request"),
        (#"{"op":"replay","from":1,"types":["*"]}"#, "denied"),
        (#"{"op":"work.take","queue":"mail","max":-3,"wait":-1}"#, nil),
        (#"{"op":"work.take","queue":"other"}"#, "denied"),
        (#"{"op":"work.take"}"#, "bad-request"),
        (#"{"op":"work.take","queue":"mail","wait":1e999}"#, "bad-request"),
        (#"{"op":"work.done","job":1}"#, "bad-request"),
        (#"{"op":"work.done","job":1,"token":"none"}"#, "lease-lost"),
        (#"{"op":"work.done","job":1,"token":"none","queue":"mail"}"#, "lease-lost"),
        (#"{"op":"work.done","job":1,"token":"none","queue":"other"}"#, "denied"),
        (#"{"op":"work.begin","job":1,"token":"none"}"#, "bad-request"),
        (#"{"op":"work.fail","job":1,"token":"none","retry":true}"#, "bad-request"),
        (#"{"op":"work.fail","job":1,"token":"none","reason":"x","retry":true}"#, "lease-lost"),
        (#"{"op":"reader.open","name":"other","member":"m","types":["test.*"]}"#, "denied"),
        (#"{"op":"reader.open","name":"totals","member":"m","types":["test.*"]}"#, nil),
        (#"{"op":"reader.open","name":"totals","member":"m","types":["*"]}"#, "denied"),
        (#"{"op":"reader.open","name":"totals","types":["test.*"]}"#, "bad-request"),
        (#"{"op":"reader.open","member":"m","types":["test.*"]}"#, "bad-request"),
        (#"{"op":"reader.open","name":"totals","member":"m"}"#, "bad-request"),
        (#"{"op":"reader.commit","name":"totals","fence":1}"#, "bad-request"),
        (#"{"op":"reader.commit","name":"totals","fence":1,"partitions":[1,1],"position":1}"#, "bad-request"),
        (#"{"op":"reader.commit","name":"totals","fence":1,"partitions":[1],"position":1}"#, "lease-lost"),
        (#"{"op":"reader.release","name":"totals"}"#, "bad-request"),
        (#"{"op":"replay","from":1,"types":["test.*"],"partitions":[0,1]}"#, nil),
        (#"{"op":"snapshot","types":["test.*"]}"#, nil), (#"{"op":"snapshot","types":["*"]}"#, "denied"),
        (#"{"op":"snapshot.part","snapshot":"none","offset":0}"#, "bad-request"),
        (#"{"op":"snapshot.part","snapshot":"none","offset":-1}"#, "bad-request"),
        (#"{"op":""}"#, "bad-request"), ("{}", "bad-request"),
        ("", "bad-request"), ("[]", "bad-request"), ("null", "bad-request"), ("{\"op\":\"replay\"", "bad-request"),
        (String(repeating: "[", count: 60_000), "bad-request"),
    ])
    func `what a request is answered with`(request: String, code: String?) async throws {
        try await Bed.lay { bed in
            try await bed.commit(1...3)
            try await bed.serving(queues: [WorkQueue(name: "mail")]) { endpoints in
                let credentials = try await bed.client(
                    topics: "test.*", work: ["mail"], readers: ["totals"], at: endpoints)
                let (client, happenings) = try RawClient.open(.dealer, credentials)
                try await client.send([Array("id 1".utf8), Array(request.utf8)])
                let answer = try #require(await happenings.nextMessage())
                #expect(answer.frames.first == Array("id 1".utf8) && answer.frameCount == 2)
                let fields = try #require(
                    try JSONSerialization.jsonObject(with: Data(answer.frames[1])) as? [String: Any])
                #expect(fields["error"] as? String == code)
                #expect((fields["detail"] == nil) == (code == nil))
                try await client.close()
            }
        }
    }

    @Test func `a replay is in pieces of at most the size that was asked for`() async throws {
        try await Bed.lay { bed in
            try await bed.commit(1...5)
            let desk = Desk(
                log: bed.log, jobs: bed.jobs, readers: bed.readers,
                snapshots: Snapshots(database: bed.database) { [] }, queues: [:], logger: bed.logger)
            let key = ClientKey(name: "k", publicKey: "", topics: [try pattern("*")], work: [])
            func replay(_ body: String) async throws -> ReplayAnswer {
                let message = DeskMessage(peer: [1], id: [], body: Array(body.utf8), key: key)
                return try ReplayAnswer(await desk.answer(message, isWanted: { true }).body)
            }
            let two = try await replay(#"{"op":"replay","from":2,"types":["*"],"max":2}"#)
            #expect(try two.events().map(\.position) == [2, 3] && two.next == 3 && two.head == 5)
            let small = try await replay(#"{"op":"replay","from":4,"types":["*"],"maxBytes":1}"#)
            #expect(try small.events().map(\.position) == [4] && small.next == 4)
            let rest = try await replay(#"{"op":"replay","from":6,"types":["*"]}"#)
            #expect(try rest.events().isEmpty && rest.next == 5)
            let ended = try await replay(#"{"op":"replay","from":1,"types":["test.ended.v1"]}"#)
            #expect(
                try ended.events().map(\.position) == [2, 4] && ended.events().map(\.previous) == [0, 2]
                    && ended.next == 5)
        }
    }

    @Test func `thousands of random messages are counted and answered or dropped, and the desk goes on`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                let credentials = try await bed.client(at: endpoints)
                let (client, happenings) = try RawClient.open(.dealer, credentials) {
                    try $0.set(.sendHighWater, 100_000)
                }
                await happenings.wait(for: .handshakeSucceeded)
                var random = SystemRandomNumberGenerator()
                let messages: [[[UInt8]]] = (0..<4000).map { _ in
                    (0..<Int.random(in: 1...5, using: &random)).map { _ in
                        (0..<Int.random(in: 0...80, using: &random)).map { _ in .random(in: 0...255, using: &random) }
                    }
                }
                for message in messages { try await client.send(message) }
                await bed.counted.reach(3000, of: "trivsel_desk_garbage_total")
                try await client.close()
                let subscriber = try BusSubscriber(credentials, types: [try pattern("*")], logger: bed.logger)
                try await bed.commit(1...1)
                #expect(try await subscriber.next(1).count == 1)
                await subscriber.close()
            }
        }
    }

    @Test func `a message beyond the limit disconnects its sender, and nobody else`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                let credentials = try await bed.client(at: endpoints)
                let (client, happenings) = try RawClient.open(.dealer, credentials) {
                    try $0.send([[1], Array(repeating: 65, count: 70_000)])
                }
                await happenings.wait(for: .disconnected)
                let (other, others) = try RawClient.open(.dealer, credentials) { try $0.send([[1], [2]]) }
                #expect(await others.nextMessage()?.frames.first == [1])
                try await client.close()
                try await other.close()
            }
        }
    }

    @Test func `a REQ socket's empty frame serves as an id`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                let (client, happenings) = try RawClient.open(.dealer, try await bed.client(at: endpoints)) {
                    try $0.send([[], Array(#"{"op":"replay","from":0,"types":["*"]}"#.utf8)])
                }
                #expect(await happenings.nextMessage()?.frames.first == [])
                try await client.close()
            }
        }
    }
}
