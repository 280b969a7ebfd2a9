/// Asks the desk for the next pieces of the log while the one before is read and handled.
///
/// Where a piece ends its answer tells. As long as pieces are full, with nothing between their events, the one after the next is asked for
/// too, from where it will begin then; if it does not, it is asked for anew.
actor ReplayAhead {
    private struct Asked {
        var request: DeskRequest
        var asking: Task<ReplayAnswer, any Error>
        var answer: ReplayAnswer?
    }

    private static let most = 2

    private let client: BusClient
    private var ahead: [Asked] = []
    /// The latest piece was full.
    private var isFull = false
    private var head: Int64 = 0

    init(_ client: BusClient) { self.client = client }

    /// - Throws: as ``BusClient/ask(_:wait:)``.
    func answer(to request: DeskRequest) async throws -> ReplayAnswer {
        let answer = try await next(for: request)
        note(answer, to: request)
        if ahead.first?.request.from != answer.next + 1 { forget(from: 0) }
        if ahead.isEmpty, answer.next < answer.head { ask(from: answer.next + 1, like: request, answer.epoch) }
        askAhead()
        return answer
    }

    private func next(for request: DeskRequest) async throws -> ReplayAnswer {
        guard let first = ahead.first, first.request == request else {
            forget(from: 0)
            return try ReplayAnswer(await client.ask(request))
        }
        ahead.removeFirst()
        return try await withTaskCancellationHandler {
            try await first.asking.value
        } onCancel: {
            first.asking.cancel()
        }
    }

    private func askAhead() {
        while ahead.count < Self.most, let last = ahead.last, let from = last.request.from {
            let next = last.answer.map(\.next) ?? (isFull ? from + DeskRequest.mostEvents - 1 : nil)
            guard let next, next < head, let epoch = last.request.epoch else { return }
            ask(from: next + 1, like: last.request, epoch)
        }
    }

    private func ask(from: Int64, like request: DeskRequest, _ epoch: String) {
        var following = request
        (following.from, following.epoch) = (from, epoch)
        let asking = Task { [client, following] in
            let answer = try ReplayAnswer(await client.ask(following))
            arrived(answer, to: following)
            return answer
        }
        ahead.append(Asked(request: following, asking: asking))
    }

    private func arrived(_ answer: ReplayAnswer, to request: DeskRequest) {
        guard let index = ahead.firstIndex(where: { $0.request == request }) else { return }
        ahead[index].answer = answer
        note(answer, to: request)
        if index + 1 < ahead.count, ahead[index + 1].request.from != answer.next + 1 { forget(from: index + 1) }
        askAhead()
    }

    private func note(_ answer: ReplayAnswer, to request: DeskRequest) {
        isFull = answer.next - max(request.from ?? 0, 1) + 1 == DeskRequest.mostEvents
        head = max(head, answer.head)
    }

    private func forget(from index: Int) {
        for asked in ahead[index...] { asked.asking.cancel() }
        ahead.removeSubrange(index...)
    }
}
