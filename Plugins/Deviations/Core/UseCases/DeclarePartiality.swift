public import DeviationsContract
public import EventKit

/// Says that one is partial oneself (S1: disqualification applies to everyone who handles a case). One's own access is gone at once.
public struct DeclarePartiality: Act {
    public var reason: String
    /// The unit that receives the case when these people may not; nil when its own unit still can.
    public var reception: @Sendable (_ without: Set<String>) -> String?

    public init(reason: String, reception: @escaping @Sendable (_ without: Set<String>) -> String?) {
        self.reason = reason
        self.reception = reception
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<PeopleExcluded> {
        try deviation.requireUnmerged()
        var input = InputCheck()
        let reason = input.text(self.reason, .reason)
        try input.finish()
        var changed = deviation
        changed.exclude([Exclusion(.recused, person: actor)], reception: reception)
        return Change(
            changed, entry: TimelineEntry(.recused, by: actor, at: now, text: reason),
            event: PeopleExcluded(deviation: changed.facts))
    }
}
