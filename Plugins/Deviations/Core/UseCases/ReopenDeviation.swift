public import DeviationsContract
public import EventKit

/// Opens an ended case again: a new round, the clock as it was. Its handler goes on; without one the intake officer assesses it anew.
public struct ReopenDeviation: Act {
    public var reason: String

    public init(reason: String) { self.reason = reason }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationReopened> {
        try deviation.requireUnmerged()
        guard let endedAt = deviation.endedAt, [.closed, .rejected].contains(deviation.status) else {
            throw .notPossible(deviation.status)
        }
        var input = InputCheck()
        let reason = input.text(self.reason, .reason)
        try input.finish()
        var changed = deviation
        changed.rounds.append(Round(startedAt: deviation.roundStartedAt ?? deviation.receivedAt, endedAt: endedAt))
        changed.roundStartedAt = now
        changed.endedAt = nil
        changed.outcome = nil
        changed.recipient = nil
        if changed.handler == nil {
            changed.status = .received
            changed.triage = nil
        } else {
            changed.status = .assigned
        }
        return Change(
            changed, entry: TimelineEntry(.reopened, by: actor, at: now, text: reason),
            event: DeviationReopened(deviation: changed.facts, reopenings: changed.reopenings))
    }
}
