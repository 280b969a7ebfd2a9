/// A bounded cache: what was not used while half of it was filled anew is forgotten.
struct GenerationCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]
    private let half: Int

    /// Holds at most `capacity` values.
    init(capacity: Int) { half = max(1, capacity / 2) }

    subscript(key: Key) -> Value? {
        mutating get {
            if let value = young[key] { return value }
            guard let value = old.removeValue(forKey: key) else { return nil }
            self[key] = value
            return value
        }
        set {
            old[key] = nil
            if young[key] == nil && newValue != nil && young.count >= half {
                old = young
                young = [:]
            }
            young[key] = newValue
        }
    }

    mutating func removeAll() { (young, old) = ([:], [:]) }
}
