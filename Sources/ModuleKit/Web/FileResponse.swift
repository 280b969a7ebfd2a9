import Attachments
import Foundation
import HTTPTypes
public import Hummingbird
public import Vault

extension Response {
    /// What a file that somebody sent may do in a browser: nothing.
    public static let filePolicy = "sandbox; default-src 'none'"

    /// A file, to be saved and never shown; under another name than its own when one is given.
    public static func download(_ file: SealedFile, _ content: FileContent, as name: String? = nil) -> Response {
        var answer = Response.file(file, content)
        answer.headers[.contentDisposition] = "attachment; " + parameters(ofName: name ?? file.name)
        return answer
    }

    /// A text that we made, to be saved: `type` is its media type.
    public static func download(_ text: String, type: String, named name: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: "no-store",
                .contentDisposition: "attachment; " + parameters(ofName: name),
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: text.utf8)))
    }

    /// A preview that we made ourselves: the one kind of file that is shown in a page.
    public static func preview(_ file: SealedFile, _ content: FileContent) -> Response {
        var answer = Response.file(file, content)
        answer.headers[.contentDisposition] = "inline"
        return answer
    }

    private static func file(_ file: SealedFile, _ content: FileContent) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: file.type, .cacheControl: "no-store", .contentSecurityPolicy: filePolicy,
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(contentLength: file.size) { writer in
                for try await part in content { try await writer.write(ByteBuffer(bytes: part)) }
                try await writer.finish(nil)
            })
    }

    /// The name in plain letters for those who read no other, and as it is (RFC 6266, 4.3).
    static func parameters(ofName name: String) -> String {
        let plain = name.unicodeScalars.map { scalar in
            scalar.isASCII && scalar.value >= 32 && scalar.value != 127 && !"\"\\%".unicodeScalars.contains(scalar)
                ? Character(scalar) : "_"
        }
        let whole = name.addingPercentEncoding(withAllowedCharacters: attributeCharacters) ?? ""
        return "filename=\"\(String(plain))\"; filename*=UTF-8''\(whole)"
    }

    /// `attr-char` of RFC 8187.
    private static let attributeCharacters = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~")
}

extension Request {
    /// Whether the body is said to be a form with files.
    public var isMultipartForm: Bool { MultipartForm.isType(headers[.contentType]) }

    /// The name that an API client gives the file it sends, from `Content-Disposition`: `filename*`, else `filename`.
    public var sentFileName: String? {
        guard let header = headers[.contentDisposition] else { return nil }
        if let match = header.firstMatch(of: /(?i)filename\*=utf-8'[^']*'([^;\s]+)/) {
            return String(match.1).removingPercentEncoding
        }
        return header.firstMatch(of: /(?i)filename="([^"]*)"/).map { String($0.1) }
    }
}
