import EventBus
import Foundation
import Logging
import Testing
import WebhookKit

@testable import Workers

/// A worker between a real desk and a real receiver over TLS.
@Suite(.timeLimit(.minutes(5))) struct WebhooksWorkerTests {
    /// What becomes of one request: the job afterwards, the log's line, and what the receiver got.
    private func outcome(
        of path: String, host: String = "hook.example.test", policy: AddressPolicy = .loopback, trusts: Bool = true,
        lookup: @escaping ReceiverAddress.Lookup = { _ in [IPAddress("127.0.0.1")].compactMap(\.self) }
    ) async throws -> (job: Job, message: String, received: WebhookReceiver.Received?) {
        let (receiver, log) = (try await WebhookReceiver(), RecordedLog())
        var job: Job?
        var message = ""
        try await TestDesk.with { desk in
            try await desk.serving {
                try await desk.delivering(to: receiver, log: log, policy: policy, trusts: trusts, lookup: lookup) {
                    try await desk.add(receiver.request(path, host: host))
                    message = try #require(await log.next(beginning: "webhook ")).message
                }
            }
            job = try await desk.jobs.find(key: "1")
        }
        #expect(log.lines.allSatisfy { !"\($0)".contains("example.test") && !"\($0)".contains("secret words") })
        await receiver.stop()
        return (try #require(job), message, try? await receiver.request())
    }

    @Test func `an event arrives by POST with its signature, over TLS, at the number that was looked at`() async throws
    {
        let (receiver, log, secret) = (try await WebhookReceiver(), RecordedLog(), WebhookSecret.make())
        try await TestDesk.with { desk in
            try await desk.serving {
                try await desk.delivering(to: receiver, log: log) {
                    try await desk.add(receiver.request("/hook?x=1", secret: secret))
                    _ = try #require(await log.next("webhook delivered"))
                }
            }
            #expect(try await desk.jobs.find(key: "1")?.state == .done)
        }
        let got = try await receiver.request()
        #expect(got.method == "POST" && got.path == "/hook?x=1" && got.body == #"{"type":"test.happened.v1"}"#)
        #expect(got.headers["host"] == "hook.example.test:\(receiver.port)")
        #expect(got.headers["content-type"] == "application/cloudevents+json")
        #expect(got.headers["webhook-id"] == "0198" && got.headers["webhook-timestamp"] == "1795767330")
        #expect(
            got.headers["webhook-signature"] == secret.signature(id: "0198", seconds: 1_795_767_330, body: got.body))
        #expect(got.headers["expect"] == nil && got.headers["user-agent"] == "Trivsel")
    }

    @Test(
        arguments: [
            ("/status/201", Job.State.done, nil), ("/status/204", .done, nil), ("/long", .done, nil),
            ("/status/500", .waiting, "http-500"), ("/status/404", .waiting, "http-404"),
            ("/redirect", .waiting, "http-302"),
            ("/status/410", .parked, "http-410"), ("/silent", .waiting, "webhook-curl-52"),
        ] as [(String, Job.State, String?)])
    func `what a receiver answers decides`(_ path: String, _ state: Job.State, _ reason: String?) async throws {
        let (job, message, received) = try await outcome(of: path)
        #expect(job.state == state && job.reason == reason)
        #expect(
            message == ["done": "webhook delivered", "parked": "webhook refused"][state.rawValue] ?? "webhook postponed"
        )
        #expect(received?.path == path)
    }

    @Test func `a redirection is not followed`() async throws {
        let (receiver, log) = (try await WebhookReceiver(), RecordedLog())
        try await TestDesk.with { desk in
            try await desk.serving {
                try await desk.delivering(to: receiver, log: log) {
                    try await desk.add(receiver.request("/redirect"), key: "1")
                    _ = try #require(await log.next("webhook postponed"))
                    try await desk.add(receiver.request("/after"), key: "2")
                    _ = try #require(await log.next("webhook delivered"))
                }
            }
        }
        #expect(try await [receiver.request().path, receiver.request().path] == ["/redirect", "/after"])
    }

    @Test(arguments: ["hook.example.test", "127.0.0.1"])
    func `an inside number is not connected to, whatever names it`(_ host: String) async throws {
        let (job, _, received) = try await outcome(of: "/inside", host: host, policy: AddressPolicy())
        #expect(job.state == .waiting && job.reason == "webhook-address" && received == nil)
    }

    @Test func `this machine is not connected to by any of its spellings`() async throws {
        let receiver = try await WebhookReceiver()
        let transport = WebhookTransport(
            AddressPolicy(allowsHTTP: true), caFile: receiver.caFile, lookup: ReceiverAddress.systemLookup)
        let spellings = [
            "127.0.0.1", "127.0.0.2", "127.255.255.254", "0.0.0.0", "127.1", "127.0.1", "0", "2130706433", "0x7f000001",
            "0x7F000001", "0X7F.1", "017700000001", "0177.0.0.1", "0177.0.0.01", "0x7f.0x0.0x0.0x1", "127.0.0.01",
            "127.0.0.1.", "localhost", "LOCALHOST", "localhost.", "LocalHost", "ip6-localhost", "ip6-loopback", "[::1]",
            "[::]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
            "[::7f00:1]", "[::1%25lo]", "[::1%lo]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]",
            "[2002:7f00:1::]", "[2001:0:7f00:1::1]", "[::ffff:0:127.0.0.1]", "[fe80::1]", "8.8.8.8@127.0.0.1",
            "a.example:443@127.0.0.1", "127.0.0.1\\.a.example", "%31%32%37.0.0.1", "127。0。0。1", "①②⑦.0.0.1",
            "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", " 127.0.0.1", "127.0.0.1\t",
        ]
        #expect(Set(spellings).count >= 40)
        for host in spellings {
            var request = receiver.request("/", host: host)
            for scheme in ["https", "http"] {
                request.url = request.url.replacing(/^https?/, with: scheme)
                let said = await #expect(throws: WebhookFailure.self, "\(request.url)") {
                    try await transport.send(request)
                }
                #expect(["webhook-address", "webhook-host"].contains(said?.reason), "\(request.url)")
            }
        }
        #expect(try await receiver.connections() == 0)
        // It would have noticed.
        let allowed = WebhookTransport(.loopback, caFile: receiver.caFile, lookup: ReceiverAddress.systemLookup)
        #expect(try await allowed.send(receiver.request("/", host: "127.0.0.1")) == 200)
        _ = try await receiver.request()
        #expect(try await receiver.connections() == 1)
    }

    @Test func `a name that leads inside the second time is refused then`() async throws {
        let (receiver, log) = (try await WebhookReceiver(), RecordedLog())
        let asked = Asked()
        try await TestDesk.with { desk in
            try await desk.serving {
                try await desk.delivering(
                    to: receiver, log: log,
                    lookup: { _ in [IPAddress(asked.next() == 1 ? "127.0.0.1" : "10.0.0.1")].compactMap(\.self) }
                ) {
                    for key in ["1", "2"] {
                        try await desk.add(receiver.request("/\(key)"), key: key, lane: "one")
                    }
                    _ = try #require(await log.next("webhook delivered"))
                    #expect(await log.next("webhook postponed")?.metadata["reason"] == "webhook-address")
                }
            }
        }
        await receiver.stop()
        #expect(try await receiver.request().path == "/1")
        #expect((try? await receiver.request()) == nil)
    }

    @Test func `a name that nobody knows, a port that nobody listens on and a certificate that nobody vouches for`()
        async throws
    {
        #expect(try await outcome(of: "/", lookup: { _ in [] }).job.reason == "webhook-host")
        #expect(try await outcome(of: "/", trusts: false).job.reason == "webhook-tls")
        #expect(try await outcome(of: "/", host: "other.example.test").job.reason == "webhook-tls")
        let second = [IPAddress("127.0.0.2")].compactMap(\.self)
        #expect(try await outcome(of: "/", lookup: { _ in second }).job.reason == "webhook-connect")
    }

    @Test func `what failed is tried again under the same id`() async throws {
        let (receiver, log) = (try await WebhookReceiver(), RecordedLog())
        try await TestDesk.with { desk in
            try await desk.serving {
                try await desk.delivering(to: receiver, log: log) {
                    try await desk.add(receiver.request("/once/500"))
                    _ = try #require(await log.next("webhook postponed"))
                    desk.pass(seconds: 11)
                    #expect(await log.next("webhook delivered")?.metadata["attempt"] == "2")
                }
            }
        }
        let ids = try await [receiver.request(), receiver.request()].map { $0.headers["webhook-id"] }
        #expect(ids == ["0198", "0198"])
    }

    @Test func `what a killed worker had in hand another one sends again under the same id`() async throws {
        let (receiver, log) = (try await WebhookReceiver(), RecordedLog())
        try await TestDesk.with { desk in
            try await desk.serving {
                try await desk.add(receiver.request("/ok"))
                // As a worker that is killed once the receiver has the event: it never says so.
                let client = try WorkerClient(desk.credentials, logger: log.logger)
                let job = try #require(try await client.take(WebhooksWorker.queue).first)
                let request = try JSONDecoder().decode(WebhookRequest.self, from: Data(job.payload.utf8))
                let transport = WebhookTransport(.loopback, caFile: receiver.caFile) { _ in
                    [IPAddress("127.0.0.1")].compactMap(\.self)
                }
                #expect(try await transport.send(request) == 200)
                await client.close()
                desk.pass(seconds: JobStore.leaseSeconds + 1)
                try await desk.delivering(to: receiver, log: log) {
                    _ = try #require(await log.next("webhook delivered"))
                }
            }
        }
        let ids = try await [receiver.request(), receiver.request()].map { $0.headers["webhook-id"] }
        #expect(ids == ["0198", "0198"])
    }

    @Test func `a receiver that is slow keeps the lease, and a stop waits for it`() async throws {
        let (receiver, log) = (try await WebhookReceiver(), RecordedLog())
        try await TestDesk.with { desk in
            try await desk.serving {
                try await desk.add(receiver.request("/held"))
                try await withThrowingTaskGroup { group in
                    group.addTask {
                        try await desk.delivering(to: receiver, log: log) {
                            _ = try await receiver.request()
                            try await receiver.held()
                        }
                    }
                    _ = await log.next("webhooks worker stops")
                    try receiver.release()
                    try await group.waitForAll()
                }
            }
            #expect(try await desk.jobs.find(key: "1")?.state == .done)
        }
    }

    @Test func `one slow receiver holds up no other, and gets its own one after the other`() async throws {
        let (receiver, log) = (try await WebhookReceiver(), RecordedLog())
        try await TestDesk.with { desk in
            try await desk.serving {
                try await desk.delivering(to: receiver, log: log) {
                    for key in ["1", "2"] {
                        try await desk.add(receiver.request("/held/\(key)"), key: key, lane: "slow")
                    }
                    #expect(try await receiver.request().path == "/held/1")
                    try await receiver.held()
                    for key in ["3", "4", "5"] {
                        try await desk.add(receiver.request("/\(key)"), key: key, lane: "quick")
                    }
                    for key in ["3", "4", "5"] { #expect(try await receiver.request().path == "/\(key)") }
                    for _ in 0..<3 { _ = try #require(await log.next("webhook delivered")) }
                    #expect(try await desk.jobs.find(key: "1")?.state == .leased)
                    #expect(try await desk.jobs.find(key: "2")?.state == .waiting)
                    try receiver.release()
                    #expect(try await receiver.request().path == "/held/2")
                    try await receiver.held()
                    try receiver.release()
                    for _ in 0..<2 { _ = try #require(await log.next("webhook delivered")) }
                }
            }
        }
    }

    @Test func `a receiver that never answers is given up after a while`() async throws {
        let (job, _, received) = try await outcome(of: "/held")
        #expect(job.state == .waiting && job.reason == "webhook-timeout" && received?.path == "/held")
    }

    @Test func `a job that is no request is parked`() async throws {
        let (receiver, log) = (try await WebhookReceiver(), RecordedLog())
        try await TestDesk.with { desk in
            try await desk.serving {
                try await desk.delivering(to: receiver, log: log) {
                    try await desk.add(payload: "{}", queue: WebhooksWorker.queue)
                    _ = try #require(await log.next("webhook refused"))
                }
            }
            #expect(try await desk.jobs.find(key: "1")?.reason == "webhook-malformed")
        }
    }

    @Test func `certificates that cannot be read stop the start`() async throws {
        try await TestDesk.with { desk in
            #expect(throws: WebhookSettingsError.self) {
                try WebhooksWorker(desk.credentials, policy: .loopback, caFile: "/nowhere", logger: .silent)
            }
        }
    }
}
