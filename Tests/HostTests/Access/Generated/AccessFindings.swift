/// What came of calling every address as everybody.
struct AccessFindings: Sendable {
    var calls = 0
    /// What somebody got that the policy does not give them, or could tell from what does not exist, and who.
    var leaks: [String: [String]] = [:]
    /// What somebody was refused that the policy gives them, and who.
    var refusals: [String: [String]] = [:]
    /// Routes that nobody has described.
    var undescribed: Set<String> = []

    mutating func add(_ other: AccessFindings) {
        calls += other.calls
        leaks.merge(other.leaks, uniquingKeysWith: +)
        refusals.merge(other.refusals, uniquingKeysWith: +)
        undescribed.formUnion(other.undescribed)
    }

    var leakCount: Int { leaks.values.reduce(0) { $0 + $1.count } }

    static func lines(_ found: [String: [String]]) -> String {
        found.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.sorted().joined(separator: " "))" }
            .prefix(200).joined(separator: "\n")
    }
}
