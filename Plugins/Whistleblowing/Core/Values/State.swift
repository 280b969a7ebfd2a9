/// How far a case is.
public enum State: String, Sendable, Codable, CaseIterable {
    /// Nobody has acknowledged it yet.
    case received
    case acknowledged
    case concluded
}
