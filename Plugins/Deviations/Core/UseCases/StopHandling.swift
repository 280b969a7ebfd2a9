public import DeviationsContract
public import EventKit

/// Ends the handling of a withdrawn report. Its content goes; statistics know it as withdrawn.
public struct StopHandling: Act {
    public init() {}

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationClosed> {
        try deviation.requireUndecidedWithdrawal()
        if deviation.hasOthers { throw .hasOtherReports }
        let unfinished = deviation.measures.filter { !$0.isDone }
        // A measure outlives its case, and would not outlive its content.
        guard unfinished.isEmpty else { throw .measuresUnfinished(unfinished.map(\.id)) }
        var changed = deviation
        changed.status = .closed
        changed.ending = .withdrawn
        changed.endedAt = now
        return Change(
            changed, entry: TimelineEntry(.closed, by: actor, at: now),
            event: DeviationClosed(deviation: changed.facts, unfinishedMeasures: 0))
    }
}
