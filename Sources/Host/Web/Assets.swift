import Crypto
import Gzip
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
        /// For the browsers that take it: nearly all.
        let compressed: ByteBuffer?

        init(_ name: String, ending: String, type: String, bytes: [UInt8]) {
            path = "/assets/\(name)-\(Secret.hex(SHA256.hash(data: bytes)).prefix(12)).\(ending)"
            self.type = type
            self.bytes = ByteBuffer(bytes: bytes)
            compressed = Gzip.compressed(bytes).map { ByteBuffer(bytes: $0) }
        }

        func response(to request: Request) -> Response {
            var headers: HTTPFields = [
                .contentType: type, .cacheControl: "public, max-age=31536000, immutable", .vary: "Accept-Encoding",
            ]
            let coded = Self.takesGzip(request.headers[.acceptEncoding]) ? compressed : nil
            if coded != nil { headers[.contentEncoding] = "gzip" }
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: coded ?? bytes))
        }

        /// Whether `Accept-Encoding` names gzip, and not with a weight of nothing (RFC 9110, 12.5.3).
        static func takesGzip(_ header: String?) -> Bool {
            (header ?? "").split(separator: ",").contains { entry in
                let parts = entry.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
                return parts.first == "gzip"
                    && !["q=0", "q=0.0", "q=0.00", "q=0.000"].contains(parts.dropFirst().first)
            }
        }
    }

    let styleSheet = Asset(
        "trivsel", ending: "css", type: "text/css; charset=utf-8", bytes: PackageResources.trivsel_css)
    let script = Asset(
        "trivsel", ending: "js", type: "text/javascript; charset=utf-8", bytes: PackageResources.trivsel_js)

    func mount(on router: Router<AppContext>) {
        for asset in [styleSheet, script] {
            router.get(RouterPath(asset.path)) { request, _ in asset.response(to: request) }
        }
    }
}
