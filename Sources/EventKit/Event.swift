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
        self.init(
            id: Identifier.make(at: time), type: Swift.type(of: payload).type, subject: subject, time: time,
            data: String(decoding: try PayloadWriter.write(payload), as: UTF8.self))
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
    /// The address of the schema of its data.
    public var dataSchema: String

    public init(event: Event, position: Int64, previous: Int64, epoch: String, source: String, dataSchema: String) {
        self.event = event
        self.position = position
        self.previous = previous
        self.epoch = epoch
        self.source = source
        self.dataSchema = dataSchema
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
        var bytes: [UInt8] = []
        appendCloudEvent(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends ``cloudEvent`` in UTF-8.
    public func appendCloudEvent(to bytes: inout [UInt8]) {
        func field(_ name: String, _ value: String) {
            bytes.append(contentsOf: name.utf8)
            JSONText.append(value, to: &bytes)
        }
        field("{\"specversion\":\"1.0\",\"id\":", event.id)
        field(",\"source\":", source)
        field(",\"type\":", event.type)
        field(",\"subject\":", event.subject)
        field(",\"time\":", event.time.description)
        field(",\"datacontenttype\":\"application/json\",\"dataschema\":", dataSchema)
        bytes.append(contentsOf: ",\"sequence\":\"".utf8)
        let digits = String(position).utf8
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, 20 - digits.count)))
        bytes.append(contentsOf: digits)
        field("\",\"partitionkey\":", event.subject)
        if let trace = event.traceparent { field(",\"traceparent\":", trace) }
        bytes.append(contentsOf: ",\"data\":".utf8)
        bytes.append(contentsOf: event.data.utf8)
        bytes.append(UInt8(ascii: "}"))
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
