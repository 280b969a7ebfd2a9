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
        try JSONParts.joined([PackageResources.host_openapi_json] + parts)
    }
}
