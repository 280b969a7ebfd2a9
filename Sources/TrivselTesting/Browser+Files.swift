public import HTTPTypes

extension Browser {
    /// A file that is chosen in a form.
    public struct File: Sendable {
        public let name: String
        public let bytes: [UInt8]

        public init(_ name: String, _ bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }

        /// A small picture that browsers can show.
        public static let picture = File(
            "bilde.gif",
            Array("GIF89a\u{1}\0\u{1}\0".utf8) + [
                0x80, 0, 0, 0xFF, 0, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0,
            ]
                + [0x3B])
    }

    /// Sends a form with files in its field `files`, the last of its fields.
    @discardableResult
    public func post(
        _ path: String, _ fields: KeyValuePairs<String, String>, files: [File], token: FormToken = .found,
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        try await post(path, list: fields.map { ($0.key, $0.value) }, files: files, token: token, headers: headers)
    }

    /// The same with fields that were put together.
    public func post(
        _ path: String, list fields: [(String, String)], files: [File], token: FormToken = .found,
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        var body: [UInt8] = []
        func part(_ head: String, _ content: [UInt8]) {
            body += Array("--trivsel7\r\nContent-Disposition: form-data; \(head)\r\n\r\n".utf8) + content + [13, 10]
        }
        for (name, value) in (sent(token).map { [("_token", $0)] } ?? []) + fields {
            part("name=\"\(name)\"", Array(value.utf8))
        }
        // An empty field, as browsers send it, when no file is chosen.
        for file in files.isEmpty ? [File("", [])] : files {
            let name = file.name.replacing("\"", with: "%22")
            part("name=\"files\"; filename=\"\(name)\"\r\nContent-Type: image/png", file.bytes)
        }
        body += Array("--trivsel7--\r\n".utf8)
        let all: HTTPFields = [.contentType: "multipart/form-data; boundary=trivsel7"]
        return try await send(.post, path, headers: all + headers, body: body)
    }
}
