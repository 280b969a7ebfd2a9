import HTTPTypes
import Hummingbird
import ModuleKit
import NIOCore
import Vault
import WhistleblowingCore

/// A file as an answer: only ever downloaded, never shown or run.
enum FileAnswer {
    static func response(_ file: AttachedFile, _ content: FileContent) -> Response {
        var headers: HTTPFields = [
            .contentType: "application/octet-stream", .cacheControl: "no-store", .contentLength: "\(file.size)",
        ]
        headers[header: "Content-Disposition"] = "attachment; filename*=UTF-8''\(encoded(file.name))"
        return Response(
            status: .ok, headers: headers, body: ResponseBody(asyncSequence: content.map { ByteBuffer(bytes: $0) }))
    }

    /// RFC 8187.
    private static func encoded(_ name: String) -> String {
        name.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95: String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
