public import EventKit
import Foundation
public import Logging
import Storage
import Synchronization
import ZeroMQ

/// Reads events as one of any number of processes under one name, with the positions kept by the host: each gets a share of the
/// partitions, the events of a subject stay in order, and what one process leaves behind when it dies another takes up.
///
/// An event comes again when the process that handled it died, or lost its partitions, before its batch was committed: keep the event's
/// id with its effect, in the same transaction. A batch is committed while the next is handled.
public final class DurableReader: Sendable {
    /// A piece of the log, as far as it lies in this process's partitions.
    public struct Batch: Sendable {
        /// In the log's order; never empty.
        public let events: [LoggedEvent]
        private let terms: [Int: Int64]

        fileprivate init(_ events: [LoggedEvent], in holding: DurableReaders.Holding) {
            self.events = events
            terms = Dictionary(uniqueKeysWithValues: holding.partitions.map { ($0.partition, $0.term ?? 0) })
        }

        /// Grows each time the event's partition changes hands: a store outside can refuse a lower one than it has seen of that partition.
        public func term(of event: LoggedEvent) -> Int64 {
            terms[EventLog.partition(of: event.event.subject)] ?? 0
        }
    }

    private struct State {
        var holding: DurableReaders.Holding?
        /// How far the log has come, as far as is known.
        var head: Int64 = 0
    }

    private static let renewal: Duration = .seconds(5)

    private let client: BusClient
    private let ahead: ReplayAhead
    private let name: String
    private let types: [TopicPattern]
    private let from: Int64
    private let logger: Logger
    private let member = UUID().uuidString
    private let state = Mutex(State())
    private let wake = Wake()

    /// - Parameters:
    ///   - name: one that the key covers.
    ///   - from: where a reader of a new name begins; 0 for all that the log holds.
    /// - Throws: `BusError` (`invalid`) for credentials that are malformed.
    public init(
        _ credentials: ClientCredentials, name: String, types: [TopicPattern], from: Int64 = 0, logger: Logger
    ) throws {
        client = try BusClient(credentials, subscriptions: types.map { Array($0.prefix.utf8) }, logger: logger)
        ahead = ReplayAhead(client)
        (self.name, self.types, self.from, self.logger) = (name, types, from, logger)
    }

    /// Gives each batch to `handle`, and commits it when that returns. Ends when the task is cancelled; then the partitions are given
    /// back. Run once.
    ///
    /// - Throws: what `handle` throws; `BusError`: `epoch` when a backup was restored, `truncated` when the log no longer holds what comes
    ///   next, `denied` and `refused` when the key does not allow it.
    public func run(_ handle: @escaping @Sendable (Batch) async throws -> Void) async throws {
        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup { group in
                group.addTask { try await self.keepMembership() }
                group.addTask { try await self.listen() }
                group.addTask { try await self.read(handle) }
                try await group.next()
                group.cancelAll()
                try await group.waitForAll()
            }
            result = .success(())
        } catch is CancellationError {
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await leave()
        await client.close()
        try result.get()
    }

    /// Which partitions it holds now.
    var partitions: [Int] { state.withLock { $0.holding?.partitions.map(\.partition) ?? [] } }

    // MARK: Membership

    private func keepMembership() async throws {
        while true {
            try await renew()
            try await Task.sleep(for: Self.renewal)
        }
    }

    private func renew() async throws {
        let request = DeskRequest(
            op: "reader.open", from: from, types: types.map(\.description), name: name, member: member)
        let answer = try await client.ask(request)
        let new = try JSONDecoder().decode(DurableReaders.Holding.self, from: Data(answer))
        state.withLock { state in
            var merged = new
            // What is handled is known here first.
            if let old = state.holding, old.fence == new.fence {
                let known = Dictionary(uniqueKeysWithValues: old.partitions.map { ($0.partition, $0.position) })
                for index in merged.partitions.indices {
                    let part = merged.partitions[index]
                    merged.partitions[index].position = max(part.position, known[part.partition] ?? 0)
                }
            }
            state.holding = merged
            // So it goes on, if slowly, when the feed is out of reach.
            state.head = max(state.head, new.head)
        }
        wake.send()
    }

    /// Gives back what others should have; they take it when they renew.
    private func giveBack(_ surplus: [Int], _ fence: Int64) async throws {
        _ = try await client.ask(DeskRequest(op: "reader.release", name: name, fence: fence, partitions: surplus))
        state.withLock { $0.holding?.partitions.removeAll { surplus.contains($0.partition) } }
    }

