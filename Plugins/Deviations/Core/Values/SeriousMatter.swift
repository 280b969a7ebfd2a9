/// What must not be handled as a deviation (guideline, “Alvorlige og kritikkverdige forhold”): asked about before
/// anything else, and never stored.
public enum SeriousMatter: String, Sendable, Hashable, CaseIterable {
    case bullying, harassment
    case sexualHarassment = "sexual-harassment"
    case violence, threats
    case threateningBehaviour = "threatening-behaviour"
    case censurable

    /// The answer of who reports none of these.
    public static let none = "none"
}
