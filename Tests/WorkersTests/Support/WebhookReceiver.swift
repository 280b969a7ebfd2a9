import EventBus
import Foundation
import Synchronization
import WebhookKit

@testable import Workers

/// The Python receiver of `receiver.py`, for as long as this lives.
final class WebhookReceiver: Sendable {
    /// A request as the receiver got it.
    struct Received: Decodable {
        var method: String
        var path: String
        var headers: [String: String]
        var body: String
    }

    private struct Ready: Decodable {
        var port: Int
        var ca: String
    }

    let port: Int
    let caFile: String
    private let process: PythonProcess
    private let folder: ScratchFolder

    init() async throws {
        folder = try ScratchFolder()
        process = try PythonProcess(script: "receiver.py", arguments: [folder.path])
        let ready = try JSONDecoder().decode(Ready.self, from: try await process.line())
        (port, caFile) = (ready.port, ready.ca)
    }

    /// Waits for the next request.
    func request() async throws -> Received { try JSONDecoder().decode(Received.self, from: try await process.line()) }

    /// Waits until the receiver holds the last request without an answer.
    func held() async throws { _ = try await process.line() }

    /// Lets the receiver answer a request that it holds.
    func release() throws { try process.write("\n") }

    /// How often it was connected to, by whomever.
    func connections() async throws -> Int {
        struct Count: Decodable { let connections: Int }
        try process.write("count\n")
        return try JSONDecoder().decode(Count.self, from: try await process.line()).connections
    }

    func stop() async { await process.stop() }

    /// A request to one of its paths, by a name that only a test's lookup knows, signed by `secret`.
    func request(
        _ path: String, host: String = "hook.example.test", id: String = "0198", seconds: Int64 = 1_795_767_330,
        secret: WebhookSecret = .make()
    ) -> WebhookRequest {
        WebhookRequest(
            url: "https://\(host):\(port)\(path)", id: id, seconds: seconds, body: #"{"type":"test.happened.v1"}"#,
            secrets: [secret])
    }
}

extension TestDesk {
    /// Runs a webhooks worker while `body` runs; it trusts `receiver`, and finds every host on this machine.
    func delivering(
        to receiver: WebhookReceiver, log: RecordedLog, policy: AddressPolicy = .loopback, trusts: Bool = true,
        lookup: @escaping ReceiverAddress.Lookup = { _ in [IPAddress("127.0.0.1")].compactMap(\.self) },
        _ body: () async throws -> Void
    ) async throws {
        let worker = try WebhooksWorker(
            credentials, policy: policy, caFile: trusts ? receiver.caFile : nil, lookup: lookup, logger: log.logger)
        try await working(worker, body)
    }

    /// `lane` is the webhook that the request is of; nil: one of its own.
    func add(_ request: WebhookRequest, key: String = "1", lane: String? = nil) async throws {
        try await add(
            payload: String(decoding: JSONEncoder().encode(request), as: UTF8.self), key: key, required: false,
            queue: WebhooksWorker.queue, lane: lane ?? key)
    }
}

extension AddressPolicy {
    static let loopback = AddressPolicy(allowed: ["127.0.0.0/8"].compactMap(Network.init))
}

/// Counts how often it was asked.
final class Asked: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}
