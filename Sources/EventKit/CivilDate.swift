/// A date of the Gregorian calendar without time or place: `2026-11-27`.
public struct CivilDate: Sendable, Hashable, Comparable {
    public let year: Int
    public let month: Int
    public let day: Int

    /// Nil when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Day 0 is 1970-01-01. Algorithm: Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”, civil_from_days.
    public init(daysSince1970 days: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01 (days_from_civil of the same source).
    public var daysSince1970: Int64 {
        let shiftedYear = Int64(month <= 2 ? year - 1 : year)
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * Int64(month > 2 ? month - 3 : month + 9) + 2) / 5 + Int64(day) - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The date `days` later, or earlier when negative.
    public func adding(days: Int) -> CivilDate { CivilDate(daysSince1970: daysSince1970 + Int64(days)) }

    /// The same day so many months later, or earlier when negative; the last of a month that is shorter.
    public func adding(months: Int) -> CivilDate {
        let count = year * 12 + month - 1 + months
        let fitting = (0...3).lazy.compactMap { [day] in
            CivilDate(year: count / 12, month: count % 12 + 1, day: day - $0)
        }
        return fitting.first ?? self
    }

    /// 1 = Monday … 7 = Sunday (ISO 8601).
    public var weekday: Int { Int(((daysSince1970 + 3) % 7 + 7) % 7) + 1 }

    public static func < (a: CivilDate, b: CivilDate) -> Bool { (a.year, a.month, a.day) < (b.year, b.month, b.day) }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CivilDate: CustomStringConvertible, Codable {
    /// ISO 8601: `2026-11-27`.
    public var description: String {
        String(unsafeUninitializedCapacity: 10) { buffer in
            func digit(_ at: Int, _ value: Int) { buffer[at] = UInt8(truncatingIfNeeded: 48 + value % 10) }
            digit(0, year / 1000)
            digit(1, year / 100)
            digit(2, year / 10)
            digit(3, year)
            digit(5, month / 10)
            digit(6, month)
            digit(8, day / 10)
            digit(9, day)
            (buffer[4], buffer[7]) = (45, 45)
            return 10
        }
    }

    /// Reads ISO 8601, `2026-11-27`; nil for anything else or a day that does not exist.
    public init?(_ text: some StringProtocol) { self.init(utf8: text.utf8) }

    /// The same, without going through a protocol: dates stand on every row of every list.
    public init?(_ text: String) { self.init(utf8: text.utf8) }

    private init?(utf8: some Sequence<UInt8>) {
        // In one pass and without parts in memory.
        var number = 0
        var length = 0
        for byte in utf8 {
            length += 1
            switch (length, byte) {
            case (5, 45), (8, 45): continue
            case (5, _), (8, _), (11..., _): return nil
            case (_, 48...57): number = number * 10 + Int(byte - 48)
            default: return nil
            }
        }
        guard length == 10 else { return nil }
        self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let date = CivilDate(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a date"))
        }
        self = date
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
