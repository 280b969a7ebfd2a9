import Logging
import Synchronization
import ZeroMQ

/// A client's socket thread, and questions to the desk as async calls.
final class BusClient: Sendable {
    let feed: FeedInbox
    private let thread: SocketThread<ClientSockets>
    private let lastCall = Atomic<UInt64>(0)

    init(_ credentials: ClientCredentials, subscriptions: [[UInt8]]?, logger: Logger) throws {
        guard let pair = CurveKeyPair(secretKey: credentials.secretKey), pair.publicKey == credentials.publicKey,
            CurveKeyPair.bytes(of: credentials.serverKey) != nil,
            CurveKeyPair.bytes(of: credentials.feedServerKey ?? credentials.serverKey) != nil
        else { throw BusError(.invalid, "the key file holds no key pair and server key") }
        let (inbox, put) = FeedInbox.make()
        feed = inbox
        let settings = ClientSockets.Settings(
            credentials: credentials, pair: pair, subscriptions: subscriptions, logger: logger,
            onFeed: put)
        thread = try SocketThread(name: "bus client") { try ClientSockets(settings) }
    }

    /// Asks until the desk answers, and again while it is busy.
    ///
    /// - Parameter wait: how long the desk may take because the request says so.
    /// - Throws: `BusError` with the desk's code, or `refused`; `CancellationError` when the task or the client ends.
    func ask(_ request: DeskRequest, wait: Duration = .zero) async throws -> [UInt8] {
        let body = Reply.encode(request)
        while true {
            let answer = try await ask(body, wait)
            guard let error = Reply.error(in: answer) else { return answer }
            guard error.code == .busy else { throw error }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    private func ask(_ body: [UInt8], _ wait: Duration) async throws -> [UInt8] {
        let number = lastCall.add(1, ordering: .relaxed).newValue
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let call = DeskCall(number: number, body: body, wait: wait) { continuation.resume(with: $0) }
                thread.perform {
                    try $0.ask(call)
                } orElse: {
                    call.give(.failure(CancellationError()))
                }
                // The handler below may have come before the call was queued.
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
