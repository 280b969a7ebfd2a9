import EventBus
import EventKit
import Foundation
import HTTPTypes
import Hummingbird
import ModuleKit

/// `/api/v1/asyncapi.json`: feed, desk and stream with every event type of the modules that are on, as AsyncAPI 3.0.
///
/// What is the same for all is in Resources/host.asyncapi.json; the types come from the modules' Contracts.
struct AsyncAPIDocument: Sendable {
    let modules: [any FeatureModule]
    let schemas: EventSchemas
    let site: String
    let endpoints: BusEndpoints

    func mount(on api: RouterGroup<AppContext>) {
        let own = self
        api.get("asyncapi.json") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json", .cacheControl: "public, max-age=60"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: try own.document())))
        }
    }

    /// - Throws: when the fixed part is no JSON; a test reads it.
    func document() throws -> Data {
        let types = modules.flatMap { module in type(of: module).events } + EventSchemas.host
        return try JSONParts.joined(
            [PackageResources.host_asyncapi_json, servers.bytes] + types.map { part(of: $0).bytes })
    }

    private var servers: JSON {
        let parts = site.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        return #"""
            {"servers":{"feed":{"host":\#(Self.host(endpoints.feed))},"desk":{"host":\#(Self.host(endpoints.desk))},\#
            "web":{"host":\#(parts.last.map(String.init) ?? site),"protocol":\#(String(parts[0].dropLast()))}}}
            """#
    }

    /// `tcp://127.0.0.1:5561` → `127.0.0.1:5561`.
    private static func host(_ endpoint: String) -> String {
        endpoint.firstRange(of: "://").map { String(endpoint[$0.upperBound...]) } ?? endpoint
    }

    /// What one type adds: a channel, an operation, a message and the schema of its data.
    private func part(of payload: any EventPayload.Type) -> JSON {
        let type = payload.type
        let title = EventSchemas.title(of: payload)
        let message: JSON = #"{"$ref":\#("#/components/messages/" + type)}"#
        let schema = JSON(stringLiteral: "{\(schemas.members(of: type) ?? "")}")
        return #"""
            {"channels":{\#(type):{"address":\#(type),"title":\#(title),"servers":[{"$ref":"#/servers/feed"}],\#
            "messages":{\#(type):\#(message)}},\#
            "stream":{"messages":{\#(type):\#(message)}}},\#
            "operations":{\#("publish." + type):{"action":"send","channel":{"$ref":\#("#/channels/" + type)},\#
            "title":\#(title)}},\#
            "components":{"messages":{\#(type):{"name":\#(type),"title":\#(title),\#
            "contentType":"application/cloudevents+json",\#
            "headers":{"$ref":"#/components/schemas/FeedHeader"},\#
            "payload":{"allOf":[{"$ref":"#/components/schemas/CloudEvent"},{"type":"object","properties":{\#
            "type":{"const":\#(type)},"dataschema":{"const":\#(site + LoggedEvent.schemaPath(of: type))},\#
            "data":{"$ref":\#("#/components/schemas/" + type)}}}]}}},\#
            "schemas":{\#(type):\#(schema)}}}
            """#
    }
}
