public import EventBus
import EventKit
import Foundation
public import Logging
import Metrics
public import ServiceLifecycle
public import WebhookKit

/// Takes signed events from the host's desk and hands them to their receivers until it is to stop: to several at once, as one may be slow,
/// and to each one after the other, for the desk gives out no event of a webhook that still has one in hand.
///
/// It knows no secret and no receiver but those in hand. A killed one is forgotten when its lease runs out: another sends the same event
/// again, under the same `webhook-id`.
public struct WebhooksWorker: Service {
    /// The desk's queue that it works on.
    public static let queue = "webhooks"

    /// How many receivers may be slow before others wait.
    static let hands = 8

    /// Each does one after the other.
    private struct Hand: Sendable {
        let loop: WorkLoop
        let transport: WebhookTransport
    }

    private let hands: [Hand]
    private let logger: Logger

    /// - Parameters:
    ///   - caFile: a PEM file of certificates to trust instead of the system's.
    ///   - lookup: the system's resolver, but in tests.
    /// - Throws: one line for the operator: a key that is none, or certificates that cannot be read.
    public init(
        _ credentials: ClientCredentials, policy: AddressPolicy, caFile: String? = nil,
        lookup: @escaping ReceiverAddress.Lookup = ReceiverAddress.systemLookup, logger: Logger
    ) throws {
        if let caFile, !FileManager.default.isReadableFile(atPath: caFile) {
            throw WebhookSettingsError(message: "the webhooks' certificates cannot be read: \(caFile)")
        }
        hands = try (0..<Self.hands).map { _ in
            Hand(
                loop: WorkLoop(
                    queue: Self.queue, client: try WorkerClient(credentials, logger: logger), logger: logger),
                transport: WebhookTransport(policy, caFile: caFile, lookup: lookup))
        }
        self.logger = logger
        logger.info("webhooks worker", metadata: ["worker": "\(credentials.name)", "desk": "\(credentials.desk)"])
    }

    /// Works until a graceful stop or cancellation.
    ///
    /// - Throws: `BusError` when the desk does not let this key in, or not at this queue.
    public func run() async throws {
        try await WorkLoop.run(hands.map(\.loop)) { await deliver($1, with: hands[$0]) }
    }

    /// Hands over one event and tells the desk what became of it, which may answer with the next one.
    private func deliver(_ job: TakenJob, with hand: Hand) async -> TakenJob? {
        let start = ContinuousClock.now
        defer { Timer(label: "trivsel_webhook_seconds").record(duration: .now - start) }
        do {
            return try await report(await outcome(of: job, by: hand.transport), of: job, to: hand.loop)
        } catch {
            // Another worker has the job by now, or this one is being cancelled: either way the desk settles it.
            note("unreported", job, level: .warning, reason: "\(error)")
            return nil
        }
    }

    private func report(
        _ outcome: Result<Int, WebhookFailure>, of job: TakenJob, to loop: WorkLoop
    ) async throws -> TakenJob? {
        KillPoint.pass("webhooks.sent")
        switch outcome {
        case .success(let status):
            let next = try await loop.done(job, result: "http-\(status)")
            KillPoint.pass("webhooks.reported")
            note("delivered", job, level: .info)
            return next
        case .failure(let failure):
            try await loop.client.fail(job, reason: failure.reason, retry: failure.retry)
            note(failure.retry ? "postponed" : "refused", job, level: .warning, reason: failure.reason)
            return nil
        }
    }

    private func outcome(of job: TakenJob, by transport: WebhookTransport) async -> Result<Int, WebhookFailure> {
        KillPoint.pass("webhooks.taken")
        guard let request = try? JSONDecoder().decode(WebhookRequest.self, from: Data(job.payload.utf8)) else {
            return .failure(.malformed)
        }
        do throws(WebhookFailure) { return .success(try await transport.send(request)) } catch {
            return .failure(error)
        }
    }

    /// Counts and logs an outcome; neither holds an address or what was sent.
    private func note(_ outcome: String, _ job: TakenJob, level: Logger.Level, reason: String? = nil) {
        Counter(label: "trivsel_webhooks_total", dimensions: [("outcome", outcome)]).increment()
        var metadata: Logger.Metadata = ["job": "\(job.job)", "attempt": "\(job.attempt)"]
        if let reason { metadata["reason"] = "\(reason)" }
        logger.log(level: level, "webhook \(outcome)", metadata: metadata)
    }
}

/// Settings that no webhooks worker can start with; `message` is one line for the operator.
public struct WebhookSettingsError: Error, Sendable, CustomStringConvertible {
    public let message: String
    public var description: String { message }
}
