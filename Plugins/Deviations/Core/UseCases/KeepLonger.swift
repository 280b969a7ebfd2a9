import CalendarKit
public import DeviationsContract
public import EventKit

/// Keeps what was written in an ended case for another time as long, with a reason: such as that the archive has not taken it yet.
public struct KeepLonger: Act {
    public var reason: String

    public init(reason: String) { self.reason = reason }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationKept> {
        try deviation.requireUnmerged()
        if deviation.status.isOpen { throw .notPossible(deviation.status) }
        var input = InputCheck()
        let reason = input.text(self.reason, .reason)
        try input.finish()
        var changed = deviation
        changed.keptOn = Oslo.date(at: now)
        return Change(
            changed, entry: TimelineEntry(.kept, by: actor, at: now, text: reason),
            event: DeviationKept(deviation: changed.facts))
    }
}
