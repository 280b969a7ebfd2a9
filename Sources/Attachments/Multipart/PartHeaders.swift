/// The headers of one part of a form.
enum PartHeaders {
    /// The names of its field and, for a file, its file.
    ///
    /// - Throws: `malformed`.
    static func names(_ bytes: [UInt8]) throws(MultipartError) -> (name: String, fileName: String?) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed }
        var disposition: String?
        for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
            guard let colon = line.firstIndex(of: ":"),
                !line.contains(where: { $0 == "\r" || $0 == "\n" || $0 == "\0" })
            else { throw .malformed }
            let value = line[line.index(after: colon)...].trimmed()
            switch line[..<colon].lowercased() {
            case "content-disposition":
                if disposition != nil { throw .malformed }
                disposition = value
            // RFC 7578, 4.7: nobody encodes; one who says so means to be read in two ways.
            case "content-transfer-encoding": throw .malformed
            default: break
            }
        }
        guard let disposition else { throw .malformed }
        let parameters = try parameters(of: disposition)
        guard let name = parameters["name"], parameters["filename*"] == nil else { throw .malformed }
        return (name, parameters["filename"])
    }

    /// `form-data; name="a"; filename="b"`, quoted as the HTML standard says: `%22`, `%0D` and `%0A` alone are escaped.
    private static func parameters(of disposition: String) throws(MultipartError) -> [String: String] {
        var rest = disposition[...]
        guard rest.prefix(9).lowercased() == "form-data" else { throw .malformed }
        rest = rest.dropFirst(9)
        var found: [String: String] = [:]
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            if rest.isEmpty { return found }
            guard rest.popFirst() == ";" else { throw .malformed }
            rest = rest.drop { $0 == " " || $0 == "\t" }
            let name = rest.prefix { $0 != "=" && $0 != ";" && $0 != "\"" }
            rest = rest.dropFirst(name.count)
            guard !name.isEmpty, rest.popFirst() == "=", rest.popFirst() == "\"" else { throw .malformed }
            let value = rest.prefix { $0 != "\"" }
            rest = rest.dropFirst(value.count)
            guard rest.popFirst() == "\"", found.updateValue(unescaped(value), forKey: name.lowercased()) == nil else {
                throw .malformed
            }
        }
    }

    private static func unescaped(_ value: Substring) -> String {
        String(value).replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    }
}
