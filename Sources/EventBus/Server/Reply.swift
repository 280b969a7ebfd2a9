import EventKit
import Foundation
import Storage

/// The JSON that goes over the desk; shared by server and clients, so that they cannot differ.
enum Reply {
    private struct Refusal: Codable {
        struct Detail: Codable {
            var message: String
            var first: Int64?
            var epoch: String?
        }

        var error: String
        var detail: Detail
    }

    /// What a refusal begins with, so that a long answer need not be read to tell that it is none.
    private static let refusalStart = Array(#"{"error":"#.utf8)

    struct Taken: Codable {
        var jobs: [TakenJob]
    }

    struct Accepted: Codable {
        var ok = true
        /// What was taken with the same request, if it asked for that.
        var jobs: [TakenJob]?
    }

    struct Kept: Codable {
        var ok = true
        /// Bytes of the result that the host has.
        var received: Int
    }

    /// `{"error": <code>, "detail": {"message": …, "first"?: …, "epoch"?: …}}`.
    static func refusal(_ error: BusError) -> [UInt8] {
        let detail = encode(Refusal.Detail(message: error.message, first: error.first, epoch: error.epoch))
        return refusalStart + Array("\"\(error.code.rawValue)\",\"detail\":".utf8) + detail + Array("}".utf8)
    }

    /// The error that an answer stands for; nil when it is none.
    static func error(in answer: [UInt8]) -> BusError? {
        guard answer.starts(with: refusalStart),
            let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(answer))
        else { return nil }
        return BusError(
            BusError.Code(rawValue: refusal.error) ?? .badRequest, refusal.detail.message, first: refusal.detail.first,
            epoch: refusal.detail.epoch)
    }

    static func encode(_ reply: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(reply)).map(Array.init) ?? Array("{}".utf8)
    }

    /// Written by hand because the events are JSON text already.
    static func replay(_ batch: LogBatch) -> [UInt8] {
        var bytes = Array(
            """
            {"epoch":\(JSONText.quoted(batch.epoch)),"first":\(batch.first),"head":\(batch.head),"next":\(batch.next),\
            "events":[
            """.utf8)
        bytes.reserveCapacity(1000 * batch.events.count)
        for (index, event) in batch.events.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            event.appendCloudEvent(to: &bytes)
        }
        let previous = batch.events.map { String($0.previous) }.joined(separator: ",")
        bytes.append(contentsOf: "],\"previous\":[\(previous)]}".utf8)
        return bytes
    }
}

/// A request at the desk; which fields it needs follows from `op`.
struct DeskRequest: Codable, Hashable {
    /// Events in one answer to `replay`.
    static let mostEvents: Int64 = 500

    var op: String
    var from: Int64?
    var types: [String]?
    var epoch: String?
    var max: Int?
    var maxBytes: Int?
    var queue: String?
    /// Seconds.
    var wait: Double?
    var job: Int64?
    var token: String?
    var messageID: String?
    var result: String?
    /// Where in the result `bytes` begins.
    var offset: Int?
    /// Base64.
    var bytes: String?
    /// Bytes of a result that was sent in parts.
    var size: Int?
    var reason: String?
    var retry: Bool?
    var name: String?
    var member: String?
    var fence: Int64?
    var position: Int64?
    var partitions: [Int]?
    var snapshot: String?
}

/// A job as its worker gets it.
public struct TakenJob: Sendable, Hashable, Codable {
    public var job: Int64
    public var token: String
    public var queue: String
    public var key: String
    /// What the host's `WorkQueue.prepare` made of it.
    public var payload: String
    public var attempt: Int
    /// The lease lasts so long from the moment of the take; `extend` renews it.
    public var leaseSeconds: Int64
    /// If it stands here, an earlier attempt may have reached its end: do it again under this id.
    public var messageID: String?
}
