/// A queue that has work which nobody takes.
public struct StalledQueue: Sendable, Hashable {
    public let name: String
    /// How long the oldest of it has waited.
    public let seconds: Int64
}

/// Tells when a queue begins to stand still, and when it moves again.
struct StallWatch {
    enum Change: Equatable {
        case began(StalledQueue)
        case ended(String)
    }

    /// A queue whose oldest work has waited so many seconds stands still.
    let limit: Int64
    private(set) var stalled: [StalledQueue] = []

    init(limit: Int64) { self.limit = limit }

    /// - Parameter ages: for how long the oldest work of each queue has waited.
    mutating func look(at ages: [String: Int64]) -> [Change] {
        let before = Set(stalled.map(\.name))
        stalled = ages.filter { $0.value >= limit }.map { StalledQueue(name: $0.key, seconds: $0.value) }
            .sorted { $0.name < $1.name }
        let ended = before.subtracting(stalled.map(\.name)).sorted()
        return stalled.filter { !before.contains($0.name) }.map { .began($0) } + ended.map { .ended($0) }
    }
}
