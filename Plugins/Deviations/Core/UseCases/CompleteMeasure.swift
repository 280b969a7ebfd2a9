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
        var input = InputCheck()
        let effect = input.textIfAny(self.effect, .effect)
        try input.finish()
        var changed = deviation
        changed.measures[index].completedAt = now
        changed.measures[index].effect = effect
        return Change(
            changed,
            entry: TimelineEntry(.measureCompleted, by: actor, at: now, text: effect ?? "", reference: measure),
            event: MeasureCompleted(
                deviation: changed.facts, measure: measure, measureDueOn: changed.measures[index].dueOn))
    }
}
