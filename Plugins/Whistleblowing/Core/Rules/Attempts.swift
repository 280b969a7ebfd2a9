public import EventKit

/// How long somebody who types a receipt code waits, so that trying many leads nowhere.
///
/// Knows no addresses: codes are counted by their first four digits, and all together. Sixteen digits and a try every other second mean
/// that guessing one of a thousand codes takes half a million years. Tries that are turned away count for nothing, so that nobody
/// keeps others out by trying on.
public struct Attempts: Sendable {
    /// Wrong codes with one beginning are forgotten after so many seconds without another.
    static let memory: Int64 = 600
    /// Of all, one is forgotten in so many milliseconds.
    static let pace: Int64 = 2000
    /// So many may be wrong before waiting begins: people slip.
    static let free = 4, freeInAll = 20
    /// Longer than so many seconds nobody waits: they are asked to come back.
    static let longest: Int64 = 15

    private struct Count {
        var number: Int
        var last: Timestamp
    }

    private var byBeginning: [String: Count] = [:]
    private var all = Count(number: 0, last: Timestamp(milliseconds: 0))

    public init() {}

    /// Counts an attempt as wrong until `succeeded` is told otherwise, so that many at once do not slip through.
    ///
    /// - Returns: the seconds to wait before the answer; nil when there have been too many for any answer.
    public mutating func begin(_ beginning: String, at now: Timestamp) -> Int64? {
        byBeginning = byBeginning.filter { Self.remembers($0.value, at: now) }
        forget(at: now)
        let count = byBeginning[beginning]?.number ?? 0
        let wait = max(Self.seconds(count - Self.free), Self.seconds((all.number - Self.freeInAll) / 4))
        guard wait <= Self.longest else { return nil }
        byBeginning[beginning] = Count(number: count + 1, last: now)
        all.number += 1
        return wait
    }

    /// Room among all grows back evenly.
    private mutating func forget(at now: Timestamp) {
        let steps = max(0, (now.milliseconds - all.last.milliseconds) / Self.pace)
        all.number = max(0, all.number - Int(steps))
        // Also when the clock has gone back.
        all.last =
            all.number == 0 || now < all.last ? now : Timestamp(milliseconds: all.last.milliseconds + steps * Self.pace)
    }

    /// The attempt was right after all.
    public mutating func succeeded(_ beginning: String) {
        byBeginning[beginning]?.number -= 1
        all.number = max(0, all.number - 1)
    }

    private static func remembers(_ count: Count, at now: Timestamp) -> Bool {
        now < count.last.adding(seconds: memory)
    }

    /// 1, 2, 4, 8 … for each one over the limit.
    private static func seconds(_ over: Int) -> Int64 { over <= 0 ? 0 : 1 << min(over - 1, 10) }
}
