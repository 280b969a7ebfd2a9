import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit

/// What a client of the event stream asks for.
struct EventStreamRequest {
    let topics: [TopicPattern]
    /// The last position that it has; nil: only what comes from now on.
    let after: Int64?
    /// The log that it belongs to.
    let epoch: String?

    /// - Throws: `Problem` 400 that names what cannot be read.
    init(_ request: Request, _ language: Language) throws {
        let query = request.uri.queryParameters
        let text = EventStreamTexts[language]
        let types = (query["types"].map(String.init) ?? "*").split(separator: ",")
        topics = types.compactMap { TopicPattern(String($0)) }
        guard !types.isEmpty, topics.count == types.count, topics.count <= 100 else {
            throw Problem.malformed(language, [FieldError("types", text.types)])
        }
        if let last = request.headers[header: "Last-Event-ID"] {
            let parts = last.split(separator: "@", maxSplits: 1)
            guard let position = parts.first.flatMap({ Int64($0) }), position >= 0 else {
                throw Problem.malformed(language, [FieldError("Last-Event-ID", text.lastID)])
            }
            (after, epoch) = (position, parts.count > 1 ? String(parts[1]) : nil)
        } else if let from = query["from"] {
            guard let position = Int64(from), position >= 1 else {
                throw Problem.malformed(language, [FieldError("from", text.from)])
            }
            (after, epoch) = (position - 1, nil)
        } else {
            (after, epoch) = (nil, nil)
        }
    }
}

/// What a client of the event stream is told of a request that cannot be read.
struct EventStreamTexts: TextSet {
    let types, lastID, from: String

    static let nb = EventStreamTexts(
        types: "Skriv høyst 100 hendelsestyper med komma mellom, som deviations.*.",
        lastID: "Send id-en fra den siste meldingen, som 42@….", from: "Skriv en posisjon fra 1.")
    static let nn = EventStreamTexts(
        types: "Skriv høgst 100 hendingstypar med komma mellom, som deviations.*.",
        lastID: "Send id-en frå den siste meldinga, som 42@….", from: "Skriv ein posisjon frå 1.")
    static let en = EventStreamTexts(
        types: "Name at most 100 event types, comma separated, such as deviations.*.",
        lastID: "Send the id of the last message, such as 42@….", from: "Name a position from 1 on.")
}
