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
            document["paths"] = paths?.mapValues { $0.mapValues(limited) }
            return document
        }
    }

    /// An operation with the answer that any may get from the host: too many requests.
    private static func limited(_ operation: Any) -> Any {
        guard var described = operation as? [String: Any], var answers = described["responses"] as? [String: Any]
        else { return operation }
        if answers["429"] == nil { answers["429"] = ["$ref": "#/components/responses/TooMany"] }
        described["responses"] = answers
        return described
    }
}
