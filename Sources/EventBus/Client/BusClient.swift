import Foundation
import Logging
import Synchronization
import ZeroMQ

/// A client's socket thread, and questions to the desk as async calls.
final class BusClient: Sendable {
    /// What came on the feed, bounded: an overflow is a gap, which the reader repairs.
    let feed: AsyncStream<Result<Message, BusError>>
    private let thread: SocketThread<ClientSockets>
    private let lastCall = Atomic<UInt64>(0)

    init(_ credentials: ClientCredentials, subscriptions: [[UInt8]]?, logger: Logger) throws {
        guard let pair = CurveKeyPair(secretKey: credentials.secretKey), pair.publicKey == credentials.publicKey,
            CurveKeyPair.bytes(of: credentials.serverKey) != nil
        else { throw BusError(.invalid, "the key file holds no key pair and server key") }
        let (stream, continuation) = AsyncStream.makeStream(
            of: Result<Message, BusError>.self, bufferingPolicy: .bufferingNewest(1000))
        feed = stream
        let settings = ClientSockets.Settings(
            credentials: credentials, pair: pair, subscriptions: subscriptions, logger: logger,
            onFeed: { continuation.yield($0) })
        thread = try SocketThread(name: "bus client") { try ClientSockets(settings) }
    }

    /// Asks until the desk answers.
    ///
    /// - Parameter wait: how long the desk may take because the request says so.
    /// - Throws: `BusError` with the desk's code, or `refused`; `CancellationError` when the task or the client ends.
    func ask<Answer: Decodable & Sendable>(
        _ request: DeskRequest, wait: Duration = .zero, _ type: Answer.Type
    ) async throws -> Answer {
        let bytes = try await ask(Reply.encode(request), wait: wait)
        if let refusal = try? JSONDecoder().decode(Reply.Refusal.self, from: Data(bytes)) { throw BusError(refusal) }
        return try JSONDecoder().decode(type, from: Data(bytes))
    }

    func ask(_ body: [UInt8], wait: Duration) async throws -> [UInt8] {
        let number = lastCall.add(1, ordering: .relaxed).newValue
        return try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedThrowingContinuation { continuation in
                let call = DeskCall(number: number, body: body, wait: wait) { continuation.resume(with: $0) }
                thread.perform { try $0.ask(call) } orElse: { call.give(.failure(CancellationError())) }
                if Task.isCancelled { thread.perform { $0.cancel(number) } }
            }
        } onCancel: {
            thread.perform { $0.cancel(number) }
        }
    }

    func close() async {
        thread.stop()
        try? await thread.ended()
    }
}

extension BusError {
    /// What the desk answered.
    init(_ refusal: Reply.Refusal) {
        self.init(
            Code(rawValue: refusal.error) ?? .busy, refusal.detail.message, first: refusal.detail.first,
            epoch: refusal.detail.epoch)
    }
}
