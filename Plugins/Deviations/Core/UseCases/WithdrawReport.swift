import CalendarKit
public import DeviationsContract
public import EventKit

/// Withdraws a report. Who it was is forgotten at once; what becomes of an open case is for those who handle it to say.
///
/// Where other reports are part of the case it goes on for them: it can then not be stopped, only put in other words.
public struct WithdrawReport: Act {
    public init() {}

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationWithdrawn> {
        var changed = deviation
        if deviation.reporter != Deviation.nobody { changed.reports -= 1 }
        changed.reporter = Deviation.nobody
        changed.onBehalf = nil
        changed.withdrawnOn = Oslo.date(at: now)
        return Change(
            changed, entry: TimelineEntry(.withdrawn, by: Deviation.nobody, at: now),
            event: DeviationWithdrawn(deviation: changed.facts))
    }
}
