import EventKit
import Testing
import ZeroMQ

@testable import EventBus

@Suite(.timeLimit(.minutes(5)))
struct BusServerTests {
    @Test func `a port in use stops the start with an error that names it`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                let second = try BusServer(
                    log: bed.log, keys: bed.keys, jobs: bed.jobs, queues: [], serverKey: bed.serverKey,
                    endpoints: endpoints,
                    logger: bed.logger)
                let error = await #expect(throws: ZeroMQError.self) { try await second.run() }
                #expect(error?.isAddressInUse == true && error?.operation.contains(endpoints.feed) == true)
            }
        }
    }

    @Test func `a server that was started and never run releases its ports`() async throws {
        try await Bed.lay { bed in
            let server = try BusServer(
                log: bed.log, keys: bed.keys, jobs: bed.jobs, queues: [], serverKey: bed.serverKey,
                endpoints: BusEndpoints(feed: "tcp://127.0.0.1:*", desk: "tcp://127.0.0.1:*"), logger: bed.logger)
            let endpoints = try await server.start()
            #expect(server.endpoints == endpoints)
            await server.stop()
            #expect(server.endpoints == nil)
            try await bed.serving(at: endpoints) { #expect($0 == endpoints) }
        }
    }

    @Test func `a socket thread that dies ends the server with what killed it`() async throws {
        struct Broken: Error {}
        try await Bed.lay { bed in
            let server = try BusServer(
                log: bed.log, keys: bed.keys, jobs: bed.jobs, queues: [], serverKey: bed.serverKey,
                endpoints: BusEndpoints(feed: "tcp://127.0.0.1:*", desk: "tcp://127.0.0.1:*"), logger: bed.logger)
            try await server.start()
            let run = Task { try await server.run() }
            server.perform { _ in throw Broken() }
            await #expect(throws: Broken.self) { try await run.value }
            #expect(server.endpoints == nil)
        }
    }

    @Test func `feed and desk work over ipc too`() async throws {
        try await Bed.lay { bed in
            let folder = "/tmp/trivsel-test-\(UInt32.random(in: 0 ... .max))"
            try await bed.serving(at: BusEndpoints(feed: "ipc://\(folder)/feed", desk: "ipc://\(folder)/desk")) {
                endpoints in
                let subscriber = try BusSubscriber(
                    try await bed.client(at: endpoints), types: [try pattern("*")], logger: bed.logger)
                try await bed.commit(1...1)
                #expect(try await subscriber.next(1).map(\.position) == [1])
                await subscriber.close()
            }
        }
    }
}
