import EventKit
import Foundation

extension LoggedEvent {
    /// The event that `cloudEvent`, an object read from JSON, describes; nil when something is missing.
    init?(cloudEvent object: Any, previous: Int64, epoch: String) {
        guard let fields = object as? [String: Any], let id = fields["id"] as? String,
            let type = fields["type"] as? String,
            let subject = fields["subject"] as? String, let source = fields["source"] as? String,
            let time = (fields["time"] as? String).flatMap({ Timestamp($0) }),
            let position = (fields["sequence"] as? String).flatMap({ Int64($0) }), let value = fields["data"],
            let data = try? JSONSerialization.data(
                withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed])
        else { return nil }
        let schema = fields["dataschema"] as? String ?? ""
        let path = LoggedEvent.schemaPath(of: type)
        self.init(
            event: Event(
                id: id, type: type, subject: subject, time: time, data: String(decoding: data, as: UTF8.self),
                traceparent: fields["traceparent"] as? String),
            position: position, previous: previous, epoch: epoch, source: source,
            site: schema.hasSuffix(path) ? String(schema.dropLast(path.count)) : "")
    }
}

/// What the desk answers to `replay`.
struct ReplayAnswer {
    var epoch: String
    var head: Int64
    var next: Int64
    var events: [LoggedEvent]

    /// - Throws: `BusError` (`badRequest`) for an answer that makes no sense.
    init(_ bytes: [UInt8]) throws {
        guard let fields = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
            let epoch = fields["epoch"] as? String, let head = fields["head"] as? NSNumber,
            let next = fields["next"] as? NSNumber, let objects = fields["events"] as? [Any],
            let previous = fields["previous"] as? [NSNumber], previous.count == objects.count
        else { throw BusError(.badRequest, "the desk's answer cannot be read") }
        self.epoch = epoch
        self.head = head.int64Value
        self.next = next.int64Value
        events = zip(objects, previous).compactMap {
            LoggedEvent(cloudEvent: $0, previous: $1.int64Value, epoch: epoch)
        }
        guard events.count == objects.count else { throw BusError(.badRequest, "the desk's answer cannot be read") }
    }
}
