public import DeviationsContract
public import EventKit

/// Passes a rejected report on to whom it belongs, outside the institution's own faculties: an act of its reporter alone, who so agrees.
public struct PassOnReport: Act {
    public init() {}

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationForwarded> {
        try deviation.requireUnmerged()
        guard deviation.status == .rejected, let recipient = deviation.recipient, actor == deviation.reporter else {
            throw .notPossible(deviation.status)
        }
        var changed = deviation
        changed.leftUnits.insert(deviation.unit)
        changed.unit = recipient
        changed.recipient = nil
        changed.handBack()
        changed.status = .received
        changed.triage = nil
        changed.outcome = nil
        changed.endedAt = nil
        changed.forwardings += 1
        return Change(
            changed, entry: TimelineEntry(.forwarded, by: actor, at: now, reference: recipient),
            event: DeviationForwarded(
                deviation: changed.facts, fromUnit: deviation.unit, forwardings: changed.forwardings))
    }
}
