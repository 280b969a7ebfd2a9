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
        let document = try parts.reduce(try object(PackageResources.host_openapi_json)) { merged($0, try object($1)) }
        return try JSONSerialization.data(withJSONObject: document, options: [.sortedKeys, .withoutEscapingSlashes])
    }

    private static func object(_ bytes: [UInt8]) throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
            throw CocoaError(.coderReadCorrupt)
        }
        return object
    }

    /// Objects are joined key by key; of two other values the second wins.
    private static func merged(_ a: [String: Any], _ b: [String: Any]) -> [String: Any] {
        a.merging(b) { old, new in
            guard let old = old as? [String: Any], let new = new as? [String: Any] else { return new }
            return merged(old, new)
        }
    }
}
