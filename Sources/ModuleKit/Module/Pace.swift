/// So many at once at most, and as many again while a time passes: room grows back evenly, so that whoever tries again later finds
/// some, however much somebody sends.
///
/// Moments are nanoseconds since whenever. What is kept of each is one of them: when there is room for all again.
public struct Pace: Sendable {
    /// For one, and for all.
    private let step, whole: Int64

    /// - Parameter number: at least 1.
    public init(_ number: Int, per time: Duration) {
        let (seconds, rest) = time.components
        whole = seconds * 1_000_000_000 + rest / 1_000_000_000
        step = whole / Int64(max(1, number))
    }

    /// Takes room for one.
    ///
    /// - Returns: nil when there was room; else how long until there is, and then nothing is taken.
    public func take(_ empty: inout Int64, at now: Int64) -> Duration? {
        let next = max(empty, now) + step
        guard next - now <= whole else { return .nanoseconds(next - now - whole) }
        empty = next
        return nil
    }
}
