import EventKit
import Foundation
import Logging
import Storage

/// What a request came to: the JSON, and what to undo if it cannot be delivered.
struct DeskAnswer: Sendable {
    var body: [UInt8]
    var undo: (@Sendable () async -> Void)?
}

/// Answers requests: replay here, work and durable readers in extensions.
struct Desk: Sendable {
    let log: EventLog
    let jobs: JobStore
    let readers: DurableReaders
    let snapshots: Snapshots
    let queues: [String: WorkQueue]
    let logger: Logger
    var metrics = BusMetrics()

    /// Never throws: what goes wrong is an answer too.
    ///
    /// - Parameter isWanted: false once the client is gone or has asked anew, so that a long wait can end.
    func answer(_ message: DeskMessage, isWanted: @Sendable () async -> Bool) async -> DeskAnswer {
        var operation = "unknown"
        do {
            let request = try read(message.body)
            guard Self.operations.contains(request.op) else {
                throw BusError(.badRequest, "there is no such operation")
            }
            operation = request.op
            let answer = try await carryOut(request, for: message.key, isWanted)
            metrics.request(operation, "ok")
            return answer
        } catch {
            let refusal = error as? BusError ?? BusError(.busy, "the host cannot answer now")
            if !(error is BusError) && !(error is CancellationError) {
                logger.error(
                    "a request failed",
                    metadata: ["op": "\(operation)", "key": "\(message.key.name)", "error": "\(error)"])
            }
            if refusal.code == .denied {
                metrics.refused("request")
                logger.warning(
                    "a request outside the key", metadata: ["op": "\(operation)", "key": "\(message.key.name)"])
            }
            metrics.request(operation, refusal.code.rawValue)
            return DeskAnswer(body: Reply.refusal(refusal))
        }
    }

    private static let operations: Set<String> = [
        "replay", "work.take", "work.begin", "work.extend", "work.result", "work.done", "work.fail",
        "reader.open", "reader.commit", "reader.release",
        "snapshot", "snapshot.part",
    ]

    private func read(_ body: [UInt8]) throws -> DeskRequest {
        do { return try JSONDecoder().decode(DeskRequest.self, from: Data(body)) } catch {
            metrics.garbageAtDesk()
            throw BusError(.badRequest, "not a request in JSON")
        }
    }

    private func carryOut(
        _ request: DeskRequest, for key: ClientKey, _ isWanted: @Sendable () async -> Bool
    ) async throws -> DeskAnswer {
        switch request.op {
        case "replay": try await replay(request, for: key)
        case "reader.open", "reader.commit", "reader.release": try await durable(request, for: key)
        case "snapshot", "snapshot.part": try await snapshot(request, for: key)
        case "work.take": try await take(request, for: key, isWanted)
        default: try await report(request, for: key)
        }
    }

    /// The event types asked for, all of them covered by the key.
    func patterns(_ request: DeskRequest, for key: ClientKey) throws -> [TopicPattern] {
        let types = (request.types ?? []).map { TopicPattern($0) }
        let patterns = types.compactMap { $0 }
        guard !patterns.isEmpty, patterns.count == types.count, patterns.count <= 100 else {
            throw BusError(.badRequest, "\(request.op) needs 1 to 100 types")
        }
        guard patterns.allSatisfy(key.mayRead) else { throw BusError(.denied, "the key does not cover these types") }
        return patterns
    }

    /// `{from, types, partitions?, max ≤ 500, maxBytes ≤ 1 MiB, epoch?}` → `{epoch, first, head, next, events, previous}`.
    private func replay(_ request: DeskRequest, for key: ClientKey) async throws -> DeskAnswer {
        guard let from = request.from, from >= 0 else { throw BusError(.badRequest, "replay needs from and types") }
        let patterns = try patterns(request, for: key)
        let most = Int(DeskRequest.mostEvents)
        let limit = min(max(request.max ?? most, 1), most)
        let bytes = min(max(request.maxBytes ?? 1 << 20, 1), 1 << 20)
        let batch = try await log.read(
            after: max(from, 1) - 1, matching: patterns, in: request.partitions, limit: limit, maxBytes: bytes)
        if let epoch = request.epoch, epoch != batch.epoch {
            throw BusError(.epoch, "the log is another one", epoch: batch.epoch)
        }
        if from > batch.head + 1 {
            throw BusError(.epoch, "the log ends before what was asked for", epoch: batch.epoch)
        }
        if from > 0, from < batch.first {
            throw BusError(.truncated, "the log begins later", first: batch.first)
        }
        metrics.replayed(batch.events.count)
        return DeskAnswer(body: Reply.replay(batch))
    }
}
