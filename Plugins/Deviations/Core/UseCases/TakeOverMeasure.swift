public import DeviationsContract
public import EventKit

/// Gives an unfinished measure to somebody else when whoever had it no longer may. Its date stays, and whether its case may close
/// without it.
public struct TakeOverMeasure: Act {
    /// The measure's id.
    public var measure: String
    /// Id of the person who sees to it from now on.
    public var owner: String

    public init(measure: String, owner: String) { (self.measure, self.owner) = (measure, owner) }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<MeasureMoved> {
        let index = try deviation.indexOfUnfinishedMeasure(measure)
        if deviation.excluded.contains(owner) { throw .disqualified }
        var changed = deviation
        changed.measures[index].owner = owner
        let dueOn = changed.measures[index].dueOn
        return Change(
            changed, entry: TimelineEntry(.measureMoved, by: actor, at: now, reference: measure, date: dueOn),
            event: MeasureMoved(deviation: changed.facts, measure: measure, measureDueOn: dueOn))
    }
}
