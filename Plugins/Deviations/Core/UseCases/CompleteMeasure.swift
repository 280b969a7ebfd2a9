public import DeviationsContract
public import EventKit

/// Marks a measure as done, also after its case has closed.
public struct CompleteMeasure: Act {
    /// The measure's id.
    public var measure: String
    /// Whether it worked; may be empty.
    public var effect: String

    public init(measure: String, effect: String) {
        self.measure = measure
        self.effect = effect
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<MeasureCompleted> {
        let index = try deviation.indexOfUnfinishedMeasure(measure)
        let done = try deviation.measures[index].completed(effect: effect, at: now)
        var changed = deviation
        changed.measures[index] = done
        return Change(
            changed,
            entry: TimelineEntry(.measureCompleted, by: actor, at: now, text: done.effect ?? "", reference: measure),
            event: MeasureCompleted(deviation: changed.facts, measure: measure, measureDueOn: done.dueOn))
    }
}
