import Crypto
import HTTPTypes
import Hummingbird
import ModuleKit

/// The style sheet and the script, compiled in; each address holds the hash of its content, so a browser may keep it
/// for ever.
struct Assets: Sendable {
    struct Asset: Sendable {
        let path: String
        let type: String
        let bytes: ByteBuffer

        init(_ name: String, ending: String, type: String, bytes: [UInt8]) {
            path = "/assets/\(name)-\(Secret.hex(SHA256.hash(data: bytes)).prefix(12)).\(ending)"
            self.type = type
            self.bytes = ByteBuffer(bytes: bytes)
        }

        var response: Response {
            Response(
                status: .ok,
                headers: [.contentType: type, .cacheControl: "public, max-age=31536000, immutable"],
                body: ResponseBody(byteBuffer: bytes))
        }
    }

    let styleSheet = Asset(
        "trivsel", ending: "css", type: "text/css; charset=utf-8", bytes: PackageResources.trivsel_css)
    let script = Asset(
        "trivsel", ending: "js", type: "text/javascript; charset=utf-8", bytes: PackageResources.trivsel_js)

    func mount(on router: Router<AppContext>) {
        for asset in [styleSheet, script] {
            router.get(RouterPath(asset.path)) { _, _ in asset.response }
        }
    }
}
