import Foundation
import Hummingbird
import ModuleKit

/// `/api/v1/openapi.json`: the host's part and that of each module that is on, put together.
struct OpenAPIDocument: Sendable {
    let modules: [any FeatureModule]

    func mount(on api: RouterGroup<AppContext>) {
        let modules = modules
        api.get("openapi.json") { _, _ in
            let bytes = try Self.document(modules.map { type(of: $0).openAPI })
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }

    /// - Throws: when a part is not a JSON object; a test reads every part.
    static func document(_ parts: [[UInt8]]) throws -> Data {
        try JSONParts.joined([PackageResources.host_openapi_json] + parts) { document in
            var document = document
            let paths = document["paths"] as? [String: [String: Any]]
            document["paths"] = paths?.mapValues { operations in
                Dictionary(uniqueKeysWithValues: operations.map { ($0, complete($1, isWrite: $0 != "get")) })
            }
            return document
        }
    }

    /// An operation with the answers that any may get from the host: to a token that nobody has, to too many requests, and to a write from
    /// another site or in plain text.
    private static func complete(_ operation: Any, isWrite: Bool) -> Any {
        guard var described = operation as? [String: Any], let answers = described["responses"] as? [String: Any]
        else { return operation }
        let problem = ["$ref": "#/components/responses/Problem"]
        var hosts = ["401": problem, "429": ["$ref": "#/components/responses/TooMany"]]
        if isWrite { (hosts["403"], hosts["415"]) = (problem, problem) }
        described["responses"] = answers.merging(hosts) { own, _ in own }
        return described
    }
}
