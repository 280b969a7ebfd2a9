/// Asks the desk for the next piece of the log while the one before is read and handled.
actor ReplayAhead {
    private let client: BusClient
    private var ahead: (request: DeskRequest, bytes: Task<[UInt8], any Error>)?

    init(_ client: BusClient) { self.client = client }

    /// - Throws: as ``BusClient/ask(_:wait:)``.
    func answer(to request: DeskRequest) async throws -> ReplayAnswer {
        let bytes = try await bytes(for: request)
        let place = try ReplayAnswer.Place(bytes)
        if place.next < place.head {
            var following = request
            (following.from, following.epoch) = (place.next + 1, place.epoch)
            ahead = (following, Task { [client, following] in try await client.ask(following) })
        }
        return try ReplayAnswer(bytes)
    }

    private func bytes(for request: DeskRequest) async throws -> [UInt8] {
        guard let known = ahead, known.request == request else {
            ahead?.bytes.cancel()
            ahead = nil
            return try await client.ask(request)
        }
        ahead = nil
        return try await withTaskCancellationHandler {
            try await known.bytes.value
        } onCancel: {
            known.bytes.cancel()
        }
    }
}

extension ReplayAnswer {
    /// What stands before an answer's events, read without them.
    struct Place {
        private(set) var epoch = ""
        private(set) var head: Int64 = -1
        private(set) var next: Int64 = -1

        /// - Throws: `BusError` (`badRequest`) for an answer that does not begin so.
        init(_ bytes: [UInt8]) throws {
            var json = JSONScanner(bytes)
            try? json.object { (json, name) throws(JSONScanner.Malformed) in
                switch name {
                case "epoch": epoch = try json.string()
                case "head": head = try json.integer()
                case "next": next = try json.integer()
                case "first": try json.skip()
                default: throw JSONScanner.Malformed()
                }
            }
            guard !epoch.isEmpty, head >= 0, next >= 0 else {
                throw BusError(.badRequest, "the desk's answer cannot be read")
            }
        }
    }
}
