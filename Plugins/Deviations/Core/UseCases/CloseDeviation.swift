public import DeviationsContract
public import EventKit

/// Closes the case and tells the reporter the outcome.
///
/// Refused before the cause is recorded, and while a measure is neither done nor moved to an owner with a date.
public struct CloseDeviation: Act {
    /// What the reporter is told.
    public var outcome: String

    public init(outcome: String) { self.outcome = outcome }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationClosed> {
        try deviation.require(.assigned)
        if deviation.cause == nil { throw .causeMissing }
        let inTheWay = deviation.measuresInTheWay
        guard inTheWay.isEmpty else { throw .measuresUnfinished(inTheWay.map(\.id)) }
        var input = InputCheck()
        let outcome = input.text(self.outcome, .outcome)
        try input.finish()
        var changed = deviation
        changed.status = .closed
        changed.outcome = outcome
        changed.endedAt = now
        let unfinished = changed.measures.filter { !$0.isDone }.count
        return Change(
            changed, entry: TimelineEntry(.closed, by: actor, at: now, text: outcome),
            event: DeviationClosed(deviation: changed.facts, unfinishedMeasures: unfinished))
    }
}
