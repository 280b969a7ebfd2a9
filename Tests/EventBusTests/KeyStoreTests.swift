import Storage
import Testing
import TrivselTesting

@testable import EventBus

@Suite(.timeLimit(.minutes(5)))
struct KeyStoreTests {
    @Test(arguments: Engine.all)
    func `a key is kept with its topics and queues until it is revoked`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            let topics = [try pattern("deviations.*"), try pattern("meetings.held.v1")]
            let pair = try await bed.keys.make("kari", topics: topics, work: ["notifications"])
            let expected = ClientKey(name: "kari", publicKey: pair.publicKey, topics: topics, work: ["notifications"])
            #expect(try await bed.keys.list() == [expected])
            #expect(try await bed.keys.revoke("kari"))
            #expect(try await bed.keys.revoke("kari") == false)
            #expect(try await bed.keys.list().isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `a name is unique and well formed`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            _ = try await bed.keys.make("kari", topics: [])
            for name in ["kari", "", "Kari Nordmann", "kari\n", String(repeating: "k", count: 61), "kåre"] {
                await #expect { try await bed.keys.make(name, topics: []) } throws: {
                    ($0 as? BusError)?.code == .invalid
                }
            }
            await #expect(throws: BusError.self) { try await bed.keys.make("ola", topics: [], work: ["two words"]) }
        }
    }

    @Test(arguments: ["Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID", "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7", "short"])
    func `the keys that libzmq's manual prints, and what is no key, are refused`(key: String) async throws {
        try await Bed.lay { bed in
            await #expect(throws: BusError.self) {
                try await bed.keys.add(ClientKey(name: "kari", publicKey: key, topics: [], work: []))
            }
        }
    }

    @Test func `a server with a key that libzmq's manual prints does not start`() async throws {
        let known = try #require(KeyPair(secretKey: "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"))
        #expect(known.publicKey == "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7")
        try await Bed.lay { bed in
            #expect(throws: BusError.self) {
                try BusServer(
                    log: bed.log, keys: bed.keys, jobs: bed.jobs, queues: [], serverKey: known, logger: bed.logger)
            }
        }
    }

    @Test(arguments: [
        ("*", "", true), ("*", "deviations.", true), ("*", "!head", true), ("deviations.*", "!head", true),
        ("deviations.*", "deviations.", true), ("deviations.*", "deviations.received.v1", true),
        ("deviations.*", "deviation", false), ("deviations.*", "", false), ("deviations.*", "meetings.", false),
        ("deviations.received.v1", "deviations.received.v1", true),
        ("deviations.received.v1", "deviations.received", false),
        ("deviations.*", "!", false), ("deviations.*", "deviations.\u{0}", false),
        ("deviations.*", "DEVIATIONS.", false),
    ])
    func `which subscriptions a key covers`(topics: String, topic: String, isCovered: Bool) throws {
        let key = ClientKey(name: "kari", publicKey: "", topics: [try pattern(topics)], work: [])
        #expect(key.maySubscribe(to: Array(topic.utf8)) == isCovered)
    }
}
