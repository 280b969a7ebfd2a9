/// Cuts `multipart/form-data` (RFC 7578) into its parts, as it comes in; strict: what browsers do not send is an error.
///
/// Keeps no more than what it was given last and a line or two.
struct MultipartParser: Sendable {
    enum Event: Sendable, Hashable {
        case part(name: String, fileName: String?)
        /// Some of the part's content; never empty.
        case bytes([UInt8])
        case partEnd
        case end
    }

    private enum State { case boundary, headers, content, done }

    /// The longest headers of a part.
    private static let headerLimit = 8 << 10

    private let delimiter: [UInt8]
    // As if an end of line stood before the first boundary: then all are alike.
    private var waiting: [UInt8] = [13, 10]
    private var state = State.boundary

    /// - Parameter boundary: from the content type; see ``boundary(of:)``.
    init(boundary: String) { delimiter = [13, 10] + Array("--\(boundary)".utf8) }

    /// The boundary that a content type names; nil when it is not `multipart/form-data` with one.
    static func boundary(of contentType: String?) -> String? {
        guard let contentType else { return nil }
        let parts = contentType.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmed() }
        guard parts[0].lowercased() == "multipart/form-data",
            let parameter = parts.dropFirst().first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { return nil }
        var value = String(parameter.dropFirst("boundary=".count))
        if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") {
            value = String(value.dropFirst().dropLast())
        }
        let isAllowed = value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
        return (1...70).contains(value.utf8.count) && isAllowed ? value : nil
    }

    mutating func feed(_ bytes: some Sequence<UInt8>) { waiting += bytes }

    /// The next thing that happens; nil when more has to be fed first.
    ///
    /// - Throws: `MultipartError`.
    mutating func next() throws(MultipartError) -> Event? {
        switch state {
        case .boundary: return try boundary()
        case .headers: return try headers()
        case .content: return content()
        case .done:
            // What follows the last boundary is nothing.
            waiting = []
            return nil
        }
    }

    private mutating func boundary() throws(MultipartError) -> Event? {
        guard waiting.count >= delimiter.count + 2 else { return nil }
        guard waiting.starts(with: delimiter) else { throw .malformed }
        let mark = waiting[delimiter.count..<(delimiter.count + 2)]
        waiting.removeFirst(delimiter.count + 2)
        if mark.elementsEqual("--".utf8) {
            state = .done
            return .end
        }
        guard mark.elementsEqual([13, 10]) else { throw .malformed }
        state = .headers
        return try headers()
    }

    private mutating func headers() throws(MultipartError) -> Event? {
        if waiting.starts(with: [13, 10]) { throw .malformed }
        guard let end = waiting.prefix(Self.headerLimit).position(of: [13, 10, 13, 10]) else {
            if waiting.count >= Self.headerLimit { throw .malformed }
            return nil
        }
        let (name, fileName) = try PartHeaders.names(Array(waiting[..<end]))
        waiting.removeFirst(end + 4)
        state = .content
        return .part(name: name, fileName: fileName)
    }

    private mutating func content() -> Event? {
        if let end = waiting.position(of: delimiter) {
            if end == 0 {
                state = .boundary
                return .partEnd
            }
            return take(end)
        }
        // The end may be the beginning of a delimiter.
        let safe = waiting.count - delimiter.count + 1
        return safe > 0 ? take(safe) : nil
    }

    private mutating func take(_ count: Int) -> Event {
        let bytes = Array(waiting[..<count])
        waiting.removeFirst(count)
        return .bytes(bytes)
    }
}

/// A body that is not what its content type says.
public enum MultipartError: Error, Sendable {
    case malformed
    /// It ended before its last boundary.
    case cutOff
    /// More than was to be read of it.
    case tooLarge
}

extension Collection<UInt8> where Index == Int {
    /// Where `wanted` begins, counted from the start.
    func position(of wanted: [UInt8]) -> Int? {
        guard let first = wanted.first, count >= wanted.count else { return nil }
        let last = endIndex - wanted.count
        var at = startIndex
        while at <= last, let next = self[at...last].firstIndex(of: first) {
            if self[next..<(next + wanted.count)].elementsEqual(wanted) { return next - startIndex }
            at = next + 1
        }
        return nil
    }
}

extension StringProtocol {
    func trimmed() -> String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
