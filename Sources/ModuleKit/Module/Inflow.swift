public import EventKit

/// How much may come in an hour, by a clock that goes on when that on the wall is set.
///
/// Knows nothing of who sends.
public struct Inflow: Sendable {
    private let pace: Pace
    private var empty: Int64 = 0

    /// - Parameter perHour: at least 1.
    public init(perHour: Int) { pace = Pace(perHour, per: .seconds(3600)) }

    /// - Returns: false when there is no room now; then nothing is taken.
    public mutating func take(at now: Timestamp) -> Bool {
        pace.take(&empty, at: now.milliseconds * 1_000_000) == nil
    }
}
