import DeviationsCore
import EventKit
import Testing

@Suite struct LikelySameTests {
    private let words = Set((0..<10).map { "w\($0)" })

    private func other(_ key: Int64, sharing count: Int, of size: Int = 10, daysLater: Int64 = 1)
        -> LikelySame.Candidate
    {
        let own = (0..<max(0, size - count)).map { "k\(key)x\($0)" }
        return LikelySame.Candidate(
            key: key, receivedAt: Sample.received.adding(seconds: daysLater * 86_400),
            tokens: Set((0..<count).map { "w\($0)" } + own))
    }

    private func ranked(_ others: LikelySame.Candidate...) -> [Int64] {
        LikelySame.ranked(others, as: words, receivedAt: Sample.received)
    }

    @Test func `the more words two cases share, the likelier they are about the same`() {
        #expect(ranked(other(1, sharing: 6), other(2, sharing: 9), other(3, sharing: 7)) == [2, 3, 1])
        #expect(ranked(other(1, sharing: 5)) == [])
        // Six of sixty words say nothing where both are long; a short report is measured by its own length.
        let long = LikelySame.ranked(
            [other(1, sharing: 6, of: 60)], as: words.union((0..<50).map { "m\($0)" }), receivedAt: Sample.received)
        #expect(long == [])
        #expect(ranked(other(1, sharing: 6, of: 60)) == [1])
    }

    @Test func `of two as likely the nearer in time comes first, and what is far from it not at all`() {
        #expect(
            ranked(
                other(1, sharing: 8, daysLater: 5), other(2, sharing: 8, daysLater: -2),
                other(3, sharing: 8, daysLater: 22))
                == [2, 1])
        #expect(ranked(other(1, sharing: 8, daysLater: -21)) == [1])
    }

    @Test func `three are suggested at most, and nothing for a case without words`() {
        #expect(
            ranked(other(1, sharing: 8), other(2, sharing: 8), other(3, sharing: 8), other(4, sharing: 8)).count == 3)
        #expect(LikelySame.ranked([other(1, sharing: 8)], as: [], receivedAt: Sample.received) == [])
    }
}
