public import DeviationsContract
public import EventKit

/// Rejects a report at triage. The reporter gets the reason.
public struct RejectReport: Act {
    public var reason: String

    public init(reason: String) { self.reason = reason }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationRejected> {
        try deviation.require(.received)
        if deviation.triage == nil { throw .triageUnanswered }
        var input = InputCheck()
        let reason = input.text(self.reason, .reason)
        try input.finish()
        var changed = deviation
        changed.status = .rejected
        changed.outcome = reason
        changed.endedAt = now
        return Change(
            changed, entry: TimelineEntry(.rejected, by: actor, at: now, text: reason),
            event: DeviationRejected(deviation: changed.facts))
    }
}
