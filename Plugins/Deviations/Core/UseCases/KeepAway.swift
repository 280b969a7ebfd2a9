public import DeviationsContract
public import EventKit

/// Keeps an open case from people who must not have it since they took up a post: they now lead its reporter, are led by them, or are them.
public struct KeepAway: Act {
    public var exclusions: [Exclusion]
    /// The unit that receives the case when these people may not; nil when its own unit still can.
    public var reception: @Sendable (_ without: Set<String>) -> String?

    public init(_ exclusions: [Exclusion], reception: @escaping @Sendable (_ without: Set<String>) -> String?) {
        (self.exclusions, self.reception) = (exclusions, reception)
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<PeopleExcluded> {
        try deviation.requireOpen()
        var changed = deviation
        changed.exclude(exclusions, reception: reception)
        return Change(
            changed, entry: TimelineEntry(.keptAway, by: actor, at: now),
            event: PeopleExcluded(deviation: changed.facts))
    }
}
