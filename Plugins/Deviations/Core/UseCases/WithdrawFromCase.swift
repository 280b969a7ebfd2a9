import CalendarKit
public import DeviationsContract
public import EventKit

/// Withdraws a report that is part of a case. Nothing of it is left in the case, which goes on for the others.
public struct WithdrawFromCase: Act {
    public init() {}

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationWithdrawn> {
        guard deviation.mergedInto != nil else { throw .notPossible(deviation.status) }
        var changed = deviation
        changed.mergedInto = nil
        changed.reporter = Deviation.nobody
        changed.withdrawnOn = Oslo.date(at: now)
        changed.handler = nil
        changed.status = .closed
        changed.ending = .withdrawn
        changed.endedAt = deviation.endedAt ?? now
        return Change(
            changed, entry: TimelineEntry(.withdrawn, by: Deviation.nobody, at: now),
            event: DeviationWithdrawn(deviation: changed.facts))
    }
}
