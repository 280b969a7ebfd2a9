import CalendarKit
public import EventKit

/// What people call a case by: `2026-0042`. The year of receipt in Norway, and the row's own number, padded to four
/// digits.
///
/// Made from what the row has anyway: a counter for each year would make all reports wait for each other.
public struct CaseNumber: Sendable, Hashable, CustomStringConvertible {
    public let year: Int
    /// The row's key; counts on over the years.
    public let key: Int64

    public init(key: Int64, receivedAt: Timestamp) {
        year = Oslo.date(at: receivedAt).year
        self.key = key
    }

    /// Reads `2026-0042`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, parts[0].utf8.count == 4, (4...19).contains(parts[1].utf8.count),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let key = Int64(parts[1])
        else { return nil }
        (self.year, self.key) = (year, key)
    }

    public var description: String {
        let digits = String(key)
        return "\(year)-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
    }
}
