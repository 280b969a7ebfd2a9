import Foundation
import HTTPTypes
import Host
import ModuleKit
import Testing
import TrivselTesting

/// The description of the API follows the modules that are on.
@Suite struct OpenAPITests {
    private struct Document: Decodable {
        struct Anything: Decodable {}
        let openapi: String
        let paths: [String: [String: Anything]]
    }

    @Test func `it describes every route of the API, and no other`() async throws {
        let modules: [any FeatureModule.Type] = [Deviations.self, Whistleblowing.self]
        try await HostHarness.with(modules: modules) { host in
            let document = try await host.stranger().get("/api/v1/openapi.json").json(Document.self)
            #expect(document.openapi.hasPrefix("3.1"))
            let described = Set(
                document.paths.flatMap { path, methods in
                    methods.keys.filter { $0 != "parameters" }.map { "\($0.uppercased()) \(path)" }
                })
            let routes = try await host.routes(modules).filter {
                $0.path.hasPrefix("/api/") && $0.method != .head && !$0.path.hasSuffix("openapi.json")
            }
            let mounted = Set(routes.map(\.description))
            #expect(described == mounted)
        }
    }

    @Test func `every operation says that too many requests are refused`() async throws {
        struct Document: Decodable {
            struct Operation: Decodable {
                struct Anything: Decodable {}
                let responses: [String: Anything]

                private enum CodingKeys: CodingKey { case responses }

                init(from decoder: any Decoder) throws {
                    // What stands beside the operations is a list.
                    let values = try? decoder.container(keyedBy: CodingKeys.self)
                    responses = try values?.decode([String: Anything].self, forKey: .responses) ?? ["429": Anything()]
                }
            }
            let paths: [String: [String: Operation]]
        }
        try await HostHarness.with(modules: [Deviations.self, Whistleblowing.self]) { host in
            let document = try await host.stranger().get("/api/v1/openapi.json").json(Document.self)
            let operations = document.paths.values.flatMap(\.values)
            #expect(operations.count > 100)
            #expect(operations.allSatisfy { $0.responses["429"] != nil })
        }
    }

    @Test func `a module that is off is not described`() async throws {
        try await HostHarness.with(modules: [Alpha.self, Deviations.self], enabled: ["alpha"]) { host in
            let document = try await host.stranger().get("/api/v1/openapi.json").json(Document.self)
            #expect(
                document.paths.keys.sorted() == [
                    "/api/v1/asyncapi.json", "/api/v1/audit", "/api/v1/audit/export", "/api/v1/audit/verification",
                    "/api/v1/campuses", "/api/v1/deputies", "/api/v1/deputies/{deputyship}",
                    "/api/v1/events", "/api/v1/events/{type}/schema",
                    "/api/v1/help-contacts", "/api/v1/help-contacts/{contact}",
                    "/api/v1/legal-references", "/api/v1/me/data",
                    "/api/v1/me/data/export", "/api/v1/me/requests",
                    "/api/v1/me/requests/{request}/files/{file}", "/api/v1/me/sessions",
                    "/api/v1/me/sessions/{session}", "/api/v1/me/tokens", "/api/v1/me/tokens/{token}",
                    "/api/v1/privacy-grounds",
                    "/api/v1/privacy-requests", "/api/v1/privacy-requests/{request}",
                    "/api/v1/privacy-requests/{request}/cases", "/api/v1/privacy-requests/{request}/cases/{case}",
                    "/api/v1/privacy-requests/{request}/cases/{case}/extract",
                    "/api/v1/privacy-requests/{request}/cases/{case}/files/{file}",
                    "/api/v1/privacy-requests/{request}/decision", "/api/v1/privacy-requests/{request}/extract",
                    "/api/v1/privacy-requests/{request}/search", "/api/v1/role-grants", "/api/v1/role-grants/{grant}",
                    "/api/v1/units", "/api/v1/webhooks",
                    "/api/v1/webhooks/{hook}",
                    "/api/v1/webhooks/{hook}/deliveries",
                    "/api/v1/webhooks/{hook}/secret", "/api/v1/webhooks/{hook}/test",
                ])
        }
    }
}
