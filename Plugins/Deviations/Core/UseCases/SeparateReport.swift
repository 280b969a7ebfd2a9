public import DeviationsContract
public import EventKit

/// Takes a report out of the case it was merged into: a case of its own again, assessed anew, its clock as it was.
public struct SeparateReport: Act {
    public init() {}

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<ReportSeparated> {
        guard deviation.mergedInto != nil else { throw .notPossible(deviation.status) }
        guard deviation.status.isOpen else { throw .notPossible(deviation.status) }
        var changed = deviation
        changed.mergedInto = nil
        changed.handBack()
        changed.triage = nil
        return Change(
            changed, entry: TimelineEntry(.separated, by: actor, at: now),
            event: ReportSeparated(deviation: changed.facts))
    }
}
