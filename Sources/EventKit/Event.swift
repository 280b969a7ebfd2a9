import Foundation

/// What an event says, as its module declares it. Lives in a module's Contract.
///
/// Holds identifiers, unit, campus, category, status, times and counts; **never** free text, titles, file names, or
/// people's names or addresses (design: events.md, “The event”).
public protocol EventPayload: Codable, Sendable {
    /// `<module>.<past tense>.v<N>`; never changes meaning.
    static var type: String { get }
}

/// A fact that a module announces: CloudEvents 1.0, before the log has given it a position.
public struct Event: Sendable, Hashable {
    /// UUIDv7.
    public var id: String
    /// `<module>.<past tense>.v<N>`.
    public var type: String
    /// What it is about, e.g. the case's id; events of one subject keep their order.
    public var subject: String
    public var time: Timestamp
    /// The payload as one JSON object in UTF-8, keys sorted.
    public var data: String
    /// W3C trace context of the request that caused it, if any.
    public var traceparent: String?

    public init(id: String, type: String, subject: String, time: Timestamp, data: String, traceparent: String? = nil) {
        self.id = id
        self.type = type
        self.subject = subject
        self.time = time
        self.data = data
        self.traceparent = traceparent
    }

    /// The event that carries `payload`.
    ///
    /// - Throws: `EncodingError` if the payload cannot be written as JSON.
    public init(_ payload: some EventPayload, subject: String, at time: Timestamp) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.init(
            id: Identifier.make(at: time), type: Swift.type(of: payload).type, subject: subject, time: time,
            data: String(decoding: try encoder.encode(payload), as: UTF8.self))
    }

    /// The module that owns the type: what stands before its first dot.
    public var module: Substring { type.prefix { $0 != "." } }
}

/// An event at its place in the log.
public struct LoggedEvent: Sendable, Hashable {
    public var event: Event
    /// 1, 2, 3 … without holes, in the order of commits.
    public var position: Int64
    /// Position of the preceding event of the same type, 0 if it is the first.
    public var previous: Int64
    /// Which log this is; another one after a restore.
    public var epoch: String
    /// `/trivsel/<installation>/<module>`.
    public var source: String
    /// Where the installation is reached, without a slash at its end: its schemas are there.
    public var site: String

    public init(
        event: Event, position: Int64, previous: Int64, epoch: String, source: String, site: String = "http://localhost"
    ) {
        self.event = event
        self.position = position
        self.previous = previous
        self.epoch = epoch
        self.source = source
        self.site = site
    }

    /// Where the schema of a type's data is, below the site.
    public static func schemaPath(of type: String) -> String { "/api/v1/events/\(type)/schema" }

    /// The payload, read as `type`.
    ///
    /// - Throws: `DecodingError` if the data is not such a payload.
    public func payload<Payload: EventPayload>(_ type: Payload.Type) throws -> Payload {
        try JSONDecoder().decode(type, from: Data(event.data.utf8))
    }

    /// CloudEvents 1.0 in structured JSON, with the extensions `sequence`, `partitionkey` and `traceparent`.
    public var cloudEvent: String {
        let number = String(position)
        let sequence = String(repeating: "0", count: max(0, 20 - number.count)) + number
        let trace = event.traceparent.map { ",\"traceparent\":\(JSONText.quoted($0))" } ?? ""
        return """
            {"specversion":"1.0","id":\(JSONText.quoted(event.id)),"source":\(JSONText.quoted(source)),\
            "type":\(JSONText.quoted(event.type)),"subject":\(JSONText.quoted(event.subject)),"time":"\(event.time)",\
            "datacontenttype":"application/json","dataschema":\(JSONText.quoted(site + Self.schemaPath(of: event.type))),\
            "sequence":"\(sequence)","partitionkey":\(JSONText.quoted(event.subject))\(trace),"data":\(event.data)}
            """
    }
}

/// The pattern of event types a reader asks for, or a key may read: a whole type, a prefix that ends in `*`, or `*`.
public struct TopicPattern: Sendable, Hashable, Codable, CustomStringConvertible {
    public let description: String

    /// Nil when the text is empty, over 100 bytes, has a `*` elsewhere than at its end, or characters no type has.
    public init?(_ text: String) {
        let body = text.hasSuffix("*") ? text.dropLast() : text[...]
        let allowed = body.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || $0 == 46 || $0 == 45 || $0 == 95
        }
        guard !text.isEmpty, text.utf8.count <= 100, allowed else { return nil }
        description = text
    }

    /// What a matching type begins with; the whole type when there is no `*`.
    public var prefix: String { description.hasSuffix("*") ? String(description.dropLast()) : description }

    public func matches(_ type: String) -> Bool {
        description.hasSuffix("*") ? type.hasPrefix(prefix) : type == description
    }

    /// True when everything that `other` matches is matched by this pattern too.
    public func covers(_ other: TopicPattern) -> Bool {
        description.hasSuffix("*") ? other.prefix.hasPrefix(prefix) : other == self
    }
}
