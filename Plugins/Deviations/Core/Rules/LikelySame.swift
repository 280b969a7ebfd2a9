public import EventKit

/// Ranks the cases that are likely about the same matter as another, by the search tokens they share: no readable text is needed.
public enum LikelySame {
    /// Days between two receipts beyond which nothing is suggested.
    public static let days = 21
    /// Most that are suggested.
    public static let most = 3
    /// The least share of tokens, of the shorter of two reports, and the least number.
    static let share = 0.3
    static let least = 6

    /// Another case of the same unit and category.
    public struct Candidate: Sendable, Hashable {
        public let key: Int64
        public let receivedAt: Timestamp
        public let tokens: Set<String>

        public init(key: Int64, receivedAt: Timestamp, tokens: Set<String>) {
            (self.key, self.receivedAt, self.tokens) = (key, receivedAt, tokens)
        }
    }

    /// The keys of those likely about the same, the likeliest first; of two as likely the one received nearer in time.
    public static func ranked(
        _ candidates: [Candidate], as tokens: Set<String>, receivedAt time: Timestamp, within days: Int = Self.days
    ) -> [Int64] {
        func distance(_ other: Candidate) -> Int64 { abs(other.receivedAt.milliseconds - time.milliseconds) }
        let limit = Int64(days) * 86_400_000
        let likely = candidates.compactMap { other -> (share: Double, other: Candidate)? in
            let shared = tokens.intersection(other.tokens).count
            let smaller = min(tokens.count, other.tokens.count)
            guard shared >= least, distance(other) <= limit else { return nil }
            let share = Double(shared) / Double(smaller)
            return share >= Self.share ? (share, other) : nil
        }
        return likely.sorted { a, b in
            (b.share, distance(a.other), a.other.key) < (a.share, distance(b.other), b.other.key)
        }
        .prefix(most).map(\.other.key)
    }
}
