/// A moment: whole milliseconds since 1970-01-01T00:00:00Z. The only form in which times are stored or sent.
public struct Timestamp: Sendable, Hashable, Comparable, Codable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }

    /// This moment moved by `seconds`, which may be negative.
    public func adding(seconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds + seconds * 1000) }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Timestamp(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not an RFC 3339 time"))
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds: `2026-11-27T08:15:30.123Z`.
    ///
    /// Written by hand because it stands on every row of every list: Foundation's formatter costs some twenty times as
    /// much.
    public var description: String {
        let (days, rest) = milliseconds.quotientAndRemainder(flooring: 86_400_000)
        let date = CivilDate(daysSince1970: days)
        return String(unsafeUninitializedCapacity: 24) { buffer in
            var at = 0
            func digits(_ value: Int64, _ count: Int) {
                var value = value
                for offset in (0..<count).reversed() {
                    buffer[at + offset] = UInt8(48 + value % 10)
                    value /= 10
                }
                at += count
            }
            func byte(_ character: Unicode.Scalar) {
                buffer[at] = UInt8(character.value)
                at += 1
            }
            digits(Int64(date.year), 4)
            byte("-")
            digits(Int64(date.month), 2)
            byte("-")
            digits(Int64(date.day), 2)
            byte("T")
            digits(rest / 3_600_000, 2)
            byte(":")
            digits(rest / 60_000 % 60, 2)
            byte(":")
            digits(rest / 1000 % 60, 2)
            byte(".")
            digits(rest % 1000, 3)
            byte("Z")
            return at
        }
    }

    /// Reads RFC 3339 in UTC (`Z`), seconds with or without a fraction of up to nine digits; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= bytes.count else { return nil }
            var value: Int64 = 0
            for byte in bytes[range] {
                guard byte >= 48, byte <= 57 else { return nil }
                value = value * 10 + Int64(byte - 48)
            }
            return value
        }
        guard bytes.count >= 20, bytes[4] == 45, bytes[7] == 45, bytes[10] | 32 == 116, bytes[13] == 58,
            bytes[16] == 58,
            bytes[bytes.count - 1] | 32 == 122,
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            hour < 24, minute < 60, second < 60,
            let date = CivilDate(year: Int(year), month: Int(month), day: Int(day))
        else { return nil }
        var fraction: Int64 = 0
        if bytes.count > 20 {
            let digits = bytes.count - 21
            guard bytes[19] == 46, digits >= 1, digits <= 9, number(20..<20 + digits) != nil else { return nil }
            for place in 0..<3 { fraction = fraction * 10 + (place < digits ? Int64(bytes[20 + place] - 48) : 0) }
        }
        milliseconds = date.daysSince1970 * 86_400_000 + ((hour * 60 + minute) * 60 + second) * 1000 + fraction
    }
}

extension Int64 {
    func quotientAndRemainder(flooring divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
