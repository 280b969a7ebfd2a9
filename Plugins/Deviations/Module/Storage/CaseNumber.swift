import CalendarKit
public import EventKit
public import Vault

/// What people call a case by: `2026-004711`. The year of receipt in Norway, and six digits or more that do not count cases.
public struct CaseNumber: Sendable, Hashable, CustomStringConvertible {
    static let digits = 6

    public let year: Int
    /// What stands after the year.
    public let code: Int64

    init(year: Int, code: Int64) { (self.year, self.code) = (year, code) }

    /// Reads `2026-004711`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, parts[0].utf8.count == 4, (Self.digits...18).contains(parts[1].utf8.count),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let code = Int64(parts[1])
        else { return nil }
        (self.year, self.code) = (year, code)
    }

    public var description: String {
        let text = String(code)
        return "\(year)-\(String(repeating: "0", count: max(0, Self.digits - text.utf8.count)))\(text)"
    }
}

/// Gives each row a number from which nobody can tell how many there are, or that one they do not see lies between two others.
///
/// The row's key, put elsewhere among all of as many digits by a secret: no two rows share a number, and no table is needed to find
/// the row again. A counter for each year would make all reports wait for each other, and show gaps.
public struct CaseNumbers: Sendable {
    private static let rounds = 6
    private let secrets: [UInt64]

    public init(_ vault: Vault) {
        let bytes = vault.lookups.bytes("", for: "deviations.numbers")
        secrets = (0..<4).map { part in bytes[part * 8..<part * 8 + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    }

    /// The number of the row with this key.
    public subscript(key: Int64, receivedAt time: Timestamp) -> CaseNumber {
        CaseNumber(year: Oslo.date(at: time).year, code: moved(key, forwards: true))
    }

    /// The key of the row with this number, should there be one.
    public func key(of number: CaseNumber) -> Int64 { moved(number.code, forwards: false) }

    /// A place in a list as it is given out, with a number in the place of the row's key: keys would count rows and show gaps.
    func hidden(_ cursor: ListCursor) -> ListCursor {
        ListCursor(urgency: cursor.urgency, key: moved(cursor.key, forwards: true))
    }

    /// What `hidden` was given; nil for what it never gives.
    func shown(_ cursor: ListCursor) -> ListCursor? {
        guard (0..<1_000_000_000_000_000_000).contains(cursor.key) else { return nil }
        return ListCursor(urgency: cursor.urgency, key: moved(cursor.key, forwards: false))
    }

    /// A row's key as a list of reports gives it out, to go on after it.
    func hidden(_ key: Int64) -> String { String(moved(key, forwards: true)) }

    /// What `hidden` was given; 0 for nothing, and for what it never gives.
    func shown(_ text: (some StringProtocol)?) -> Int64 {
        guard let text, let value = Int64(text), (0..<1_000_000_000_000_000_000).contains(value) else { return 0 }
        return moved(value, forwards: false)
    }

    /// Where `value` goes among all below a million, or among those that have as many digits as it has.
    private func moved(_ value: Int64, forwards: Bool) -> Int64 {
        var (low, high): (Int64, Int64) = (0, 1_000_000)
        while value >= high { (low, high) = (high, high * 10) }
        let size = UInt64(high - low)
        let half = (UInt64.bitWidth - (size - 1).leadingZeroBitCount + 1) / 2
        var place = UInt64(value - low)
        // What falls beyond the end goes on until it falls within: so it stays one to one.
        repeat { place = shuffled(place, half, forwards: forwards) } while place >= size
        return low + Int64(place)
    }

    /// A Feistel network over twice `half` bits: one to one whatever its round function is.
    private func shuffled(_ value: UInt64, _ half: Int, forwards: Bool) -> UInt64 {
        let mask = (UInt64(1) << UInt64(half)) - 1
        var (left, right) = (value >> UInt64(half), value & mask)
        for step in 0..<Self.rounds {
            let round = forwards ? step : Self.rounds - 1 - step
            if forwards {
                (left, right) = (right, left ^ (mixed(right, round) & mask))
            } else {
                (left, right) = (right ^ (mixed(left, round) & mask), left)
            }
        }
        return left << UInt64(half) | right
    }

    /// SplitMix64's finish, twice, with secrets before and between.
    private func mixed(_ value: UInt64, _ round: Int) -> UInt64 {
        func finish(_ value: UInt64) -> UInt64 {
            var mixed = value
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
        let first = finish(value &+ secrets[round % 4] &+ UInt64(round))
        return finish(first ^ secrets[(round + 1) % 4])
    }
}
