/// What a report is about (guideline, “Alvorlige og kritikkverdige forhold”). Sealed with the case, never counted.
public enum Category: String, Sendable, Codable, CaseIterable {
    case bullying, harassment, violence, threats, censurable, other
    case sexualHarassment = "sexual-harassment"
    case threateningBehaviour = "threatening-behaviour"
    case notFollowedUp = "not-followed-up"

    /// In the order in which a form lists them.
    public static let listed: [Category] = [
        .bullying, .harassment, .sexualHarassment, .violence, .threats, .threateningBehaviour, .censurable,
        .notFollowedUp, .other,
    ]
}
