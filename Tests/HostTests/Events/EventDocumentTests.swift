import DeviationsModule
import EventBus
import EventKit
import Foundation
import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting
import WhistleblowingModule

/// The description of the events follows the modules; what PyPI's validators say of it is in Tests/Browser.
@Suite struct EventDocumentTests {
    private struct Document: Decodable {
        struct Channel: Decodable { let address: String? }
        struct Server: Decodable { let host: String }
        let asyncapi: String
        let servers: [String: Server]
        let channels: [String: Channel]
    }

    @Test func `every topic that a module announces has a form, and no other has one`() {
        for module in [DeviationsModule.self, WhistleblowingModule.self] as [any FeatureModule.Type] {
            #expect(Set(module.manifest.topics) == Set(module.events.map { $0.type }), "\(module.manifest.id)")
        }
    }

    @Test func `it has a channel for each type of the modules that are on, and the addresses as they are`() async throws
    {
        try await HostHarness.with(modules: [Alpha.self, Deviations.self]) { host in
            let answer = try await host.stranger().get("/api/v1/asyncapi.json")
            let document = try answer.json(Document.self)
            #expect(document.asyncapi == "3.0.0")
            let types = Set(Deviations.events.map { $0.type })
            #expect(Set(document.channels.keys) == types.union(["desk", "stream", "host.audit-anchored.v1"]))
            #expect(document.channels["deviations.received.v1"]?.address == "deviations.received.v1")
            let endpoints = try host.endpoints()
            #expect(document.servers["feed"].map { "tcp://" + $0.host } == endpoints.feed)
            #expect(document.servers["desk"].map { "tcp://" + $0.host } == endpoints.desk)
        }
    }

    @Test func `a module that is off is not described, and its schemas stay where its events say`() async throws {
        try await HostHarness.with(modules: [Alpha.self, Deviations.self], enabled: ["alpha"]) { host in
            let document = try await host.stranger().get("/api/v1/asyncapi.json").json(Document.self)
            #expect(Set(document.channels.keys) == ["desk", "stream", "host.audit-anchored.v1"])
            let schema = try await host.stranger().get("/api/v1/events/deviations.received.v1/schema")
            #expect(schema.status == .ok)
            #expect(schema.header("Content-Type") == "application/schema+json")
            #expect(schema.header("Cache-Control") == "public, max-age=86400")
        }
    }

    @Test(arguments: ["deviations.received.v2", "nonsense", "deviations.*", "%2e%2e"])
    func `a type that there is not has no schema`(_ type: String) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let answer = try await host.stranger().get("/api/v1/events/\(type)/schema")
            #expect(answer.status == .notFound)
        }
    }
}