    private func leave() async {
        guard let fence = state.withLock({ $0.holding?.fence }) else { return }
        // If it cannot be said, the lease runs out.
        try? await heard(tell(DeskRequest(op: "reader.release", name: name, fence: fence)))
    }

    /// Asks even if this task is or gets cancelled.
    private func tell(_ request: DeskRequest) -> Task<Void, any Error> {
        Task { [client] in _ = try await client.ask(request) }
    }

    /// Waits for what was told; for two seconds at most when this task is or gets cancelled.
    private func heard(_ telling: Task<Void, any Error>) async throws {
        try await withTaskCancellationHandler {
            try await telling.value
        } onCancel: {
            Task {
                try? await Task.sleep(for: .seconds(2))
                telling.cancel()
            }
        }
    }

    // MARK: Reading

    private func listen() async throws {
        while let messages = await client.feed.take() {
            // The last one tells the most: all carry the head.
            guard let message = try messages.last?.get(), message.frames.count > 1,
                let header = FeedHeader(message.frames[1])
            else { continue }
            // A log of another epoch looks like one that has grown: the desk is asked and tells.
            let isOther = state.withLock { state in
                guard let epoch = state.holding?.epoch else { return false }
                return header.epoch != FeedHeader.lowHalf(of: epoch)
            }
            state.withLock { $0.head = isOther ? .max : max($0.head, header.head) }
            wake.send()
        }
    }

    private func read(_ handle: (Batch) async throws -> Void) async throws {
        // The commit of one batch is on its way while the next is read and handled.
        var commit: Task<Void, any Error>?
        do {
            for await _ in wake.stream {
                while try await readBatch(handle, &commit) {}
            }
        } catch {
            if let commit { try? await heard(commit) }
            throw error
        }
        if let commit { try await heard(commit) }
    }

    /// - Returns: false when there is nothing to read until something happens.
    private func readBatch(
        _ handle: (Batch) async throws -> Void, _ commit: inout Task<Void, any Error>?
    ) async throws -> Bool {
        do {
            let (holding, head) = state.withLock { ($0.holding, $0.head) }
            guard let holding, let position = holding.partitions.map(\.position).min() else { return false }
            let surplus = holding.partitions.dropFirst(holding.share).map(\.partition)
            guard position < head, surplus.isEmpty else {
                try await settle(&commit)
                if !surplus.isEmpty { try await giveBack(surplus, holding.fence) }
                return !surplus.isEmpty
            }
            let answer = try await ahead.answer(to: request(holding, after: position))
            // An answer that was asked for ahead may be older than what the feed has told since.
            state.withLock { $0.head = $0.head == .max ? answer.head : max($0.head, answer.head) }
            let events = holding.unhandled(of: try answer.events())
            if !events.isEmpty { try await handle(Batch(events, in: holding)) }
            try await settle(&commit)
            commit = handled(holding, answer.next)
        } catch let error as BusError where error.code == .leaseLost {
            logger.notice("partitions went to another member", metadata: ["reader": "\(name)"])
            try await renew()
        }
        return true
    }

    private func request(_ holding: DurableReaders.Holding, after position: Int64) -> DeskRequest {
        let parts = holding.partitions.map(\.partition)
        return DeskRequest(
            op: "replay", from: position + 1, types: types.map(\.description), epoch: holding.epoch,
            partitions: parts.count < DurableReaders.partitions ? parts : nil)
    }

    private func settle(_ commit: inout Task<Void, any Error>?) async throws {
        guard let telling = commit else { return }
        commit = nil
        try await heard(telling)
    }

    /// What was held is handled up to `position`: goes on from there, and commits it.
    private func handled(_ holding: DurableReaders.Holding, _ position: Int64) -> Task<Void, any Error> {
        let parts = holding.partitions.map(\.partition)
        state.withLock { state in
            guard state.holding?.fence == holding.fence, var now = state.holding?.partitions else { return }
            for index in now.indices where parts.contains(now[index].partition) {
                now[index].position = max(now[index].position, position)
            }
            state.holding?.partitions = now
        }
        return tell(
            DeskRequest(op: "reader.commit", name: name, fence: holding.fence, position: position, partitions: parts))
    }
}

extension DurableReaders.Holding {
    /// Without what was handled already: partitions that came from other members may be ahead.
    fileprivate func unhandled(of events: [LoggedEvent]) -> [LoggedEvent] {
        guard let first = events.first, partitions.contains(where: { $0.position >= first.position }) else {
            return events
        }
        let handled = Dictionary(uniqueKeysWithValues: partitions.map { ($0.partition, $0.position) })
        return events.filter { event in
            handled[EventLog.partition(of: event.event.subject)].map { $0 < event.position } ?? false
        }
    }
}
