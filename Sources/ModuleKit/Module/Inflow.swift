public import EventKit

/// How much may come in an hour. Room grows back evenly, so that whoever tries again later finds some, however much somebody sends.
///
/// Knows nothing of who sends.
public struct Inflow: Sendable {
    private let step: Int64
    /// When there is room for a whole hour's again.
    private var empty = Timestamp(milliseconds: 0)

    /// - Parameter perHour: at least 1.
    public init(perHour: Int) { step = 3_600_000 / Int64(max(1, perHour)) }

    /// - Returns: false when there is no room now; then nothing is taken.
    public mutating func take(at now: Timestamp) -> Bool {
        let next = Timestamp(milliseconds: max(empty.milliseconds, now.milliseconds) + step)
        guard next.milliseconds - now.milliseconds <= 3_600_000 else { return false }
        empty = next
        return true
    }
}
