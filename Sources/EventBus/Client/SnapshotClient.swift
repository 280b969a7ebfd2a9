public import EventKit
import Foundation
public import Logging

/// Fetches the state that events have led to: for a reader that begins, or that is behind what the log still holds.
///
/// Replace what you have by the items, store `epoch` and `position` with them, and read events after `position`.
public final class SnapshotClient: Sendable {
    /// A thing as it stands.
    public struct Item: Sendable, Hashable {
        public let type: String
        public let subject: String
        /// One JSON object.
        public let data: String
    }

    private let client: BusClient

    /// - Throws: `BusError` (`invalid`) for credentials that are malformed.
    public init(_ credentials: ClientCredentials, logger: Logger) throws {
        client = try BusClient(credentials, subscriptions: nil, logger: logger)
    }

    /// Gives each item to `body`.
    ///
    /// - Returns: the log and the last position whose event is in the state.
    /// - Throws: what `body` throws; `BusError` (`denied`, `refused`) when the key does not allow it.
    public func read(
        _ types: [TopicPattern], _ body: (Item) async throws -> Void
    ) async throws -> (epoch: String, position: Int64) {
        let request = DeskRequest(op: "snapshot", types: types.map(\.description))
        // Making it may take a while.
        let answer = try await client.ask(request, wait: .seconds(60))
        let made = try JSONDecoder().decode(Snapshots.Made.self, from: Data(answer))
        var offset: Int? = 0
        while let from = offset {
            let asked = DeskRequest(op: "snapshot.part", offset: from, snapshot: made.snapshot)
            let part = try JSONDecoder().decode(Snapshots.Part.self, from: Data(try await client.ask(asked)))
            for line in part.data.split(separator: "\n") { try await body(try Item(line)) }
            offset = part.next.map { Int($0) }
        }
        return (made.epoch, made.position)
    }

    /// Releases the sockets.
    public func close() async { await client.close() }
}

extension SnapshotClient.Item {
    fileprivate init(_ line: Substring) throws {
        guard let fields = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
            let type = fields["type"] as? String, let subject = fields["subject"] as? String, let value = fields["data"]
        else { throw BusError(.badRequest, "a line of the snapshot cannot be read") }
        let data = try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
        self.init(type: type, subject: subject, data: String(decoding: data, as: UTF8.self))
    }
}
