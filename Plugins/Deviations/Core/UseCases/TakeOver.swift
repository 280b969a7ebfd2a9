public import DeviationsContract
public import EventKit

/// Gives an open case to somebody else when whoever had it no longer may: to another handler, or to a unit that can receive it.
public struct TakeOver: Act {
    /// Id of the handler who takes over; nil: the intake officer of `unit` does.
    public var handler: String?
    public var unit: String

    public init(handler: String?, unit: String) {
        self.handler = handler
        self.unit = unit
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationTakenOver> {
        try deviation.requireOpen()
        var changed = deviation
        changed.unit = unit
        if let handler, deviation.status == .assigned {
            if deviation.excluded.contains(handler) { throw .disqualified }
            changed.handler = handler
        } else {
            changed.handBack()
        }
        return Change(
            changed, entry: TimelineEntry(.takenOver, by: actor, at: now, reference: changed.handler),
            event: DeviationTakenOver(deviation: changed.facts))
    }
}
