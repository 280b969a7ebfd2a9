import Foundation
import Hummingbird
import ModuleKit

/// `/api/v1/openapi.json`: the host's part and that of each module that is on, put together.
struct OpenAPIDocument: Sendable {
    private let bytes: ByteBuffer

    /// - Throws: when a part is not a JSON object; a test reads every part.
    init(modules: [any FeatureModule]) throws {
        var document = try Self.object(PackageResources.host_openapi_json)
        for module in modules { document = Self.merged(document, try Self.object(type(of: module).openAPI)) }
        bytes = ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: document, options: [.sortedKeys, .withoutEscapingSlashes]))
    }

    func mount(on api: RouterGroup<AppContext>) {
        let bytes = bytes
        api.get("openapi.json") { _, _ in
            Response(status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: bytes))
        }
    }

    private static func object(_ bytes: [UInt8]) throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else { throw CocoaError(.coderReadCorrupt) }
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
