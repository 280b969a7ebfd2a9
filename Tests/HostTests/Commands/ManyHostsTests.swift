import EventBus
import Foundation
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// Hosts, workers and keys as operators meet them when there is more than one machine.
@Suite(.timeLimit(.minutes(5))) struct ManyHostsTests {
    @Test func `hosts with data folders of their own leave each other's worker its key, also when they start anew`()
        async throws
    {
        try await TestDatabase.with(.postgres) { database in
            let (one, other) = (try Program(), try Program())
            let address = ["TRIVSEL_DATABASE_URL": database.url.description]
            let shared = address.merging(one.sharedKeys) { $1 }
            let jobs = JobStore(database: database)
            for round in 1...2 {
                try await one.serving(environment: address) { _, _ in
                    try await other.serving(environment: shared) { _, _ in
                        let workers = [
                            try one.start(["work", "notifications"], environment: address),
                            try other.start(["work", "notifications"], environment: shared),
                        ]
                        var number = 0
                        try await eventually("both workers take jobs") {
                            number += 1
                            try await database.write { [number] tx in
                                try jobs.enqueue(
                                    "notifications", key: "\(round)-\(number)", payload: "{}", required: false, in: tx)
                            }
                            return try await database.read { reader in
                                try reader.query(
                                    "SELECT DISTINCT worker FROM bus_job WHERE key LIKE \("\(round)-%")"
                                ) { $0.textOrNil(0) }
                            }.compactMap(\.self).count == 2
                        }
                        for worker in workers {
                            worker.signal(SIGTERM)
                            #expect(try await worker.end().code == 0)
                        }
                    }
                }
            }
            // One for each queue and host.
            #expect(try await KeyStore(database: database).list().count == 2 * TrivselHost.queues.count)
        }
    }

    @Test func `a worker shows its figures where it is told to, and to this machine alone`() async throws {
        let program = try Program()
        let port = try #require(freePort())
        try await program.serving { _, _ in
            let worker = try program.start(["work", "notifications", "--metrics-port", "\(port)"])
            try await eventually("the worker's figures") {
                (try? await Client(port: port).send(.get, "/metrics"))?.text.contains("process_start_time_seconds")
                    == true
            }
            worker.signal(SIGTERM)
            #expect(try await worker.end().code == 0)
        }
        let taken = OccupiedPort()
        let refused = try await program.run("work", "notifications", "--metrics-port", "\(taken.number)")
        #expect(refused.code > 0 && refused.complaints.count == 1)
    }

    @Test func `a key names the public addresses, and one that leads nowhere is told of`() async throws {
        let program = try Program()
        let everywhere = [
            "TRIVSEL_FEED_ENDPOINT": "tcp://0.0.0.0:7001", "TRIVSEL_DESK_ENDPOINT": "tcp://0.0.0.0:7002",
        ]
        let vain = try await program.run("keys", "new", "a", "--topics", "*", environment: everywhere)
        #expect(vain.code == 0 && vain.complaints.count == 1)
        #expect(vain.errors.contains("feed.publicEndpoints and desk.publicEndpoints"))
        let public2 = everywhere.merging([
            "TRIVSEL_FEED_PUBLIC_ENDPOINTS": "tcp://10.0.0.5:7001,tcp://10.0.0.6:7001",
            "TRIVSEL_DESK_PUBLIC_ENDPOINTS": "tcp://10.0.0.5:7002,tcp://10.0.0.6:7002",
        ]) { $1 }
        let good = try await program.run("keys", "new", "b", "--topics", "*", environment: public2)
        #expect(good.complaints.isEmpty)
        let key = try JSONDecoder().decode(ClientCredentials.self, from: Data(good.output.utf8))
        #expect(key.feed == "tcp://10.0.0.5:7001,tcp://10.0.0.6:7001")
        #expect(key.desk == "tcp://10.0.0.5:7002,tcp://10.0.0.6:7002")
        try await program.serving(environment: [
            "TRIVSEL_FEED_PUBLIC_ENDPOINTS": "tcp://10.0.0.5:7001,tcp://10.0.0.6:7001"
        ]) { _, port in
            let document = try await Client(port: port).send(.get, "/api/v1/asyncapi.json").text
            #expect(document.contains(#""10.0.0.5:7001""#) && !document.contains("10.0.0.6"))
        }
        for address in ["tcp://0.0.0.0:7001", "10.0.0.5:7001"] {
            let refused = try await program.run(
                "keys", "list", environment: ["TRIVSEL_FEED_PUBLIC_ENDPOINTS": address])
            #expect(refused.code > 0 && refused.errors.contains("feed.publicEndpoints takes"), "\(address)")
        }
    }

    @Test func `a relay's key may begin with a dash`() async throws {
        let program = try Program()
        let run = try await program.run(
            "keys", "new", "far", "--topics", "*", "--relay", "tcp://relay.example:5561", "--relay-key",
            "-8Hu)3GZ9TA<2n<BG7R!z=LlRIhgI-1vt)c[77#6")
        #expect(run.code == 0, "\(run.errors)")
        let key = try JSONDecoder().decode(ClientCredentials.self, from: Data(run.output.utf8))
        #expect(key.feed == "tcp://relay.example:5561")
        #expect(key.feedServerKey == "-8Hu)3GZ9TA<2n<BG7R!z=LlRIhgI-1vt)c[77#6")
    }

    /// One that the system gives out; another may take it meanwhile, so it is used at once.
    private func freePort() -> Int? { OccupiedPort().number }
}
