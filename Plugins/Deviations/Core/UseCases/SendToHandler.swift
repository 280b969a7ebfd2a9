public import DeviationsContract
public import EventKit

/// Sends the case to a case handler: the outcome of triage, or a change of handler later.
public struct SendToHandler: Act {
    /// Id of the person who is to handle it.
    public var handler: String

    public init(handler: String) { self.handler = handler }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationAssigned> {
        try deviation.requireOpen()
        guard let triage = deviation.triage else { throw .triageUnanswered }
        guard triage.isDeviation else { throw .notADeviation }
        var input = InputCheck()
        let handler = input.line(self.handler, .handler)
        try input.finish()
        if deviation.excluded.contains(handler) { throw .disqualified }
        if handler == deviation.handler { throw .sameHandler }
        var changed = deviation
        changed.status = .assigned
        changed.handler = handler
        return Change(
            changed, entry: TimelineEntry(.assigned, by: actor, at: now, reference: handler),
            event: DeviationAssigned(deviation: changed.facts))
    }
}
