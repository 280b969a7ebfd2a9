import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit

/// `GET /api/v1/events/<type>/schema`: the JSON Schema of a type's data, where each event's `dataschema` says it is.
///
/// Of all modules, on or off: the log keeps their events.
struct EventSchemas: Sendable {
    let site: String
    /// What the host itself announces.
    static let host: [any EventPayload.Type] = [AuditAnchored.self]
    private let shapes: [String: (title: String, shape: PayloadShape)]

    /// - Throws: `PayloadShape.Unshaped` for a payload whose form cannot be found out.
    init(_ catalogue: [any FeatureModule.Type], site: String) throws {
        let types = catalogue.flatMap { $0.events } + [WebhookTested.self] + Self.host
        self.site = site
        shapes = try Dictionary(types.map { ($0.type, (Self.title(of: $0), try PayloadShape(of: $0))) }) { first, _ in
            first
        }
    }

    func mount(on api: RouterGroup<AppContext>) {
        api.get("events/:type/schema") { _, context in
            guard let document = document(of: try context.parameters.require("type")) else {
                throw Problem.notFound(try context.visit.language)
            }
            // A type's form never changes; a day bounds what a mistake of ours lasts.
            return Response(
                status: .ok,
                headers: [.contentType: "application/schema+json", .cacheControl: "public, max-age=86400"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: document)))
        }
    }

    /// The whole schema of a type; nil for one that there is not.
    func document(of type: String) -> String? {
        shapes[type].map { title, shape in
            """
            {"$schema":"https://json-schema.org/draft/2020-12/schema",\
            "$id":\(JSONText.quoted(site + LoggedEvent.schemaPath(of: type))),\
            "title":\(JSONText.quoted(title)),\(shape.members)}
            """
        }
    }

    /// The form of a type's data without what makes it a document of its own; nil for a type that there is not.
    func members(of type: String) -> String? {
        shapes[type].map { #""title":\#(JSONText.quoted($0.title)),\#($0.shape.members)"# }
    }

    /// The type's name in Swift as words: `DeviationReceived` is “Deviation received”.
    static func title(of type: any EventPayload.Type) -> String {
        let words = String(describing: type).reduce(into: "") { text, character in
            text += character.isUppercase && !text.isEmpty ? " " + character.lowercased() : String(character)
        }
        return words
    }
}
