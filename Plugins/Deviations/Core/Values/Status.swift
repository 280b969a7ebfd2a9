/// Where a deviation stands.
public enum Status: String, Sendable, Hashable, CaseIterable {
    /// With the intake officer of its unit.
    case received
    /// With a case handler.
    case assigned
    /// Ended at triage with a reason.
    case rejected
    /// Ended with an outcome.
    case closed

    /// True while somebody has to do something.
    public var isOpen: Bool { self == .received || self == .assigned }
}
