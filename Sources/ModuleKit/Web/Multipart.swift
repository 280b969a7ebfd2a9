public import Hummingbird

/// A file that was sent with a form.
public struct FormFile: Sendable, Hashable {
    /// The form's field.
    public var field: String
    /// As the browser calls it, without folders.
    public var name: String
    /// The media type the browser claims.
    public var type: String
    public var bytes: [UInt8]

    public init(field: String, name: String, type: String, bytes: [UInt8]) {
        (self.field, self.name, self.type, self.bytes) = (field, name, type, bytes)
    }
}

/// Reads `multipart/form-data` (RFC 7578).
struct Multipart {
    private(set) var values: [(name: String, value: [UInt8])] = []
    private(set) var files: [FormFile] = []

    /// Nil for anything else, or when the end is missing.
    init?(_ body: [UInt8], contentType: String) {
        guard contentType.lowercased().hasPrefix("multipart/form-data"),
            let boundary = Self.parameter("boundary", of: contentType)
        else { return nil }
        let mark = Array("\r\n--\(boundary)".utf8)
        // The first boundary has no line before it.
        let text = [13, 10] + body
        var starts = Self.places(of: mark, in: text)[...]
        while let start = starts.popFirst() {
            let after = start + mark.count
            if text[after...].starts(with: "--".utf8) { return }
            guard text[after...].starts(with: "\r\n".utf8), let end = starts.first, add(text[(after + 2)..<end]) else {
                return nil
            }
        }
        return nil
    }

    private mutating func add(_ part: ArraySlice<UInt8>) -> Bool {
        guard let gap = Self.places(of: Array("\r\n\r\n".utf8), in: Array(part.prefix(4096))).first else {
            return false
        }
        let head = String(decoding: part.prefix(gap), as: UTF8.self)
        let content = Array(part.dropFirst(gap + 4))
        var name: String?
        var file: String?
        var type = "application/octet-stream"
        for line in head.split(separator: "\r\n") {
            let lower = line.lowercased()
            if lower.hasPrefix("content-disposition:") {
                (name, file) = (Self.parameter("name", of: line), Self.parameter("filename", of: line))
            }
            if lower.hasPrefix("content-type:") { type = line.dropFirst(13).trimmingSpaces() }
        }
        guard let name else { return false }
        guard let file else {
            values.append((name, content))
            return true
        }
        let plain = file.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        // A field without a chosen file comes as an empty one without a name.
        if !plain.isEmpty { files.append(FormFile(field: name, name: plain, type: type, bytes: content)) }
        return true
    }

    /// The value of `name="…"`, or of a bare `name=…`.
    private static func parameter(_ name: String, of line: some StringProtocol) -> String? {
        for part in line.split(separator: ";").dropFirst() {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].trimmingSpaces().lowercased() == name else { continue }
            let value = halves[1].trimmingSpaces()
            // Browsers write a quote as %22 (HTML § 4.10.21.8).
            return (value.hasPrefix("\"") ? String(value.dropFirst().prefix { $0 != "\"" }) : value).replacing(
                "%22", with: "\"")
        }
        return nil
    }

    private static func places(of mark: [UInt8], in text: [UInt8]) -> [Int] {
        var places: [Int] = []
        var at = 0
        while at + mark.count <= text.count {
            if text[at] == mark[0], text[at..<at + mark.count].elementsEqual(mark) {
                places.append(at)
                at += mark.count
            } else {
                at += 1
            }
        }
        return places
    }
}

extension AppContext {
    /// The form the browser sent, with its files, as `form` reads it; all of it at most `limit` bytes.
    ///
    /// - Throws: `Problem` when the body is over the limit or not a form.
    public func form(_ request: Request, filesUpTo limit: Int) async throws -> (form: FormData, files: [FormFile]) {
        let visit = try visit
        let type = request.headers[.contentType] ?? ""
        guard type.lowercased().hasPrefix("multipart/form-data") else { return (try await form(request), []) }
        let body: [UInt8]
        do { body = Array(buffer: try await request.body.collect(upTo: limit)) } catch {
            throw Problem.tooLarge(visit.language, limit: limit)
        }
        guard let parts = Multipart(body, contentType: type) else { throw Problem.malformed(visit.language) }
        return (checked(FormData(parts.values, language: visit.language), visit), parts.files)
    }
}
