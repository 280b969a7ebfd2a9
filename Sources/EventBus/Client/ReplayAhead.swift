/// Asks the desk for the next piece of the log, and reads it, while the one before is handled.
actor ReplayAhead {
    private let client: BusClient
    private var ahead: (request: DeskRequest, answer: Task<ReplayAnswer, any Error>)?

    init(_ client: BusClient) { self.client = client }

    /// - Throws: as ``BusClient/ask(_:wait:)``.
    func answer(to request: DeskRequest) async throws -> ReplayAnswer {
        let answer = try await next(for: request)
        if answer.next < answer.head {
            var following = request
            (following.from, following.epoch) = (answer.next + 1, answer.epoch)
            ahead = (following, Task { [client, following] in try ReplayAnswer(await client.ask(following)) })
        }
        return answer
    }

    private func next(for request: DeskRequest) async throws -> ReplayAnswer {
        guard let known = ahead, known.request == request else {
            ahead?.answer.cancel()
            ahead = nil
            return try ReplayAnswer(await client.ask(request))
        }
        ahead = nil
        return try await withTaskCancellationHandler {
            try await known.answer.value
        } onCancel: {
            known.answer.cancel()
        }
    }
}
