import EventKit

extension LoggedEvent {
    /// The event whose CloudEvent `json` comes to next.
    ///
    /// - Parameter before: the one before, which often shares a text with it.
    /// - Throws: `JSONScanner.Malformed`, also when something is missing.
    init(
        _ json: inout JSONScanner, epoch: String, after before: LoggedEvent? = nil
    ) throws(JSONScanner.Malformed) {
        var event = Event(id: "", type: "", subject: "", time: Timestamp(milliseconds: -1), data: "")
        var (source, schema, position) = ("", "", Int64(0))
        try json.object { (json, name) throws(JSONScanner.Malformed) in
            switch name {
            case "id": event.id = try json.string()
            case "type": event.type = try json.string(like: before?.event.type ?? "")
            case "subject": event.subject = try json.string()
            case "source": source = try json.string(like: before?.source ?? "")
            case "time": event.time = Timestamp(try json.string()) ?? event.time
            case "sequence": position = Int64(try json.string()) ?? 0
            case "data": event.data = try json.text()
            case "dataschema": schema = try json.string(like: before?.dataSchema ?? "")
            case "traceparent": event.traceparent = try json.string()
            default: try json.skip()
            }
        }
        guard !event.id.isEmpty, !event.type.isEmpty, !event.subject.isEmpty, !source.isEmpty, !event.data.isEmpty,
            event.time.milliseconds >= 0, position > 0
        else { throw JSONScanner.Malformed() }
        self.init(
            event: event, position: position, previous: 0, epoch: epoch, source: source, dataSchema: schema)
    }

    /// The event of a feed message.
    init?(cloudEvent bytes: [UInt8], previous: Int64, epoch: String) {
        var json = JSONScanner(bytes)
        guard let event = try? LoggedEvent(&json, epoch: epoch), (try? json.end()) != nil else { return nil }
        self = event
        self.previous = previous
    }
}

/// What the desk answers to `replay`: what stands before the events is read at once, so that the next piece can be asked for before these are
/// read.
struct ReplayAnswer {
    private(set) var epoch = ""
    private(set) var head: Int64 = -1
    private(set) var next: Int64 = -1
    private let bytes: [UInt8]

    /// - Throws: `BusError` (`badRequest`) for an answer that makes no sense.
    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        var json = JSONScanner(bytes)
        try? json.object { (json, name) throws(JSONScanner.Malformed) in
            switch name {
            case "epoch": epoch = try json.string()
            case "head": head = try json.integer()
            case "next": next = try json.integer()
            case "events": throw JSONScanner.Malformed()
            default: try json.skip()
            }
        }
        guard !epoch.isEmpty, head >= 0, next >= 0 else { throw Self.senseless }
    }

    /// - Throws: `BusError` (`badRequest`) for an answer that makes no sense.
    func events() throws -> [LoggedEvent] { do { return try read() } catch { throw Self.senseless } }

    private func read() throws(JSONScanner.Malformed) -> [LoggedEvent] {
        var json = JSONScanner(bytes)
        var (events, previous): ([LoggedEvent], [Int64]) = ([], [])
        try json.object { (json, name) throws(JSONScanner.Malformed) in
            switch name {
            case "events":
                try json.array { (json) throws(JSONScanner.Malformed) in
                    events.append(try LoggedEvent(&json, epoch: epoch, after: events.last))
                }
            case "previous":
                try json.array { (json) throws(JSONScanner.Malformed) in previous.append(try json.integer()) }
            default: try json.skip()
            }
        }
        try json.end()
        guard previous.count == events.count else { throw JSONScanner.Malformed() }
        for index in events.indices { events[index].previous = previous[index] }
        return events
    }

    private static let senseless = BusError(.badRequest, "the desk's answer cannot be read")
}
