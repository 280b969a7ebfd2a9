public import EventKit

/// JSON text in UTF-8: what stands in the literal is kept, what is interpolated is written as a JSON value.
///
/// ```swift
/// let item: JSON = #"{"id":\#(id),"dueOn":\#(due)}"#    // id is quoted and escaped; a nil due becomes null
/// ```
/// Lists go straight from a row's columns into bytes: through Codable the encoding costs more than the query.
public struct JSON: Sendable, Equatable, ExpressibleByStringInterpolation {
    public private(set) var bytes: [UInt8]

    public init(stringLiteral value: String) { bytes = Array(value.utf8) }

    public init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var bytes: [UInt8] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        public mutating func appendLiteral(_ literal: String) {
            var literal = literal
            literal.withUTF8 { bytes.append(contentsOf: $0) }
        }

        public mutating func appendInterpolation(_ text: String) { JSONText.append(text, to: &bytes) }

        public mutating func appendInterpolation(_ text: String?) {
            if let text { JSONText.append(text, to: &bytes) } else { appendLiteral("null") }
        }

        public mutating func appendInterpolation(_ number: Int) { appendLiteral(String(number)) }

        public mutating func appendInterpolation(_ number: Int64) { appendLiteral(String(number)) }

        public mutating func appendInterpolation(_ number: Int?) { appendLiteral(number.map { String($0) } ?? "null") }

        public mutating func appendInterpolation(_ truth: Bool) { appendLiteral(truth ? "true" : "false") }

        public mutating func appendInterpolation(_ time: Timestamp) { appendLiteral("\"\(time)\"") }

        public mutating func appendInterpolation(_ time: Timestamp?) {
            appendLiteral(time.map { "\"\($0)\"" } ?? "null")
        }

        public mutating func appendInterpolation(_ date: CivilDate) { appendLiteral("\"\(date)\"") }

        public mutating func appendInterpolation(_ date: CivilDate?) {
            appendLiteral(date.map { "\"\($0)\"" } ?? "null")
        }

        public mutating func appendInterpolation(_ json: JSON) { bytes.append(contentsOf: json.bytes) }

        public mutating func appendInterpolation(_ json: JSON?) {
            if let json { bytes.append(contentsOf: json.bytes) } else { appendLiteral("null") }
        }

        /// The items as an array.
        public mutating func appendInterpolation(_ items: some Sequence<JSON>) {
            bytes.append(0x5B)
            var first = true
            for item in items {
                if !first { bytes.append(0x2C) }
                first = false
                bytes.append(contentsOf: item.bytes)
            }
            bytes.append(0x5D)
        }

        /// The texts as an array of strings.
        public mutating func appendInterpolation(_ texts: [String]) {
            appendInterpolation(texts.map { "\($0)" as JSON })
        }
    }
}

extension Translated {
    /// `{"nb":…,"nn":…,"en":…}`
    public var json: JSON { #"{"nb":\#(nb),"nn":\#(nn),"en":\#(en)}"# }
}
